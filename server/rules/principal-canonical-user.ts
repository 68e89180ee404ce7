import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { elementPage, keyPolicyOverview } from './support/sources.ts';

const statement = (principal: string): string => `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": ${principal},
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

const ID = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';

export const principalCanonicalUser = rule({
  id: 'principal-canonical-user',
  group: 'invalid',
  kinds: resourcePolicyKinds,
  title: 'a canonical user id of Amazon S3 as a principal',
  documentation: {
    what: 'A member `CanonicalUser` of a `Principal`, or such an id of 64 hexadecimal digits under `AWS`.',
    why: 'Canonical user ids name an account in policies and access lists of Amazon S3 alone. AWS KMS knows none.',
    spares: 'Bucket policies, which are not looked at.',
    bad: keyPolicyWith(statement(`{ "CanonicalUser": "${ID}" }`)),
    good: keyPolicyWith(statement('{ "AWS": "arn:aws:iam::111122223333:role/Orders" }')),
    sources: [elementPage('principal'), keyPolicyOverview],
  },
  check: {
    principal({ path, type, pattern }, _statement, { report }) {
      const isId = pattern.problems.some(({ detail }) => detail === 'CanonicalUser');
      if (type !== 'CanonicalUser' && !isId) return;
      report({
        at: { path },
        message: 'a canonical user id names nobody outside Amazon S3',
        why: 'AWS rejects the policy',
        next: 'name the account, the user or the role under `AWS`',
      });
    },
  },
});
