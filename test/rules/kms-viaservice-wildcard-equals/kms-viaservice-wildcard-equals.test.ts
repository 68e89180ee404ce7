import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

describe('reports', () => {
  test('a star under `StringEquals`', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringEquals": { "kms:ViaService": "s3.*.amazonaws.com" }
        //                                  ^^^^^^^^^^^^^^^^^^^^ kms-viaservice-wildcard-equals: \`s3.*.amazonaws.com\` is compared letter by letter under \`StringEquals\`; no request has this value, so the statement never applies; use \`StringLike\`
      `),
    );
  });

  test('the first of several, once', () => {
    check(
      'a.scp.json',
      withCondition(
        `
        "StringNotEqualsIfExists": { "kms:ViaService": ["s3.us-east-1.amazonaws.com", "*", "ec2.*"] }
        //                                                                            ^^^ kms-viaservice-wildcard-equals: use \`StringNotLikeIfExists\`
      `,
        { effect: 'Deny' },
      ),
    );
  });
});

describe('leaves alone', () => {
  test.each([
    '"StringLike": { "kms:ViaService": "s3.*.amazonaws.com" }',
    '"StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }',
    '"StringEquals": { "kms:ViaService": "s3.${AWS::Region}.amazonaws.com" }',
    '"StringEquals": { "kms:RequestAlias": "alias/*" }',
    '"Null": { "kms:ViaService": "*" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  test('rename the operator', () => {
    expect(titles('"StringEquals": { "kms:ViaService": "s3.*.amazonaws.com" }')).toEqual([
      'change to `StringLike` (safe)',
    ]);
    expect(mended('"StringEquals": { "kms:ViaService": "s3.*.amazonaws.com" }', 'change to `StringLike`')).toEqual({
      StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' },
    });
  });

  test('move the condition where others share its operator', () => {
    expect(
      mended(
        '"StringEquals": { "kms:ViaService": "s3.*.amazonaws.com", "kms:CallerAccount": "111122223333" }',
        'change to `StringLike`',
      ),
    ).toEqual({
      StringEquals: { 'kms:CallerAccount': '111122223333' },
      StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' },
    });
  });
});
