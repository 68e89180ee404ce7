import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports the later key', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:principalorgid": "o-f6g7h8i9j0" }
//                                                              ^^^^^^^^^^^^^^^^^^^^ cond-key-duplicate-case: \`aws:principalorgid\` and \`aws:PrincipalOrgID\` are the same key; capitals do not count in condition keys, and AWS rejects the policy; put all values under one of them
      `),
  );
});

test('also in keys of other services', () => {
  expect(found('"StringEquals": { "s3:prefix": "a", "s3:Prefix": "b", "S3:PREFIX": "c" }')).toEqual([
    'cond-key-duplicate-case',
    'cond-key-duplicate-case',
  ]);
});

test.each([
  '"StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }, "StringLike": { "aws:principalorgid": "o-*" }',
  '"StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:PrincipalOrgID": "o-a1b2c3d4e5" }',
  '"StringEquals": { "${Key}": "a", "${key}": "b" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});
