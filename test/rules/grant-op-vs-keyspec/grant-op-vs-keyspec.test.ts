import { describe, expect, test } from 'vitest';
import { check, ruleIds } from '../harness.ts';

const found = (operations: string, facts: object, more = ''): string[] =>
  ruleIds('a.kms-grant.json', `{ ${more} "Operations": [${operations}] }`, { facts });

test('reports operations that the key cannot do', () => {
  check(
    'a.kms-grant.json',
    `{
      "Operations": ["Encrypt", "GetPublicKey", "GenerateDataKey"]
      //                                        ^^^^^^^^^^^^^^^^^ grant-op-vs-keyspec: \`GenerateDataKey\` does not work with the key, which has the spec \`RSA_2048\` and the usage \`ENCRYPT_DECRYPT\`; AWS KMS rejects the request; remove it: it is for symmetric encryption keys
    }`,
    { facts: { keySpec: 'RSA_2048', keyUsage: 'ENCRYPT_DECRYPT' } },
  );
  check(
    'a.kms-grant.json',
    `{
      "Operations": ["Verify", "DescribeKey"]
      //             ^^^^^^^^ grant-op-vs-keyspec: which has the spec \`HMAC_256\`; AWS KMS rejects the request; remove it: it is for keys of the usage \`SIGN_VERIFY\`
    }`,
    { facts: { keySpec: 'HMAC_256' } },
  );
});

test('speaks in place of the rule about constraints', () => {
  const text = '{ "Operations": ["Sign"], "Constraints": { "EncryptionContextSubset": { "a": "b" } } }';
  expect(ruleIds('a.kms-grant.json', text, { facts: { keySpec: 'SYMMETRIC_DEFAULT' } })).toHaveLength(1);
});

test.each([
  ['"Sign"', { keySpec: 'SYMMETRIC_DEFAULT' }],
  ['"GetPublicKey"', { keySpec: 'SYMMETRIC_DEFAULT' }],
  ['"GenerateDataKeyPair"', { keySpec: 'RSA_2048' }],
  ['"GenerateMac"', { keySpec: 'ECC_NIST_P256' }],
  ['"Decrypt"', { keyUsage: 'SIGN_VERIFY' }],
  ['"Sign"', { keySpec: 'RSA_2048', keyUsage: 'ENCRYPT_DECRYPT' }],
  ['"Encapsulate"', { keySpec: 'ECC_NIST_P521' }],
])('reports %s with %j', (operations, facts) => {
  expect(found(operations, facts)).toEqual(['grant-op-vs-keyspec']);
});

describe('leaves alone', () => {
  test.each([
    ['a key of which nothing is known', '"Sign"', {}],
    ['a spec that is none', '"Sign"', { keySpec: 'AES_256' }],
    ['a spec and a usage that do not go together', '"Decrypt"', { keySpec: 'HMAC_256', keyUsage: 'SIGN_VERIFY' }],
    ['either usage of a spec', '"Sign", "Decrypt"', { keySpec: 'RSA_2048' }],
    ['either type of a usage', '"GenerateDataKey", "GetPublicKey"', { keyUsage: 'ENCRYPT_DECRYPT' }],
    ['what works with any key', '"DescribeKey", "CreateGrant", "RetireGrant"', { keySpec: 'HMAC_256' }],
    ['what is no operation', '"kms:Sign", "${Operation}"', { keySpec: 'HMAC_256' }],
  ])('%s', (_, operations, facts) => {
    expect(found(operations, facts)).toEqual([]);
  });

  test('what AWS KMS took, and documents about several keys', () => {
    const facts = { keySpec: 'SYMMETRIC_DEFAULT' };
    expect(found('"Sign"', facts, '"GrantId": "1",')).toEqual([]);
    const on = (key: string): string => `{ "KeyId": "${key}", "Operations": ["Sign"] }`;
    const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(ruleIds('a.kms-grants.json', `[${on(id)}, ${on('other')}]`, { facts })).toEqual([]);
    const same = `[${on(id)}, ${on(`arn:aws:kms:us-east-1:111122223333:key/${id}`)}]`;
    expect(ruleIds('a.kms-grants.json', same, { facts })).toHaveLength(2);
  });
});
