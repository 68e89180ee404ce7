import { rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { addDelegation, lockoutOf, severityOfWhole } from './support/lockout.ts';
import { manageable, putKeyPolicy } from './support/lockout-examples.ts';
import { defaultKeyPolicy } from './support/sources.ts';

export const kmsLockoutNoPutkeypolicy = rule({
  id: 'kms-lockout-no-putkeypolicy',
  group: 'invalid',
  kinds: ['key-policy'],
  aboutWhole: true,
  title: 'a key policy that nobody may change',
  documentation: {
    what: 'A key policy that allows `kms:PutKeyPolicy` neither to the account nor to any user or role.',
    why:
      'Nobody can ever change such a policy, the root user of the account included; only AWS Support can. ' +
      'PutKeyPolicy and CreateKey therefore reject it unless they are told to bypass the lockout safety check.',
    spares:
      'Policies with placeholders, policies that AWS wrote for its managed keys, and policies with statements that cannot be ' +
      'read. In a text that may be a part of a policy it is for information.',
    bad: keyPolicyOf(`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
  "Resource": "*"
}`),
    good: manageable,
    sources: [putKeyPolicy, defaultKeyPolicy],
  },
  check: {
    policy(policy, { kind, facts, report }) {
      if (lockoutOf(policy, facts)?.fault !== 'nobody') return;
      report({
        at: { path: [...policy.base, 'Statement'], part: 'key' },
        message: 'nobody is allowed `kms:PutKeyPolicy`',
        why: 'no one could ever change the policy again, and KMS rejects it unless told to skip its safety check',
        next: 'allow `kms:*` to the account, or `kms:PutKeyPolicy` to administrators',
        severity: severityOfWhole(kind, 'error'),
        fixes: addDelegation(policy, facts),
      });
    },
  },
});
