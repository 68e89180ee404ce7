import type { PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (action: string): string => `
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ${action},
  "Resource": "*"
}`;

export const actionStar = rule({
  id: 'action-star',
  group: 'exposure',
  kinds: ['key-policy', 'iam-policy'],
  title: 'every action of every service for one principal',
  documentation: {
    what: 'An `Allow` of `*` to a user, a role or a service, or in an identity policy.',
    why:
      'On a key that is everything that KMS can do with it: change its policy, schedule its deletion, hand out grants. In an ' +
      'identity policy it is every action of every service.',
    spares:
      'The account as the principal, whose identity policies then decide; `Deny` statements; statements with conditions; and ' +
      'identity policies with a `Deny` of their own, since permissions boundaries are written so.',
    bad: keyPolicyWith(statement('"*"')),
    good: keyPolicyWith(statement('["kms:Decrypt", "kms:GenerateDataKey"]')),
    sources: [elementPage('action'), policyChecks],
  },
  check: {
    action({ text, path, pattern }, owner, context) {
      const { effect, action, conditions } = owner;
      if (effect !== 'Allow' || !pattern.everything || action?.negated || 0 < conditions.length) return;
      const isKeyPolicy = context.kind.kind === 'key-policy';
      if (isKeyPolicy ? !namesSomeone(owner) : hasDeny(context.policy)) return;
      context.report({
        at: { path },
        message: `\`${text}\` allows everything`,
        why: isKeyPolicy
          ? 'changing the policy of the key and deleting it included'
          : 'every action of every service, those of KMS included',
        next: 'name the actions that are needed',
      });
    },
  },
});

/** Whether an Allow is for others than whole accounts. */
function namesSomeone({ principal }: Statement): boolean {
  return principal?.items.some(({ pattern }) => pattern.kind !== 'account' && pattern.kind !== 'unknown') ?? false;
}

function hasDeny(policy: PolicyDocument | undefined): boolean {
  return policy?.statements.some(({ effect }) => effect === 'Deny') ?? false;
}
