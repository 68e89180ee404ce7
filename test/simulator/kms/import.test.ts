import { constants, createCipheriv, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrapPadded, wrapPadded } from '../../../simulator/kms/crypto/key-wrap.ts';
import type { KmsKey } from '../../../simulator/kms/key.ts';
import type { Operations } from '../../../simulator/kms/service.ts';
import { NOW, utf8 } from './keys.ts';
import { DAY, Lab, text } from './lab.ts';

const forever = { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };

/** Wraps as the owner of the material does, and imports it. */
async function importInto(
  lab: Lab,
  key: KmsKey,
  material: Uint8Array,
  more: Partial<Operations['ImportKeyMaterial']['input']> = forever,
  WrappingAlgorithm = 'RSAES_OAEP_SHA_256',
): Promise<string> {
  const parameters = await lab.call('GetParametersForImport', {
    KeyId: key.arn,
    WrappingAlgorithm,
    WrappingKeySpec: 'RSA_2048',
  });
  return lab.outcome('ImportKeyMaterial', {
    KeyId: key.arn,
    ImportToken: parameters.ImportToken,
    EncryptedKeyMaterial: wrap(parameters.PublicKey, WrappingAlgorithm, material),
    ...more,
  });
}

function wrap(publicKey: Uint8Array, algorithm: string, material: Uint8Array): Uint8Array {
  const key = { key: Buffer.from(publicKey), format: 'der', type: 'spki' } as const;
  const oaep = (bytes: Uint8Array) =>
    publicEncrypt(
      { ...key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: algorithm.endsWith('256') ? 'sha256' : 'sha1' },
      bytes,
    );
  if (!algorithm.startsWith('RSA_AES')) return oaep(material);
  const kek = randomBytes(32);
  // Node's own key wrap, which the service does not use.
  const cipher = createCipheriv('id-aes256-wrap-pad', kek, Buffer.from('a65959a6', 'hex'));
  return Buffer.concat([oaep(kek), cipher.update(material), cipher.final()]);
}

const external = { Origin: 'EXTERNAL' };
const bytes = (fill: number) => new Uint8Array(32).fill(fill);

