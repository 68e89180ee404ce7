import { expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = (actions: string): string =>
  policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Resource": "*", "Action": [
${actions}
    ] }
  `);

const only = (action: string): string => statement(`      ${JSON.stringify(action)}`);

test('reports events, commands and condition keys', () => {
  const text = statement(`
      "kms:Decrypt",
      "kms:RotateKey",
      //   ^^^^^^^^^ kms-action-is-not-permission: \`kms:RotateKey\` is what CloudTrail calls it when a key is rotated, and no permission; the entry allows nothing; write \`kms:RotateKeyOnDemand\` or \`kms:EnableKeyRotation\`
      "KMS:deletekey",
      //   ^^^^^^^^^ kms-action-is-not-permission: write \`kms:ScheduleKeyDeletion\`
      "kms:describe-key",
      //   ^^^^^^^^^^^^ kms-action-is-not-permission: \`kms:describe-key\` is a command of the AWS CLI and no permission; the entry allows nothing; write \`kms:DescribeKey\`
      "kms:ViaService",
      //   ^^^^^^^^^^ kms-action-is-not-permission: \`kms:ViaService\` is a condition key and no permission; the entry allows nothing; test it in \`Condition\`, and name an action here
      "kms:EncryptionContext:stage"
      //   ^^^^^^^^^^^^^^^^^^^^^^^ kms-action-is-not-permission: is a condition key`);
  check('a.key-policy.json', text);
});

test('says what a `Deny` does not deny', () => {
  const text = policyOf(`
    { "Effect": "Deny", "Action": "kms:DeleteKey", "Resource": "*" }
    //                                 ^^^^^^^^^ kms-action-is-not-permission: the entry denies nothing
  `);
  check('a.scp.json', text);
});

test.each([
  'kms:ReEncrypt',
  'kms:ScheduleKeyDeletion',
  'kms:SynchronizeMultiRegionKey',
  'kms:DescribeKey',
  'kms:Decypt',
  'kms:ListGrant',
  'kms:describe-keys',
  'kms:rotate-*',
  'kms:${Operation}',
  'dynamodb:describe-key',
  's3:DeleteKey',
])('leaves %s alone', (action) => {
  expect(ruleIds('a.key-policy.json', only(action))).toEqual([]);
});

test.each([
  ['kms:RotateKey', ['change to `kms:RotateKeyOnDemand`', 'change to `kms:EnableKeyRotation`']],
  ['kms:DeleteExpiredKeyMaterial', ['change to `kms:DeleteImportedKeyMaterial`']],
  ['kms:generate-data-key-pair-without-plaintext', ['change to `kms:GenerateDataKeyPairWithoutPlaintext` (safe)']],
  ['kms:re-encrypt', ['change to `kms:ReEncrypt*` (safe)']],
  ['kms:ViaService', []],
])('%s: another spelling is mended without asking', (action, titles) => {
  expect(fixTitles('a.key-policy.json', only(action))).toEqual(titles);
});

test('the fix changes the action alone', () => {
  const text = statement(`
      "kms:disable-key"
      //   ^^^^^^^^^^^ kms-action-is-not-permission`);
  expect(fixed('a.key-policy.json', text, 'change to `kms:DisableKey`')).toBe(
    statement(`
      "kms:DisableKey"`),
  );
});
