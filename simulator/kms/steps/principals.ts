import { parseCaller, principalArnOf } from '../../access/caller.ts';
import { type PrincipalPattern, parsePrincipal } from '../../policy/syntax/principal.ts';
import { isCall, isCan, isEnvelope, isLoad, isService } from '../../scenario/file.ts';
import type { ScenarioWorld } from '../../scenario/world.ts';
import type { Principals } from '../policy-checks.ts';

/**
 * Who exists, as far as a scenario tells: an account of which it declares users or roles has these and whoever else the
 * file speaks of, as a caller, in a grant or in a policy of a key. Of other accounts nobody knows, nor of the roles that
 * AWS makes.
 */
export function declaredPrincipals(world: ScenarioWorld): Principals {
  const { principals = {}, grants = {}, steps = [] } = world.file;
  const { account, partition } = world.defaults;
  const arnOf = (text: string): readonly string[] => {
    const answer = parseCaller(text, { account, partition });
    return 'caller' in answer ? [principalArnOf(answer.caller) ?? ''] : [];
  };
  const declared = Object.values(principals).flatMap(({ arn }) => arnOf(arn));
  const identities = declared.map((arn) => parsePrincipal(arn, 'AWS')).filter(isIdentity);
  const accounts = new Set(identities.map(({ account }) => account));
  const spokenOf = [
    ...steps.flatMap((step) => {
      if (isEnvelope(step)) return [step.as ?? [], step.decrypt?.as ?? []].flat();
      if (isService(step)) return [step.as ?? [], typeof step.role === 'string' ? step.role : []].flat();
      return isCan(step) || isCall(step) || isLoad(step) ? (step.as ?? []) : [];
    }),
    ...Object.values(grants).flatMap(({ GranteePrincipal = [], RetiringPrincipal = [] }) =>
      [GranteePrincipal, RetiringPrincipal].flat(),
    ),
  ].flatMap(arnOf);
  const inPolicies = world.keys.flatMap(({ policy }) =>
    policy.policy.statements.flatMap(({ principal }) => principal?.items.map(({ text }) => text) ?? []),
  );
  const known = new Set([...declared, ...spokenOf, ...inPolicies]);
  return (principal) => {
    if (!isIdentity(principal)) return undefined;
    if (!accounts.has(principal.account) || known.has(principal.text) || BY_AWS.test(principal.text)) return undefined;
    return `name somebody who exists in place of \`${principal.text}\`, or declare it in \`principals\` beside the others of ${principal.account}`;
  };
}

const isIdentity = (principal: PrincipalPattern) => principal.kind === 'user' || principal.kind === 'role';

/** Service-linked roles, and those of IAM Identity Center. */
const BY_AWS = /:role\/aws-(service-role|reserved)\//;
