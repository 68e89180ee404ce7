import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const STAGE = '"ForAllValues:StringEquals": { "kms:EncryptionContext:stage": "prod" }';

test('reports a pair and a tag under `ForAllValues`', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "ForAllValues:StringLike": { "kms:EncryptionContext:stage": "prod", "aws:RequestTag/team": "a*" }
        //                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-forallvalues-context-rejected: AWS KMS does not take \`kms:EncryptionContext:stage\` under \`ForAllValues:StringLike\`; it rejects the key policy, since the condition would hold for requests without the key; use \`StringLike\`
        //                                                                  ^^^^^^^^^^^^^^^^^^^^^ kms-forallvalues-context-rejected
      `),
  );
});

test.each([
  '"ForAllValues:StringEquals": { "kms:EncryptionContextKeys": "stage" }',
  '"ForAnyValue:StringEquals": { "kms:EncryptionContext:stage": "prod" }',
  '"StringEquals": { "kms:EncryptionContext:stage": "prod" }',
  '"ForAllValues:StringEquals": { "aws:TagKeys": "team" }',
  '"ForAllValues:StringEquals": { "kms:EncryptionContext:{{ key }}": "prod" }',
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});

test('leaves alone a `Deny` and other policies', () => {
  expect(found(STAGE, { effect: 'Deny' })).toEqual([]);
  expect(found(STAGE, { file: 'a.iam-policy.json' })).toEqual([]);
});

test('the fix drops the set operator', () => {
  expect(titles(STAGE)).toContain('change to `StringEquals` (safe)');
  expect(mended(STAGE, 'change to `StringEquals`')).toEqual({
    StringEquals: { 'kms:EncryptionContext:stage': 'prod' },
  });
  expect(titles('"ForAllValues:StringEqualsIfExists": { "kms:EncryptionContext:a": "b" }')).toContain(
    'change to `StringEqualsIfExists`',
  );
});
