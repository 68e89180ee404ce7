import { expect, test } from 'vitest';
import { found, mended, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const KEYS = '"ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["stage"] }';

test('reports a condition that no context passes as well', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["stage"] },
        //                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-contextkeys-forallvalues-alone: \`ForAllValues:StringEquals\` on \`kms:EncryptionContextKeys\` holds for requests without an encryption context; whoever leaves the context out is let in; add \`"Null": { "kms:EncryptionContextKeys": "false" }\`
        "StringNotEquals": { "kms:EncryptionContext:stage": "test" }
      `),
  );
});

test.each([
  `${KEYS}, "Null": { "kms:EncryptionContextKeys": "false" }`,
  `${KEYS}, "StringEquals": { "kms:EncryptionContext:stage": "prod" }`,
  `${KEYS}, "ForAnyValue:StringEquals": { "kms:encryptioncontextkeys": "stage" }`,
  '"ForAllValues:StringNotEquals": { "kms:EncryptionContextKeys": "secret" }',
  '"ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "stage" }',
  '"ForAllValues:StringEquals": { "kms:GrantOperations": "Decrypt" }',
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});

test('leaves alone a `Deny`', () => {
  expect(found(KEYS, { effect: 'Deny' })).toEqual([]);
});

test('the fix demands the keys', () => {
  expect(mended(`${KEYS}, "Null": { "kms:ViaService": "true" }`, 'demand an encryption context')).toEqual({
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['stage'] },
    Null: { 'kms:ViaService': 'true', 'kms:EncryptionContextKeys': 'false' },
  });
});
