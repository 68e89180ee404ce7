import { rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { allows } from './support/home-account.ts';
import { administer } from './support/lockout-examples.ts';
import { allowedIn, allowingIn } from './support/spoken.ts';

const use = (action: string): string => `
{
  "Sid": "Write orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ${action},
  "Resource": "*"
}`;

const admin = administer('"arn:aws:iam::111122223333:role/KeyAdmin"');

export const kmsEncryptionOnlyNoDecrypt = rule({
  id: 'kms-encryption-only-no-decrypt',
  group: 'style',
  kinds: ['key-policy'],
  aboutWhole: true,
  optIn: true,
  title: 'a key that some may encrypt with and nobody may decrypt with',
  documentation: {
    what: 'A key policy that allows somebody `kms:Encrypt` or `kms:GenerateDataKey`, and `kms:Decrypt` to nobody.',
    why: 'What is written under such a key cannot be read until the policy is changed or a grant is made.',
    spares:
      'Policies that allow the account or anybody else `kms:Decrypt`, and those with something that is yet to be filled in.',
    bad: keyPolicyOf(admin, use('["kms:GenerateDataKey"]')),
    good: keyPolicyOf(admin, use('["kms:GenerateDataKey", "kms:Decrypt"]')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Permissions reference',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html',
      },
    ],
  },
  check: {
    policy(policy, { report }) {
      const allowed = allowedIn(policy);
      if (!allowed || allowed.has('Decrypt')) return;
      const writer = allowingIn(policy).find((each) => allows(each, 'GenerateDataKey') || allows(each, 'Encrypt'));
      if (!writer?.action) return;
      report({
        at: { path: writer.action.path },
        message: 'nobody is allowed `kms:Decrypt`',
        why: 'what is encrypted under the key cannot be read',
        next: 'allow `kms:Decrypt` to those who read it',
      });
    },
  },
});
