import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check, ruleIds } from '../harness.ts';

const CONTEXT = '"kms:EncryptionContext:stage": "prod"';

test('reports an encryption context with a spec that takes none', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "kms:KeySpec": "RSA_2048", "kms:EncryptionContext:stage": "prod" }
        //                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-context-on-asymmetric: a key with \`kms:KeySpec\` \`RSA_2048\` takes no encryption context; \`kms:EncryptionContext:stage\` is never in a request for it, so the statement never applies; remove the condition, or mean symmetric encryption keys
      `),
  );
});

test.each([
  `"StringEquals": { "kms:KeyUsage": "KEY_AGREEMENT", ${CONTEXT} }`,
  `"StringEquals": { "kms:KeySpec": "HMAC_256" }, "ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "stage" }`,
])('reports %s', (members) => {
  expect(found(members)).toEqual(['kms-context-on-asymmetric']);
});

test.each([
  `"StringEquals": { ${CONTEXT} }`,
  `"StringEquals": { "kms:KeyUsage": "ENCRYPT_DECRYPT", ${CONTEXT} }`,
  `"StringEquals": { "kms:KeySpec": ["RSA_2048", "SYMMETRIC_DEFAULT"], ${CONTEXT} }`,
  `"StringEqualsIfExists": { "kms:KeySpec": "RSA_2048" }, "StringEquals": { ${CONTEXT} }`,
  `"StringNotEquals": { "kms:KeySpec": "RSA_2048" }, "StringEquals": { ${CONTEXT} }`,
  `"StringEquals": { "kms:KeySpec": "RSA_2048" }, "StringEqualsIfExists": { ${CONTEXT} }`,
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});

test('knows the key of a key policy where somebody told', () => {
  const text = withCondition(`"StringEquals": { ${CONTEXT} }`);
  const rsa = { facts: { keySpec: 'RSA_2048' } };
  expect(ruleIds('a.key-policy.json', text, rsa)).toEqual(['kms-context-on-asymmetric']);
  expect(ruleIds('a.key-policy.json', text, { facts: { keyUsage: 'SIGN_VERIFY' } })).toHaveLength(1);
  expect(ruleIds('a.key-policy.json', text, { facts: { keySpec: 'SYMMETRIC_DEFAULT' } })).toEqual([]);
  expect(ruleIds('a.iam-policy.json', text, rsa)).toEqual([]);
});
