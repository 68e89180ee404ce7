import { describe, expect, test } from 'vitest';
import {
  dataKeyPairSpecs,
  encryptionAlgorithms,
  findKeySpec,
  keySpecNames,
  keySpecs,
  keyUsages,
  macAlgorithms,
  signingAlgorithms,
} from '../../../simulator/facts/key-specs.ts';
import { origins, wrappingAlgorithms } from '../../../simulator/facts/origins.ts';

describe('key specs', () => {
  test('are those of the API', () => {
    expect([...keySpecNames].sort()).toEqual(
      `ECC_NIST_EDWARDS25519 ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521 ECC_SECG_P256K1 HMAC_224 HMAC_256 HMAC_384 HMAC_512
      ML_DSA_44 ML_DSA_65 ML_DSA_87 ML_KEM_1024 ML_KEM_512 ML_KEM_768 RSA_2048 RSA_3072 RSA_4096 SM2 SYMMETRIC_DEFAULT`.split(
        /\s+/,
      ),
    );
    expect(findKeySpec('rsa_2048')).toBeUndefined();
  });

  test.each([
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT SYMMETRIC_DEFAULT 4096'],
    ['RSA_2048', 'ENCRYPT_DECRYPT RSAES_OAEP_SHA_1 214'],
    ['RSA_3072', 'ENCRYPT_DECRYPT RSAES_OAEP_SHA_256 318'],
    ['RSA_4096', 'ENCRYPT_DECRYPT RSAES_OAEP_SHA_256 446'],
    ['RSA_4096', 'SIGN_VERIFY RSASSA_PKCS1_V1_5_SHA_384 4096'],
    ['ECC_NIST_P384', 'SIGN_VERIFY ECDSA_SHA_384 4096'],
    ['ECC_NIST_P521', 'KEY_AGREEMENT ECDH -'],
    ['HMAC_224', 'GENERATE_VERIFY_MAC HMAC_SHA_224 4096'],
    ['ML_DSA_65', 'SIGN_VERIFY ML_DSA_SHAKE_256 4096'],
    ['ML_KEM_768', 'ENCAPSULATE_DECAPSULATE ML_KEM -'],
    ['SM2', 'ENCRYPT_DECRYPT SM2PKE 1024'],
  ])('%s allows %s', (name, allowed) => {
    const uses = findKeySpec(name)?.uses ?? [];
    const found = uses.flatMap(({ usage, algorithms }) =>
      algorithms.map((algorithm) => `${usage} ${algorithm.name} ${algorithm.maxInput ?? '-'}`),
    );
    expect(found).toContain(allowed);
  });

  test('every spec but the symmetric one and HMAC is of an asymmetric key', () => {
    for (const { name, type } of keySpecs) {
      const expected = name === 'SYMMETRIC_DEFAULT' ? 'symmetric' : name.startsWith('HMAC_') ? 'hmac' : 'asymmetric';
      expect(type, name).toBe(expected);
    }
  });

  test('curves that only sign', () => {
    const usagesOf = (name: string) => findKeySpec(name)?.uses.map((use) => use.usage);
    expect(usagesOf('ECC_NIST_P256')).toEqual(['SIGN_VERIFY', 'KEY_AGREEMENT']);
    expect(usagesOf('ECC_SECG_P256K1')).toEqual(['SIGN_VERIFY']);
    expect(usagesOf('ECC_NIST_EDWARDS25519')).toEqual(['SIGN_VERIFY']);
  });

  test('the encapsulated secret grows with the ML-KEM level', () => {
    const bytes = [512, 768, 1024].map(
      (level) => findKeySpec(`ML_KEM_${level}`)?.uses[0]?.algorithms[0]?.ciphertextBytes,
    );
    expect(bytes).toEqual([768, 1088, 1568]);
  });

  test('the enums of the API', () => {
    expect(keyUsages).toHaveLength(5);
    expect([...encryptionAlgorithms].sort()).toEqual([
      'RSAES_OAEP_SHA_1',
      'RSAES_OAEP_SHA_256',
      'SM2PKE',
      'SYMMETRIC_DEFAULT',
    ]);
    expect([...signingAlgorithms].sort()).toEqual(
      `ECDSA_SHA_256 ECDSA_SHA_384 ECDSA_SHA_512 ED25519_PH_SHA_512 ED25519_SHA_512 ML_DSA_SHAKE_256
      RSASSA_PKCS1_V1_5_SHA_256 RSASSA_PKCS1_V1_5_SHA_384 RSASSA_PKCS1_V1_5_SHA_512
      RSASSA_PSS_SHA_256 RSASSA_PSS_SHA_384 RSASSA_PSS_SHA_512 SM2DSA`.split(/\s+/),
    );
    expect(macAlgorithms).toEqual(['HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512']);
    expect([...dataKeyPairSpecs].sort()).toEqual(
      `ECC_NIST_EDWARDS25519 ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521 ECC_SECG_P256K1
      ML_KEM_1024 ML_KEM_512 ML_KEM_768 RSA_2048 RSA_3072 RSA_4096 SM2`.split(/\s+/),
    );
  });
});

describe('origins', () => {
  test('only AWS_KMS rotates by itself, and custom key stores do not rotate at all', () => {
    const rotation = origins.map((origin) => [origin.name, origin.automaticRotation, origin.onDemandRotation]);
    expect(rotation).toEqual([
      ['AWS_KMS', true, true],
      ['EXTERNAL', false, true],
      ['AWS_CLOUDHSM', false, false],
      ['EXTERNAL_KEY_STORE', false, false],
    ]);
  });

  test('every importable family has a wrapping algorithm', () => {
    for (const { name, family, importable } of keySpecs) {
      const wrapped = wrappingAlgorithms.some((algorithm) => algorithm.wraps.includes(family));
      expect(wrapped, name).toBe(importable ?? false);
    }
  });
});
