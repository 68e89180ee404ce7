import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { factOf } from './support/conditions.ts';

const DENY = { effect: 'Deny', principal: '"*"' } as const;

export const kmsAnonymous = rule({
  id: 'kms-anonymous',
  group: 'style',
  kinds: ['key-policy'],
  title: 'anonymous callers, whom AWS KMS does not have',
  documentation: {
    what: '`Anonymous` as a value of `aws:PrincipalType` in a key policy.',
    why: 'AWS KMS takes signed requests only, so nobody calls it anonymously. Such a value does nothing.',
    spares: 'Other kinds of policy, which may be about services that anonymous callers do reach.',
    bad: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalType": "Anonymous" }', DENY),
    good: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalType": "FederatedUser" }', DENY),
    sources: [
      globalConditionKeys,
      {
        title: 'IAM User Guide: AWS Signature Version 4 for API requests',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html',
      },
    ],
  },
  check: {
    condition(condition, _statement, { report }) {
      if (factOf(condition)?.name !== 'aws:PrincipalType' || condition.operator.family !== 'String') return;
      for (const { text, path } of condition.values) {
        if (text.toLowerCase() !== 'anonymous') continue;
        report({
          at: { path },
          message: 'nobody calls AWS KMS anonymously',
          why: 'it takes signed requests only, so the value does nothing',
          next: 'remove it, or name the callers that are meant',
        });
      }
    },
  },
});
