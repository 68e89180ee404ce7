import { rule } from './rule.ts';
import { reportUnsupported, unsupportedBy } from './support/action-support.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

const CONDITION = '"Bool": { "kms:GrantIsForAWSResource": "true" }';

export const kmsGrantisforawsScope = rule({
  id: 'kms-grantisforaws-scope',
  group: 'suspicious',
  kinds: policyKinds,
  title: '`kms:GrantIsForAWSResource` on actions that are not about grants',
  documentation: {
    what: '`kms:GrantIsForAWSResource` in a statement with actions besides `kms:CreateGrant`, `kms:ListGrants` and `kms:RevokeGrant`.',
    why: 'Only requests for these three have the key. An `Allow` with the condition never applies to the other actions.',
    spares: 'Wildcards that cover one of the three, and in an `Allow` conditions that hold without the key.',
    bad: keyPolicyWithCondition(CONDITION, { action: '["kms:CreateGrant", "kms:DescribeKey"]' }),
    good: keyPolicyWithCondition(CONDITION, { action: '["kms:CreateGrant", "kms:ListGrants"]' }),
    sources: [kmsConditionKeys],
  },
  check: {
    statement(statement, context) {
      const topic = (name: string): string | undefined => (name === 'kms:GrantIsForAWSResource' ? name : undefined);
      for (const each of unsupportedBy(statement, context, topic)) reportUnsupported(each, statement, context);
    },
  },
});
