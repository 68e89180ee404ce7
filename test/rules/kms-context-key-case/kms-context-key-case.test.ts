import { expect, test } from 'vitest';
import { found, mended, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const STAGE = '"StringEquals": { "kms:EncryptionContext:Stage": "prod" }';
const keys = (values: string, operator = 'ForAnyValue:StringEquals'): string =>
  `${STAGE}, "${operator}": { "kms:EncryptionContextKeys": ${values} }`;

test('reports a key that the set of keys spells otherwise', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "kms:EncryptionContext:Stage": "prod" },
        "ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": ["stage", "user"] }
        //                                                          ^^^^^^^ kms-context-key-case: \`stage\` is not the key \`Stage\` of the encryption context; capitals count here, but not in \`kms:EncryptionContext:Stage\`; write \`Stage\`, or the other way round, as the callers do
      `),
  );
});

test('reports one key under two operators', () => {
  check(
    'a.iam-policy.json',
    withCondition(`
        "StringEquals": { "kms:EncryptionContext:Stage": "prod" },
        "StringLike": { "kms:EncryptionContext:stage": "p*" }
        //              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-context-key-case: \`kms:EncryptionContext:stage\` and \`kms:EncryptionContext:Stage\` are the same condition key
      `),
  );
});

test.each([
  keys('"Stage"'),
  keys('["stage", "Stage"]'),
  keys('"user"'),
  keys('"${aws:PrincipalTag/stage}"'),
  keys('"stage"', 'ForAnyValue:StringEqualsIgnoreCase'),
  `${STAGE}, "StringLike": { "kms:EncryptionContext:Stage": "p*" }`,
  '"ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": ["stage", "Stage"] }',
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});

test('the fix is a choice', () => {
  expect(mended(keys('"stage"'), 'change to `Stage`')).toEqual({
    StringEquals: { 'kms:EncryptionContext:Stage': 'prod' },
    'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'Stage' },
  });
});
