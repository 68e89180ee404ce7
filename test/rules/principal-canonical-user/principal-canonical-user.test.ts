import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

test('reports ids of Amazon S3, also under `AWS`', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
      "Principal": {
        "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
        //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-canonical-user: a canonical user id names nobody outside Amazon S3
        "AWS": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
        //     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-canonical-user
      }
    }`),
  );
});

test.each(['111122223333', '79a59df900b949e55d96a1e698fbaced', '${Id}'])('leaves %s alone', (text) => {
  const policy = policyOf(
    `{ "Effect": "Allow", "Principal": { "AWS": "${text}" }, "Action": "kms:Decrypt", "Resource": "*" }`,
  );
  expect(ruleIds('a.key-policy.json', policy)).toEqual([]);
});