describe('imported material', () => {
  it('makes a key usable, is deleted, and comes back', async () => {
    const lab = new Lab();
    const key = await lab.key(external);
    const KeyId = key.arn;
    const pending = `KMSInvalidStateException: ${KeyId} is pending import.`;
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') })).toBe(pending);
    expect(await importInto(lab, key, bytes(1))).toBe('ok');
    expect((await lab.call('DescribeKey', { KeyId })).KeyMetadata).toMatchObject({
      KeyState: 'Enabled',
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    });
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId, Plaintext: utf8('x') });
    const { KeyMaterialId } = await lab.call('DeleteImportedKeyMaterial', { KeyId });
    expect(await lab.outcome('Decrypt', { CiphertextBlob })).toBe(pending);
    expect(await importInto(lab, key, bytes(2))).toBe('IncorrectKeyMaterialException: ');
    expect(await importInto(lab, key, bytes(1), { ...forever, KeyMaterialId })).toBe('ok');
    expect(text((await lab.call('Decrypt', { CiphertextBlob })).Plaintext)).toBe('x');
  });

  it('round trips for any material, plaintext and context', async () => {
    const lab = new Lab();
    const context = fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }), { maxKeys: 2 });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 1, maxLength: 50 }),
        context,
        async (material, Plaintext, EncryptionContext) => {
          const key = await lab.key(external);
          expect(await importInto(lab, key, material)).toBe('ok');
          const sealed = await lab.call('Encrypt', { KeyId: key.arn, Plaintext, EncryptionContext });
          await lab.call('DeleteImportedKeyMaterial', { KeyId: key.arn });
          expect(await importInto(lab, key, material)).toBe('ok');
          const back = await lab.call('Decrypt', { CiphertextBlob: sealed.CiphertextBlob, EncryptionContext });
          expect(Buffer.from(back.Plaintext).equals(Plaintext)).toBe(true);
        },
      ),
      { numRuns: 5 },
    );
  });

  it('expires, and the key waits for it', async () => {
    const lab = new Lab();
    const key = await lab.key(external);
    const KeyId = key.arn;
    const ValidTo = new Date(NOW + 10 * DAY);
    expect(await importInto(lab, key, bytes(1), { ValidTo })).toBe('ok');
    expect((await lab.call('DescribeKey', { KeyId })).KeyMetadata).toMatchObject({
      ValidTo,
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
    });
    lab.wait(10);
    expect((await lab.call('DescribeKey', { KeyId })).KeyMetadata).toMatchObject({
      KeyState: 'PendingImport',
      Enabled: false,
    });
    expect(lab.service.trail.some(({ eventName }) => eventName === 'DeleteExpiredKeyMaterial')).toBe(true);
    expect(await importInto(lab, key, bytes(1))).toBe('ok');
    lab.wait(1000);
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') })).toBe('ok');
  });

  it.each([
    [{}, 'ValidationException: A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES'],
    [{ ...forever, ValidTo: new Date(NOW + DAY) }, 'ValidationException: '],
    [{ ValidTo: new Date(NOW) }, 'ValidationException: '],
    [{ ValidTo: new Date(NOW + 366 * DAY) }, 'ValidationException: '],
    [{ ValidTo: new Date(NOW + 365 * DAY) }, 'ok'],
    [{ ValidTo: (NOW + DAY) / 1000 }, 'ok'],
    [{ ValidTo: '2026-06-20T00:00:00Z' }, 'ok'],
    [{ ImportToken: bytes(9) }, 'InvalidImportTokenException: '],
    [{ EncryptedKeyMaterial: bytes(9) }, 'InvalidCiphertextException: '],
  ])('%j', async (more, outcome) => {
    const lab = new Lab();
    const isExpiry = 'ImportToken' in more || 'EncryptedKeyMaterial' in more;
    const key = await lab.key(external);
    expect(await importInto(lab, key, bytes(1), isExpiry ? { ...forever, ...more } : more)).toContain(outcome);
  });

  it('does not come with a token of another key, or of the day before', async () => {
    const lab = new Lab();
    const [one, other] = [await lab.key(external), await lab.key(external)];
    const asked = { KeyId: one.arn, WrappingAlgorithm: 'RSAES_OAEP_SHA_1', WrappingKeySpec: 'RSA_3072' };
    const { ImportToken, PublicKey, ParametersValidTo } = await lab.call('GetParametersForImport', asked);
    expect(ParametersValidTo).toEqual(new Date(NOW + DAY));
    const EncryptedKeyMaterial = wrap(PublicKey, 'RSAES_OAEP_SHA_1', bytes(1));
    const input = { ImportToken, EncryptedKeyMaterial, ...forever };
    expect(await lab.outcome('ImportKeyMaterial', { KeyId: other.arn, ...input })).toBe(
      'InvalidImportTokenException: ',
    );
    lab.clock.advance(DAY + 1);
    expect(await lab.outcome('ImportKeyMaterial', { KeyId: one.arn, ...input })).toBe('ExpiredImportTokenException: ');
  });

  it('of several kinds is rotated on demand, and all of it is needed', async () => {
    const lab = new Lab();
    const key = await lab.key(external);
    const KeyId = key.arn;
    const fresh = { ...forever, ImportType: 'NEW_KEY_MATERIAL' };
    await importInto(lab, key, bytes(1));
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId, Plaintext: utf8('old') });
    expect(await lab.outcome('RotateKeyOnDemand', { KeyId })).toBe(
      `KMSInvalidStateException: No available key material pending rotation for the key: ${KeyId}.`,
    );
    expect(await importInto(lab, key, bytes(2), { ...fresh, KeyMaterialDescription: 'second' })).toBe('ok');
    expect(await importInto(lab, key, bytes(3), fresh)).toMatch(
      /^KMSInvalidStateException: New key material \(id: \w{64}\) cannot be imported into KMS key .*, because another key material \(id: \w{64}\) is pending rotation\.$/,
    );
    const states = async () =>
      (await lab.call('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })).Rotations.map(
        (each) => Object(each)['KeyMaterialState'],
      );
    expect(await states()).toEqual(['CURRENT', 'PENDING_ROTATION']);
    await lab.call('RotateKeyOnDemand', { KeyId });
    expect(await states()).toEqual(['NON_CURRENT', 'CURRENT']);
    expect(text((await lab.call('Decrypt', { CiphertextBlob })).Plaintext)).toBe('old');
    const [first] = key.materials.all;
    await lab.call('DeleteImportedKeyMaterial', { KeyId, KeyMaterialId: first?.id });
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') })).toContain('is pending import.');
    expect(await importInto(lab, key, bytes(1))).toBe('ok');
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') })).toBe('ok');
  });

  it('comes as new or as existing material, as it is', async () => {
    const lab = new Lab();
    const key = await lab.key(external);
    const as = (ImportType: string, fill: number) => importInto(lab, key, bytes(fill), { ...forever, ImportType });
    const wrong = 'IncorrectKeyMaterialException: ';
    expect(await as('EXISTING_KEY_MATERIAL', 1)).toBe(wrong);
    expect(await as('NEW_KEY_MATERIAL', 1)).toBe('ok');
    expect(await as('NEW_KEY_MATERIAL', 1)).toBe(wrong);
    expect(await as('EXISTING_KEY_MATERIAL', 1)).toBe('ok');
    expect(await as('EXISTING_KEY_MATERIAL', 2)).toBe(wrong);
    expect(await as('NEW_KEY_MATERIAL', 2)).toBe('ok');
    await lab.call('DeleteImportedKeyMaterial', { KeyId: key.arn, KeyMaterialId: key.materials.pending?.id });
    expect(key.state).toBe('Enabled');
    expect(await as('NEW_KEY_MATERIAL', 3)).toBe('ok');
  });

  it('that waits for its rotation is forgotten when it expires', async () => {
    const lab = new Lab();
    const key = await lab.key(external);
    await importInto(lab, key, bytes(1));
    const fresh = { ImportType: 'NEW_KEY_MATERIAL' };
    await importInto(lab, key, bytes(2), { ...fresh, ValidTo: new Date(NOW + DAY) });
    lab.wait(1);
    expect(key.state).toBe('Enabled');
    expect(await importInto(lab, key, bytes(3), { ...forever, ...fresh })).toBe('ok');
  });

  it('does not come with a token that expired long ago', async () => {
    const lab = new Lab();
    const key = await lab.key(external);
    const asked = { KeyId: key.arn, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
    const { ImportToken } = await lab.call('GetParametersForImport', asked);
    lab.wait(30);
    await lab.call('GetParametersForImport', asked);
    const input = { KeyId: key.arn, ImportToken, EncryptedKeyMaterial: bytes(1), ...forever };
    expect(await lab.outcome('ImportKeyMaterial', input)).toBe('ExpiredImportTokenException: ');
  });

  it.each([
    ['HMAC_384', 'GENERATE_VERIFY_MAC', 'RSAES_OAEP_SHA_256', () => new Uint8Array(48)],
    ['RSA_2048', 'SIGN_VERIFY', 'RSA_AES_KEY_WRAP_SHA_256', () => pkcs8('rsa')],
    ['ECC_NIST_P256', 'SIGN_VERIFY', 'RSA_AES_KEY_WRAP_SHA_1', () => pkcs8('ec')],
    ['ECC_NIST_P256', 'KEY_AGREEMENT', 'RSAES_OAEP_SHA_256', () => pkcs8('ec')],
    ['ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', 'RSAES_OAEP_SHA_1', () => pkcs8('ed25519')],
  ])('%s, %s, wrapped with %s', async (KeySpec, KeyUsage, algorithm, make) => {
    const lab = new Lab();
    const key = await lab.key({ ...external, KeySpec, KeyUsage });
    const material = make();
    expect(await importInto(lab, key, new Uint8Array(16), forever, algorithm)).toBe('IncorrectKeyMaterialException: ');
    expect(await importInto(lab, key, material, forever, algorithm)).toBe('ok');
    await lab.call('DeleteImportedKeyMaterial', { KeyId: key.arn });
    expect(await importInto(lab, key, make(), forever, algorithm)).toBe(
      KeySpec.startsWith('HMAC') ? 'ok' : 'IncorrectKeyMaterialException: ',
    );
    expect(await importInto(lab, key, material, forever, algorithm)).toBe('ok');
    expect(key.state).toBe('Enabled');
  });

  it('is wrapped in ways that fit the key', async () => {
    const lab = new Lab();
    const ask = async (KeySpec: string, WrappingAlgorithm: string, WrappingKeySpec = 'RSA_2048') => {
      const KeyUsage = KeySpec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : 'SIGN_VERIFY';
      const { arn: KeyId } = await lab.key({ ...external, KeySpec, KeyUsage });
      return lab.outcome('GetParametersForImport', { KeyId, WrappingAlgorithm, WrappingKeySpec });
    };
    expect(await ask('RSA_2048', 'RSAES_OAEP_SHA_256')).toContain('ValidationException');
    expect(await ask('SYMMETRIC_DEFAULT', 'RSA_AES_KEY_WRAP_SHA_256')).toContain('ValidationException');
    expect(await ask('ECC_NIST_P521', 'RSAES_OAEP_SHA_256')).toContain('ValidationException');
    expect(await ask('ECC_NIST_P521', 'RSAES_OAEP_SHA_256', 'RSA_3072')).toBe('ok');
    expect(await ask('SYMMETRIC_DEFAULT', 'RSAES_PKCS1_V1_5')).toContain('UnsupportedOperationException');
    expect(await ask('SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_256', 'SM2')).toContain('UnsupportedOperationException');
  });
});

function pkcs8(type: 'rsa' | 'ec' | 'ed25519'): Uint8Array {
  const pair =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : type === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
        : generateKeyPairSync('ed25519');
  return pair.privateKey.export({ format: 'der', type: 'pkcs8' });
}

describe('AES key wrap with padding', () => {
  // RFC 5649, section 6.
  const kek = Buffer.from('5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8', 'hex');
  it.each([
    ['c37b7e6492584340bed12207808941155068f738', '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a'],
    ['466f7250617369', 'afbeb0f07dfbf5419200f2ccb50bb24f'],
  ])('of %s is what the RFC has', (key, wrapped) => {
    expect(Buffer.from(wrapPadded(kek, Buffer.from(key, 'hex'))).toString('hex')).toBe(wrapped);
    expect(Buffer.from(unwrapPadded(kek, Buffer.from(wrapped, 'hex')) ?? []).toString('hex')).toBe(key);
  });

  it('notices every change', () => {
    const wrapped = Buffer.from(wrapPadded(kek, bytes(3)));
    for (let bit = 0; bit < wrapped.length * 8; bit++) {
      const tampered = Buffer.from(wrapped);
      tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(unwrapPadded(kek, tampered)).toBeUndefined();
    }
  });
});
