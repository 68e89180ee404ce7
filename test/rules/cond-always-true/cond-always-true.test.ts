import { expect, test } from 'vitest';
import { found, mended, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports what every request satisfies', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringLike": { "aws:PrincipalAccount": ["111122223333", "*"] },
//                      ^^^^^^^^^^^^^^^^^^^^^^ cond-always-true: every request satisfies the condition on \`aws:PrincipalAccount\`; it restricts nothing; remove it, or say which values are meant
        "StringLikeIfExists": { "kms:ViaService": "*" },
//                              ^^^^^^^^^^^^^^^^ cond-always-true
        "Null": { "aws:PrincipalArn": "false" }
//                ^^^^^^^^^^^^^^^^^^ cond-always-true
      `),
  );
});

test.each([
  '"StringLike": { "kms:ViaService": "*" }',
  '"StringLike": { "aws:PrincipalTag/team": "*" }',
  '"StringLike": { "aws:PrincipalAccount": "1*" }',
  '"StringEquals": { "aws:PrincipalAccount": "*" }',
  '"Null": { "kms:ViaService": "false" }',
  '"Null": { "aws:PrincipalArn": "true" }',
  '"StringLikeIfExists": { "s3:prefix": "*" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('fixes it by taking it out', () => {
  const title = 'remove the condition';
  const all = '"StringLike": { "aws:PrincipalAccount": "*" }';
  expect(mended(all, title)).toBeUndefined();
  expect(mended(`${all}, "Bool": { "aws:SecureTransport": "true" }`, title)).toEqual({
    Bool: { 'aws:SecureTransport': 'true' },
  });
  expect(mended('"StringLike": { "aws:PrincipalAccount": "*", "kms:ViaService": "s3.*" }', title)).toEqual({
    StringLike: { 'kms:ViaService': 's3.*' },
  });
});
