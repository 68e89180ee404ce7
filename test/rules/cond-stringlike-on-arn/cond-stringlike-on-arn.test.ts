import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports wildcards before the last field', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringLike": { "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::*:role/b"] },
//                                                                               ^^^^^^^^^^^^^^^^^^^^^^^ cond-stringlike-on-arn: the wildcard in \`arn:aws:iam::*:role/b\` runs across colons under \`StringLike\`; it may match other fields of \`aws:PrincipalArn\` than the one it stands in; use \`ArnLike\`
        "StringNotLikeIfExists": { "aws:SourceArn": "arn:aws:s3*" }
//                                                  ^^^^^^^^^^^^^ cond-stringlike-on-arn: use \`ArnNotLikeIfExists\`
      `),
  );
});

describe('leaves alone', () => {
  test.each([
    '"StringLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/a-*" }',
    '"StringLike": { "aws:PrincipalArn": "*" }',
    '"StringEquals": { "aws:PrincipalArn": "arn:aws:iam::*:role/a" }',
    '"ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/a" }',
    '"StringLike": { "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:*:*:*" }',
    '"StringLike": { "aws:PrincipalArn": "arn:*:iam::${Account}:role/a" }',
    '"StringLike": { "kms:ViaService": "s3.*.amazonaws.com" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  const members = '"StringLike": { "aws:SourceArn": "arn:aws:s3:*:*:orders" }';

  test('compare field by field', () => {
    expect(mended(members, 'change to `ArnLike`')).toEqual({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:orders' } });
  });

  test('are never safe, since somebody may live on what `*` covers', () => {
    expect(titles(members)).toEqual(['change to `ArnLike`']);
  });

  test('are not offered for what is no whole ARN', () => {
    expect(titles('"StringLike": { "aws:SourceArn": ["arn:aws:s3*", "arn:aws:s3:::*"] }')).toEqual([]);
  });
});
