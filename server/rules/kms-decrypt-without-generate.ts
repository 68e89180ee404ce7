import type { PolicyDocument } from '../../simulator/policy/document.ts';
import { compileAction } from '../../simulator/policy/syntax/action.ts';
import { rule } from './rule.ts';
import { withAction } from './support/action-edits.ts';
import { identityPolicyWith } from './support/examples.ts';
import { covers } from './support/home-account.ts';
import { allowedIn, allowingIn } from './support/spoken.ts';

const statements = (actions: string): string => `
{
  "Sid": "ReadAndWriteOrders",
  "Effect": "Allow",
  "Action": ["s3:GetObject", "s3:PutObject"],
  "Resource": "arn:aws:s3:::orders-bucket/*"
},
{
  "Sid": "TheirKey",
  "Effect": "Allow",
  "Action": ${actions},
  "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}`;

export const kmsDecryptWithoutGenerate = rule({
  id: 'kms-decrypt-without-generate',
  group: 'style',
  kinds: ['iam-policy'],
  aboutWhole: true,
  title: 'reading and writing objects with the key for reading alone',
  documentation: {
    what:
      'An identity policy that allows `s3:GetObject` and `s3:PutObject` on the same objects and `kms:Decrypt`, and nowhere ' +
      '`kms:GenerateDataKey`.',
    why:
      'Amazon S3 calls Decrypt when an object is read that is encrypted with a KMS key, and GenerateDataKey when one is ' +
      'written. With `kms:Decrypt` alone the objects of such a bucket can be read and not written. Uploads in several ' +
      'parts need both.',
    spares:
      'Policies that read one bucket and write another, those without actions of Amazon S3, and anything unknown.',
    bad: identityPolicyWith(statements('"kms:Decrypt"')),
    good: identityPolicyWith(statements('["kms:Decrypt", "kms:GenerateDataKey"]')),
    sources: [
      {
        title: 'Amazon S3 User Guide: Using server-side encryption with AWS KMS keys, permissions',
        url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
      },
    ],
  },
  check: {
    policy(policy, { report }) {
      const allowed = allowedIn(policy);
      if (!allowed || allowed.has('GenerateDataKey')) return;
      const allowing = allowingIn(policy);
      if (!readsAndWrites(allowing)) return;
      for (const owner of allowing) {
        if (!owner.action || owner.action.negated) continue;
        const item = owner.action.items.find(({ pattern }) => compileAction(pattern).matches('kms:Decrypt'));
        if (!item) continue;
        report({
          at: { path: item.path },
          message: `\`${item.text}\` is enough for reading encrypted objects, and not for writing them`,
          why: 'the policy allows `s3:PutObject` as well, for which Amazon S3 asks for `kms:GenerateDataKey`',
          next: 'allow that, too, if uploads are encrypted with the key',
          fixes: [withAction(item, owner, 'kms:GenerateDataKey')],
        });
      }
    },
  },
});

/** Whether objects that are read are those that are written, and so encrypted with the same key. */
function readsAndWrites(statements: PolicyDocument['statements']): boolean {
  return statements.some((each) => covers(each, 's3:GetObject') && covers(each, 's3:PutObject'));
}
