import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseBlob } from '../../../../simulator/kms/ciphertext-blob.ts';
import { keyObject } from '../../../../simulator/kms/crypto/bare-key.ts';
import { canonicalContext } from '../../../../simulator/kms/encryption-context.ts';
import { utf8 } from '../keys.ts';
import { Lab } from '../lab.ts';

/** Everything that WebCrypto knows, against the service: another programming interface, with rules of its own. */
const { subtle } = webcrypto;
const lab = new Lab();
const message = utf8('a message');
const EncryptionContext = { tenant: 'blue' };

async function publicOf(KeyId: string): Promise<Uint8Array> {
  return (await lab.call('GetPublicKey', { KeyId })).PublicKey;
}

describe('signatures that WebCrypto verifies', () => {
  const rows = [
    ['ECC_NIST_P256', 'ECDSA_SHA_256', { name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }],
    ['ECC_NIST_P384', 'ECDSA_SHA_384', { name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' }],
    ['ECC_NIST_P521', 'ECDSA_SHA_512', { name: 'ECDSA', namedCurve: 'P-521' }, { name: 'ECDSA', hash: 'SHA-512' }],
    ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', { name: 'Ed25519' }, { name: 'Ed25519' }],
    ...[256, 384, 512].flatMap((bits) => {
      const hash = `SHA-${bits}`;
      return [
        [
          'RSA_2048',
          `RSASSA_PSS_SHA_${bits}`,
          { name: 'RSA-PSS', hash },
          { name: 'RSA-PSS', saltLength: bits / 8 },
        ] as const,
        [
          'RSA_2048',
          `RSASSA_PKCS1_V1_5_SHA_${bits}`,
          { name: 'RSASSA-PKCS1-v1_5', hash },
          { name: 'RSASSA-PKCS1-v1_5' },
        ] as const,
      ];
    }),
  ] as const;
  const keys = new Map<string, Promise<string>>();
  const keyOf = (KeySpec: string): Promise<string> => {
    const made = keys.get(KeySpec) ?? lab.key({ KeySpec, KeyUsage: 'SIGN_VERIFY' }).then(({ arn }) => arn);
    keys.set(KeySpec, made);
    return made;
  };

  it.each(rows)('%s with %s', async (spec, SigningAlgorithm, kind, algorithm) => {
    const KeyId = await keyOf(spec);
    const publicKey = await subtle.importKey('spki', await publicOf(KeyId), kind, false, ['verify']);
    const { Signature } = await lab.call('Sign', { KeyId, Message: message, SigningAlgorithm });
    const plain = spec.startsWith('ECC_NIST_P') ? rawOf(Signature, Math.ceil(Number(spec.slice(-3)) / 8)) : Signature;
    expect(await subtle.verify(algorithm, publicKey, plain, message)).toBe(true);
    expect(await subtle.verify(algorithm, publicKey, plain, utf8('another'))).toBe(false);
  });
});

/** r and s of the same length, as WebCrypto has them, of a signature in DER. */
function rawOf(der: Uint8Array, length: number): Uint8Array {
  const start = der[1] === 0x81 ? 3 : 2;
  const rLength = der[start + 1] ?? 0;
  const pad = (bytes: Uint8Array) => Buffer.concat([Buffer.alloc(length), Buffer.from(bytes)]).subarray(-length);
  const s = start + 2 + rLength;
  return Buffer.concat([pad(der.subarray(start + 2, s)), pad(der.subarray(s + 2))]);
}

it.each([
  [256, 'ECC_NIST_P256'],
  [384, 'ECC_NIST_P384'],
  [528, 'ECC_NIST_P521'],
])('a shared secret of %i bits on %s', async (bits, spec) => {
  const { arn: KeyId } = await lab.key({ KeySpec: spec, KeyUsage: 'KEY_AGREEMENT' });
  const curve = { name: 'ECDH', namedCurve: `P-${spec.slice(-3)}` };
  const pair = await subtle.generateKey(curve, true, ['deriveBits']);
  if (!('privateKey' in pair)) throw new Error('a pair was asked for');
  const PublicKey = new Uint8Array(await subtle.exportKey('spki', pair.publicKey));
  const { SharedSecret } = await lab.call('DeriveSharedSecret', { KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey });
  const own = await subtle.importKey('spki', await publicOf(KeyId), curve, false, []);
  const derived = await subtle.deriveBits({ name: 'ECDH', public: own }, pair.privateKey, bits);
  expect(Buffer.from(SharedSecret)).toEqual(Buffer.from(derived));
});

it.each([
  ['RSAES_OAEP_SHA_1', 'SHA-1'],
  ['RSAES_OAEP_SHA_256', 'SHA-256'],
])('%s both ways', async (EncryptionAlgorithm, hash) => {
  const key = await lab.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
  const KeyId = key.arn;
  const kind = { name: 'RSA-OAEP', hash };
  const publicKey = await subtle.importKey('spki', await publicOf(KeyId), kind, false, ['encrypt']);
  const CiphertextBlob = new Uint8Array(await subtle.encrypt('RSA-OAEP', publicKey, message));
  const { Plaintext } = await lab.call('Decrypt', { KeyId, CiphertextBlob, EncryptionAlgorithm });
  expect(Buffer.from(Plaintext)).toEqual(Buffer.from(message));
  const pkcs8 = keyObject(await secretOf(key)).export({ format: 'der', type: 'pkcs8' });
  const privateKey = await subtle.importKey('pkcs8', pkcs8, kind, false, ['decrypt']);
  const sealed = await lab.call('Encrypt', { KeyId, Plaintext: message, EncryptionAlgorithm });
  expect(Buffer.from(await subtle.decrypt('RSA-OAEP', privateKey, sealed.CiphertextBlob))).toEqual(
    Buffer.from(message),
  );
});

it.each([256, 384, 512])('HMAC_SHA_%i', async (bits) => {
  const key = await lab.key({ KeySpec: `HMAC_${bits}`, KeyUsage: 'GENERATE_VERIFY_MAC' });
  const raw = keyObject(await secretOf(key)).export();
  const imported = await subtle.importKey('raw', raw, { name: 'HMAC', hash: `SHA-${bits}` }, false, ['sign', 'verify']);
  const input = { KeyId: key.arn, Message: message, MacAlgorithm: `HMAC_SHA_${bits}` };
  const { Mac } = await lab.call('GenerateMac', input);
  expect(await subtle.verify('HMAC', imported, Mac, message)).toBe(true);
  const foreign = new Uint8Array(await subtle.sign('HMAC', imported, message));
  expect(await lab.outcome('VerifyMac', { ...input, Mac: foreign })).toBe('ok');
});

it('the ciphertext of a symmetric key is AES-256-GCM with what stands around it', async () => {
  const key = await lab.key();
  const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: key.arn, Plaintext: message, EncryptionContext });
  const answer = parseBlob(CiphertextBlob);
  if (!('blob' in answer)) throw new Error(answer.problem);
  const { nonce, head, ciphertext, tag } = answer.blob;
  const imported = await subtle.importKey('raw', keyObject(await secretOf(key)).export(), 'AES-GCM', false, [
    'decrypt',
  ]);
  const additionalData = Buffer.concat([head, canonicalContext(EncryptionContext)]);
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData };
  const opened = await subtle.decrypt(algorithm, imported, Buffer.concat([ciphertext, tag]));
  expect(Buffer.from(opened)).toEqual(Buffer.from(message));
});

async function secretOf({ materials }: Awaited<ReturnType<Lab['key']>>) {
  const secret = await materials.current?.secret?.();
  if (!secret) throw new Error('no material');
  return secret;
}
