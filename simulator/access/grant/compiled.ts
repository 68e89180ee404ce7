import { type ArnPattern, compileArnPattern } from '../../policy/syntax/arn-pattern.ts';
import { type PrincipalPattern, parsePrincipal } from '../../policy/syntax/principal.ts';
import type { Grant } from '../world.ts';

/** A grant with its principals read once. */
export interface CompiledGrant {
  readonly grant: Grant;
  readonly operations: ReadonlySet<string>;
  readonly grantee: PrincipalPattern | undefined;
  readonly granteeService: PrincipalPattern | undefined;
  readonly retiring: PrincipalPattern | undefined;
  readonly retiringService: PrincipalPattern | undefined;
  readonly sourceArn: ArnPattern | undefined;
}

const compiled = new WeakMap<Grant, CompiledGrant>();

export function compileGrant(grant: Grant): CompiledGrant {
  let found = compiled.get(grant);
  if (!found) {
    found = {
      grant,
      operations: new Set(grant.operations),
      grantee: principal(grant.granteePrincipal, typeOf(grant.granteePrincipal)),
      granteeService: principal(grant.granteeServicePrincipal, 'Service'),
      retiring: principal(grant.retiringPrincipal, typeOf(grant.retiringPrincipal)),
      retiringService: principal(grant.retiringServicePrincipal, 'Service'),
      sourceArn: grant.sourceArn === undefined ? undefined : compileArnPattern(grant.sourceArn),
    };
    compiled.set(grant, found);
  }
  return found;
}

/**
 * Whether a text is the name of a service, which the grants that services make have in place of an ARN.
 * Source: AWS KMS API Reference, GrantListEntry; checked 2026-11.
 */
export const isServiceName = (text: string): boolean => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(text);

const typeOf = (text: string | undefined): 'AWS' | 'Service' =>
  text !== undefined && isServiceName(text) ? 'Service' : 'AWS';

/** Unlike a policy, a grant names somebody: never everyone. */
function principal(text: string | undefined, type: 'AWS' | 'Service'): PrincipalPattern | undefined {
  if (text === undefined) return undefined;
  const pattern = parsePrincipal(text, type);
  return pattern.kind === 'everyone' || pattern.kind === 'every-service' ? undefined : pattern;
}
