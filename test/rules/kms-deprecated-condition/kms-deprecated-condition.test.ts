import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports the old names', () => {
  check(
    'a.iam-policy.json',
    withCondition(`
        "StringEquals": { "kms:CustomerMasterKeySpec": "SYMMETRIC_DEFAULT", "kms:customermasterkeyusage": "SIGN_VERIFY" }
        //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-deprecated-condition: \`kms:CustomerMasterKeySpec\` is the old name of \`kms:KeySpec\`; AWS KMS reads both and documents this one as deprecated; write \`kms:KeySpec\`
        //                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-deprecated-condition
      `),
  );
});

test.each(['"StringEquals": { "kms:KeySpec": "RSA_2048" }', '"ArnLike": { "aws:ARN": "arn:aws:iam::*:role/a" }'])(
  'leaves alone %s',
  (members) => {
    expect(found(members)).toEqual([]);
  },
);

test('the fix renames the key where the new name is free', () => {
  const members = '"StringEquals": { "kms:CustomerMasterKeySpec": "RSA_2048" }';
  expect(titles(members)).toEqual(['change to `kms:KeySpec` (safe)']);
  expect(mended(members, 'change to `kms:KeySpec`')).toEqual({ StringEquals: { 'kms:KeySpec': 'RSA_2048' } });
  expect(titles('"StringEquals": { "kms:CustomerMasterKeySpec": "a", "kms:KeySpec": "RSA_2048" }')).toEqual([]);
});
