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
      grantee: principal(grant.granteePrincipal, 'AWS'),
      granteeService: principal(grant.granteeServicePrincipal, 'Service'),
      retiring: principal(grant.retiringPrincipal, 'AWS'),
      retiringService: principal(grant.retiringServicePrincipal, 'Service'),
      sourceArn: grant.sourceArn === undefined ? undefined : compileArnPattern(grant.sourceArn),
    };
    compiled.set(grant, found);
  }
  return found;
}

/** Unlike a policy, a grant names somebody: never everyone. */
function principal(text: string | undefined, type: 'AWS' | 'Service'): PrincipalPattern | undefined {
  if (text === undefined) return undefined;
  const pattern = parsePrincipal(text, type);
  return pattern.kind === 'everyone' || pattern.kind === 'every-service' ? undefined : pattern;
}
