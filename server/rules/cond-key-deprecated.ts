import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, factOf, withKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condKeyDeprecated = rule({
  id: 'cond-key-deprecated',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'a global condition key that AWS has replaced',
  documentation: {
    what: 'A global condition key with a successor: `aws:ARN`, `aws:SourceOwner`.',
    why: 'AWS keeps it for old policies, and only in some requests. The successor is in all of them.',
    spares: 'The old names of kms keys, which have a rule of their own.',
    bad: keyPolicyWithCondition('"ArnEquals": { "aws:ARN": "arn:aws:iam::111122223333:role/Orders" }'),
    good: keyPolicyWithCondition('"ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Orders" }'),
    sources: [globalConditionKeys, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const fact = factOf(condition);
      if (!fact?.deprecated || !fact.name.startsWith('aws:')) return;
      const { use } = fact.deprecated;
      report({
        at: atKey(condition),
        message: `\`${condition.key.text}\` is deprecated`,
        why: 'AWS keeps it for old policies and does not put it into every request',
        next: `use \`${use}\``,
        // The successor may have another value: of a session it names the role.
        fixes: withKey(condition, statement, use, false),
        tags: ['deprecated'],
      });
    },
  },
});
