import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports old names', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "ArnLike": { "AWS:arn": "arn:aws:iam::111122223333:role/a" },
//                   ^^^^^^^^^ cond-key-deprecated: \`AWS:arn\` is deprecated; AWS keeps it for old policies and does not put it into every request; use \`aws:PrincipalArn\`
        "StringEquals": { "aws:SourceOwner": "111122223333" }
//                        ^^^^^^^^^^^^^^^^^ cond-key-deprecated: use \`aws:SourceAccount\`
      `),
  );
});

test.each([
  '"ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/a" }',
  '"StringEquals": { "kms:CustomerMasterKeySpec": "RSA_2048" }',
  '"StringEquals": { "s3:SourceOwner": "1" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('fixes it where somebody asks for it and the new name is free', () => {
  const members = '"ArnLike": { "aws:ARN": "arn:aws:iam::111122223333:role/a" }';
  expect(mended(members, 'change to `aws:PrincipalArn`')).toEqual({
    ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a' },
  });
  expect(titles(members)).toEqual(['change to `aws:PrincipalArn`']);
  expect(titles('"ArnLike": { "aws:ARN": "a", "aws:principalARN": "b" }')).toEqual([]);
});
