import type { Condition, PolicyDocument, PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { type Fix, rule } from './rule.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, holdsWithoutKey } from './support/conditions.ts';
import { keyPolicyWith } from './support/examples.ts';
import { allows } from './support/home-account.ts';
import { kmsActionsOf } from './support/kms-resources.ts';

const statements = (guard: string): string => `
{
  "Sid": "Trail",
  "Effect": "Allow",
  "Principal": { "Service": "cloudtrail.amazonaws.com" },
  "Action": "kms:GenerateDataKey",
  "Resource": "*",
  "Condition": {
    "StringEquals": { "aws:SourceAccount": "111122223333" }
  }
},
{
  "Sid": "Nobody from outside",
  "Effect": "Deny",
  "Principal": "*",
  "Action": "kms:*",
  "Resource": "*",
  "Condition": {
    "StringNotEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }${guard}
  }
}`;

export const kmsWildcardOrgOnly = rule({
  id: 'kms-wildcard-org-only',
  group: 'suspicious',
  kinds: ['key-policy'],
  title: 'a `Deny` for everyone outside the organization that also stops services',
  documentation: {
    what:
      'A `Deny` for `"*"` in a key policy whose condition is on `aws:PrincipalOrgID` or `aws:PrincipalOrgPaths`, where ' +
      'another statement lets a service in by its service principal.',
    why:
      'A service that calls as itself is of no organization, so its requests do not have the key, and a negated operator ' +
      'holds without it. The `Deny` stops AWS CloudTrail or Amazon CloudWatch Logs just as it stops strangers.',
    spares:
      'Statements that also test `aws:PrincipalIsAWSService` or where the request of a service comes from, an `Allow` for ' +
      '`"*"` in the organization, and policies without service principals: a service that acts for a user has the ' +
      'organization of the user.',
    bad: keyPolicyWith(statements('')),
    good: keyPolicyWith(statements(',\n    "Bool": { "aws:PrincipalIsAWSService": "false" }')),
    sources: [globalConditionKeys],
  },
  check: {
    policy(policy, { report }) {
      if (!policy.statements.some(outsiders)) return;
      const services = servicesByAction(policy);
      if (services.size === 0) return;
      for (const owner of policy.statements) {
        const condition = outsiders(owner);
        const stopped = condition && [...services].find(([name]) => allows(owner, name));
        if (!condition || !stopped) continue;
        const [name, service] = stopped;
        report({
          at: atKey(condition),
          message: `the \`Deny\` also stops \`${service.text}\`, to which the policy allows \`kms:${name}\``,
          why: `a service that calls as itself is of no organization, and the condition holds without \`${condition.key.text}\``,
          next: 'add `"Bool": { "aws:PrincipalIsAWSService": "false" }`',
          related: [{ place: { path: service.path }, message: 'it is let in here' }],
          fixes: [exception(owner)],
        });
      }
    },
  },
});

/** The actions that some service may call as itself, each with the first that may. */
function servicesByAction({ statements }: PolicyDocument): ReadonlyMap<string, PrincipalItem> {
  const services = new Map<string, PrincipalItem>();
  for (const { effect, principal, action } of statements) {
    if (effect !== 'Allow' || !principal || principal.negated || !action || action.negated) continue;
    const service = principal.items.find(({ pattern }) => pattern.kind === 'service');
    if (!service) continue;
    for (const item of action.items)
      for (const { name } of kmsActionsOf(item) ?? []) if (!services.has(name)) services.set(name, service);
  }
  return services;
}

/** The condition on the organization, where it and all others hold for a service that calls as itself. */
const outsiders = perStatement(({ effect, readable, principal, conditions }): Condition | undefined => {
  if (effect !== 'Deny' || !readable || !principal || principal.negated) return undefined;
  if (!principal.items.some(({ pattern }) => pattern.kind === 'everyone') || !conditions.every(holdsForServices))
    return undefined;
  return conditions.find(({ key }) => /^aws:principalorg(?:id|paths)$/.test(key.lower));
});

/** Keys of callers that services lack; those that tell services from others come in time. */
function holdsForServices(condition: Condition): boolean {
  return /^aws:principal(?:org|tag\/)/.test(condition.key.lower) && holdsWithoutKey(condition) === true;
}

function exception({ path }: Statement): Fix {
  return {
    title: 'except services',
    safe: false,
    edits: [{ op: 'set', path: [...path, 'Condition', 'Bool', 'aws:PrincipalIsAWSService'], value: 'false' }],
  };
}
