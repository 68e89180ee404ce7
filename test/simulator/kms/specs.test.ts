import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  sign as nodeSign,
  verify as nodeVerify,
  privateDecrypt,
} from 'node:crypto';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { ml_kem512, ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encapsulationAlgorithms,
  encryptionAlgorithms,
  keyAgreementAlgorithms,
  keySpecs,
  keyUsages,
  macAlgorithms,
  signingAlgorithms,
} from '../../../simulator/facts/key-specs.ts';
import { pkcs8Of, spkiOf } from '../../../simulator/kms/crypto/encoding.ts';
import type { KmsKey } from '../../../simulator/kms/key.ts';
import { utf8 } from './keys.ts';
import { Lab, text } from './lab.ts';

const lab = new Lab();
const here = keySpecs.filter(({ regions }) => regions !== 'china-only');
const made = new Map<string, Promise<KmsKey>>();

/** RSA pairs cost time, so that each key is made once. */
function keyOf(spec: string, usage: string): Promise<KmsKey> {
  const id = `${spec} ${usage}`;
  const known = made.get(id) ?? lab.key({ KeySpec: spec, KeyUsage: usage });
  made.set(id, known);
  return known;
}

/** The private key as Node reads it. */
async function privateKeyOf(key: KmsKey) {
  const secret = await key.materials.current?.secret?.();
  if (!secret) throw new Error('no material');
  return createPrivateKey({ key: Buffer.from(pkcs8Of(secret)), format: 'der', type: 'pkcs8' });
}

async function publicKeyOf({ arn }: KmsKey) {
  const { PublicKey } = await lab.call('GetPublicKey', { KeyId: arn });
  return createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
}

describe('key specs and usages', () => {
  it.each(keySpecs.map(({ name }) => name))('%s', async (spec) => {
    const facts = keySpecs.find(({ name }) => name === spec);
    for (const { name: usage } of keyUsages) {
      const fits = facts?.uses.some((use) => use.usage === usage);
      const outcome = lab.outcome('CreateKey', { KeySpec: spec, KeyUsage: usage });
      if (facts?.regions === 'china-only')
        expect(await outcome).toBe(`UnsupportedOperationException: KeySpec ${spec} is not supported in this Region`);
      else if (!fits)
        expect(await outcome).toBe(`ValidationException: KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
      else expect(await outcome).toBe('ok');
    }
    if (spec !== 'SYMMETRIC_DEFAULT' && facts?.regions !== 'china-only')
      expect(await lab.outcome('CreateKey', { KeySpec: spec })).toBe(
        'ValidationException: You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
      );
  });

  it('take no others of their algorithms', async () => {
    for (const { name: spec, uses } of here)
      for (const { usage, algorithms } of uses) {
        const { arn: KeyId } = await keyOf(spec, usage);
        const own = algorithms.map(({ name }) => name);
        const others = (names: readonly string[]) => names.filter((name) => !own.includes(name));
        const refused = (name: string) =>
          `InvalidKeyUsageException: Algorithm ${name} is incompatible with key spec ${spec}.`;
        if (usage === 'ENCRYPT_DECRYPT')
          for (const EncryptionAlgorithm of others(encryptionAlgorithms))
            expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x'), EncryptionAlgorithm })).toBe(
              refused(EncryptionAlgorithm),
            );
        if (usage === 'SIGN_VERIFY')
          for (const SigningAlgorithm of others(signingAlgorithms))
            expect(await lab.outcome('Sign', { KeyId, Message: utf8('x'), SigningAlgorithm })).toBe(
              refused(SigningAlgorithm),
            );
        if (usage === 'GENERATE_VERIFY_MAC')
          for (const MacAlgorithm of others(macAlgorithms))
            expect(await lab.outcome('GenerateMac', { KeyId, Message: utf8('x'), MacAlgorithm })).toBe(
              refused(MacAlgorithm),
            );
        if (usage === 'ENCAPSULATE_DECAPSULATE') expect(own).toEqual(encapsulationAlgorithms);
        if (usage === 'KEY_AGREEMENT') expect(own).toEqual(keyAgreementAlgorithms);
      }
  });

  it('are refused for what they are not made for, with the words of AWS', async () => {
    const { arn: signing } = await keyOf('ECC_NIST_P256', 'SIGN_VERIFY');
    const { arn: symmetric } = await lab.key();
    expect(await lab.outcome('Encrypt', { KeyId: signing, Plaintext: utf8('x') })).toBe(
      `InvalidKeyUsageException: ${signing} key usage is SIGN_VERIFY which is not valid for Encrypt.`,
    );
    expect(await lab.outcome('GenerateDataKey', { KeyId: signing, KeySpec: 'AES_256' })).toBe(
      'InvalidKeyUsageException: You cannot generate a data key with an asymmetric CMK',
    );
    expect(await lab.outcome('GetPublicKey', { KeyId: symmetric })).toBe('UnsupportedOperationException: ');
    expect(await lab.outcome('EnableKeyRotation', { KeyId: signing })).toBe('UnsupportedOperationException: ');
    expect(await lab.outcome('CreateKey', { KeySpec: 'RSA_2048', CustomerMasterKeySpec: 'RSA_2048' })).toBe(
      'ValidationException: You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    );
  });
});

const nodeOptions = (algorithm: string) =>
  algorithm.startsWith('RSASSA_PSS')
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : { dsaEncoding: 'der' as const };
const nodeHash = (algorithm: string) => `sha${/SHA_(\d+)$/.exec(algorithm)?.[1]}`;

/** The same key in the hands of others. */
interface Others {
  /** What is sent instead of the message. */
  inPlaceOf(message: Uint8Array): Uint8Array;
  sign(message: Uint8Array): Uint8Array;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

async function othersFor(key: KmsKey, algorithm: string): Promise<Others> {
  if (algorithm === 'ML_DSA_SHAKE_256') return libraryFor(key);
  const hash = key.identity.spec === 'ECC_NIST_EDWARDS25519' ? null : nodeHash(algorithm);
  const [privateKey, publicKey] = [await privateKeyOf(key), await publicKeyOf(key)];
  const options = nodeOptions(algorithm);
  return {
    inPlaceOf: (message) => (hash === null ? message : createHash(hash).update(message).digest()),
    sign: (message) => nodeSign(hash, message, { key: privateKey, ...options }),
    verify: (message, signature) => nodeVerify(hash, message, { key: publicKey, ...options }, signature),
  };
}

const signers: Readonly<Record<string, typeof ml_dsa44>> = {
  ML_DSA_44: ml_dsa44,
  ML_DSA_65: ml_dsa65,
  ML_DSA_87: ml_dsa87,
};

async function libraryFor(key: KmsKey): Promise<Others> {
  const secret = await key.materials.current?.secret?.();
  const signer = signers[key.identity.spec];
  if (!secret || !signer) throw new Error('no material');
  const publicKey = spkiOf(secret).subarray(22);
  const { secretKey } = signer.keygen(pkcs8Of(secret).subarray(-32));
  const shake = (...parts: readonly Uint8Array[]) =>
    createHash('shake256', { outputLength: 64 }).update(Buffer.concat(parts)).digest();
  return {
    // FIPS 204, algorithm 7, line 6, with an empty context.
    inPlaceOf: (message) => shake(shake(publicKey), Uint8Array.of(0, 0), message),
    sign: (message) => signer.sign(message, secretKey),
    verify: (message, signature) => signer.verify(signature, message, publicKey),
  };
}

describe('signatures', () => {
  const signing = here.flatMap(({ name: spec, uses }) =>
    uses
      .filter(({ usage }) => usage === 'SIGN_VERIFY')
      .flatMap(({ algorithms }) => algorithms.map((each) => ({ spec, ...each }))),
  );

  it.each(signing.map((each) => [each.spec, each.name, each] as const))('%s with %s', async (spec, name, facts) => {
    const key = await keyOf(spec, 'SIGN_VERIFY');
    const KeyId = key.arn;
    if (name === 'ED25519_PH_SHA_512') {
      const input = { KeyId, Message: new Uint8Array(64), MessageType: 'DIGEST', SigningAlgorithm: name };
      const { Signature } = await lab.call('Sign', input);
      expect(await lab.outcome('Verify', { ...input, Signature })).toBe('ok');
      const tampered = Buffer.from(Signature);
      tampered[1] = (tampered[1] ?? 0) ^ 1;
      expect(await lab.outcome('Verify', { ...input, Signature: tampered })).toBe('KMSInvalidSignatureException: ');
      expect(await lab.outcome('Sign', { ...input, Message: new Uint8Array(63) })).toBe(
        `ValidationException: Digest is invalid length for algorithm ${name}.`,
      );
      return;
    }
    const message = utf8('a message');
    const other = await othersFor(key, name);
    for (const type of ['RAW', 'DIGEST', 'EXTERNAL_MU'] as const) {
      const Message = type === 'RAW' ? message : other.inPlaceOf(message);
      const input = { KeyId, Message, MessageType: type, SigningAlgorithm: name };
      if (!facts.messageTypes?.includes(type)) {
        expect(await lab.outcome('Sign', input)).toBe(
          `ValidationException: MessageType ${type} is not valid for algorithm ${name}.`,
        );
        continue;
      }
      const { Signature } = await lab.call('Sign', input);
      expect(other.verify(message, Signature)).toBe(true);
      expect(await lab.call('Verify', { ...input, Signature })).toEqual({
        KeyId,
        SignatureValid: true,
        SigningAlgorithm: name,
      });
      for (const at of [0, 5, Signature.length - 1]) {
        const tampered = Buffer.from(Signature);
        tampered[at] = (tampered[at] ?? 0) ^ 1;
        expect(await lab.outcome('Verify', { ...input, Signature: tampered })).toBe('KMSInvalidSignatureException: ');
      }
      if (type !== 'RAW')
        expect(await lab.outcome('Sign', { ...input, Message: Message.subarray(1) })).toBe(
          `ValidationException: Digest is invalid length for algorithm ${name}.`,
        );
    }
    const foreign = other.sign(message);
    const verified = { KeyId, Message: message, SigningAlgorithm: name, Signature: foreign };
    expect(await lab.outcome('Verify', verified)).toBe('ok');
    expect(await lab.outcome('Verify', { ...verified, Message: utf8('another') })).toBe(
      'KMSInvalidSignatureException: ',
    );
    expect(await lab.outcome('Verify', { ...verified, Signature: foreign.subarray(1) })).toBe(
      'KMSInvalidSignatureException: ',
    );
    expect(await lab.outcome('Sign', { KeyId, Message: new Uint8Array(4096), SigningAlgorithm: name })).toBe('ok');
  });
});

describe('RSA encryption', () => {
  const rows = here
    .filter(({ family }) => family === 'rsa')
    .flatMap(({ name, uses }) =>
      uses
        .filter(({ usage }) => usage === 'ENCRYPT_DECRYPT')
        .flatMap(({ algorithms }) => algorithms.map((each) => [name, each.name, each.maxInput ?? 0] as const)),
    );

  it.each(rows)('%s with %s takes %i bytes', async (spec, EncryptionAlgorithm, most) => {
    const key = await keyOf(spec, 'ENCRYPT_DECRYPT');
    const KeyId = key.arn;
    const Plaintext = new Uint8Array(most).fill(7);
    const { CiphertextBlob, ...rest } = await lab.call('Encrypt', { KeyId, Plaintext, EncryptionAlgorithm });
    expect(rest).toEqual({ KeyId, EncryptionAlgorithm });
    const back = await lab.call('Decrypt', { KeyId, CiphertextBlob, EncryptionAlgorithm });
    expect(back).toEqual({ KeyId, Plaintext: Buffer.from(Plaintext), EncryptionAlgorithm });
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: new Uint8Array(most + 1), EncryptionAlgorithm })).toBe(
      `ValidationException: Algorithm ${EncryptionAlgorithm} and key spec ${spec} cannot encrypt data larger than ${most} bytes.`,
    );
    const secret = await privateKeyOf(key);
    const oaepHash = nodeHash(EncryptionAlgorithm);
    expect(
      privateDecrypt({ key: secret, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, CiphertextBlob),
    ).toEqual(Buffer.from(Plaintext));
    expect(await lab.outcome('Decrypt', { KeyId, CiphertextBlob })).toBe('InvalidCiphertextException: ');
    expect(
      await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x'), EncryptionAlgorithm, EncryptionContext: { a: 'b' } }),
    ).toBe('ValidationException: EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.');
  });
});

describe('MACs', () => {
  it.each([224, 256, 384, 512])('HMAC_%i', async (bits) => {
    const { arn: KeyId } = await keyOf(`HMAC_${bits}`, 'GENERATE_VERIFY_MAC');
    const input = { KeyId, Message: utf8('a message'), MacAlgorithm: `HMAC_SHA_${bits}` };
    const { Mac } = await lab.call('GenerateMac', input);
    expect(Mac).toHaveLength(bits / 8);
    expect(await lab.call('VerifyMac', { ...input, Mac })).toEqual({
      KeyId,
      MacValid: true,
      MacAlgorithm: input.MacAlgorithm,
    });
    expect(await lab.outcome('VerifyMac', { ...input, Mac, Message: utf8('other') })).toBe('KMSInvalidMacException: ');
    expect(await lab.outcome('VerifyMac', { ...input, Mac: Mac.subarray(1) })).toBe('KMSInvalidMacException: ');
    expect(await lab.outcome('GenerateMac', { ...input, Message: new Uint8Array(4097) })).toContain(
      "Value at 'message' failed to satisfy constraint: Member must have length less than or equal to 4096",
    );
  });
});

describe('shared secrets', () => {
  const curves = { ECC_NIST_P256: 'prime256v1', ECC_NIST_P384: 'secp384r1', ECC_NIST_P521: 'secp521r1' };

  it.each(Object.entries(curves))('%s', async (spec, namedCurve) => {
    const key = await keyOf(spec, 'KEY_AGREEMENT');
    const peer = generateKeyPairSync('ec', { namedCurve });
    const PublicKey = peer.publicKey.export({ format: 'der', type: 'spki' });
    const input = { KeyId: key.arn, KeyAgreementAlgorithm: 'ECDH', PublicKey };
    const { SharedSecret, ...rest } = await lab.call('DeriveSharedSecret', input);
    expect(rest).toEqual({ KeyId: key.arn, KeyAgreementAlgorithm: 'ECDH', KeyOrigin: 'AWS_KMS' });
    expect(SharedSecret).toEqual(diffieHellman({ privateKey: peer.privateKey, publicKey: await publicKeyOf(key) }));
    const other = generateKeyPairSync('ec', { namedCurve: namedCurve === 'secp384r1' ? 'secp521r1' : 'secp384r1' });
    for (const wrong of [utf8('no key'), other.publicKey.export({ format: 'der', type: 'spki' })])
      expect(await lab.outcome('DeriveSharedSecret', { ...input, PublicKey: wrong })).toBe('ValidationException: ');
  });

  it('agree between two keys of KMS', async () => {
    const [a, b] = [
      await keyOf('ECC_NIST_P256', 'KEY_AGREEMENT'),
      await lab.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' }),
    ];
    const derive = async (mine: KmsKey, theirs: KmsKey) =>
      lab.call('DeriveSharedSecret', {
        KeyId: mine.arn,
        KeyAgreementAlgorithm: 'ECDH',
        PublicKey: (await lab.call('GetPublicKey', { KeyId: theirs.arn })).PublicKey,
      });
    expect((await derive(a, b)).SharedSecret).toEqual((await derive(b, a)).SharedSecret);
  });
});

const kems: Readonly<Record<string, typeof ml_kem512>> = {
  ML_KEM_512: ml_kem512,
  ML_KEM_768: ml_kem768,
  ML_KEM_1024: ml_kem1024,
};

function kemOf(spec: string): typeof ml_kem512 {
  const kem = kems[spec];
  if (!kem) throw new Error(spec);
  return kem;
}

describe('encapsulated secrets', () => {
  const EncapsulationAlgorithm = 'ML_KEM';
  const rows = here.flatMap(({ name, uses }) =>
    uses
      .filter(({ usage }) => usage === 'ENCAPSULATE_DECAPSULATE')
      .map(({ algorithms }) => [name, algorithms[0]?.ciphertextBytes ?? 0] as const),
  );

  it.each(rows)('%s: a ciphertext of %i bytes', async (spec, length) => {
    const key = await keyOf(spec, 'ENCAPSULATE_DECAPSULATE');
    const KeyId = key.arn;
    const made = await lab.call('Encapsulate', { KeyId, EncapsulationAlgorithm });
    expect(Object.keys(made)).toEqual([
      'KeyId',
      'SharedSecret',
      'SharedSecretCiphertextBlob',
      'EncapsulationAlgorithm',
    ]);
    const { SharedSecret, SharedSecretCiphertextBlob } = made;
    expect([SharedSecret.length, SharedSecretCiphertextBlob.length]).toEqual([32, length]);
    expect(await lab.call('Decapsulate', { KeyId, SharedSecretCiphertextBlob, EncapsulationAlgorithm })).toEqual({
      KeyId,
      SharedSecret,
      EncapsulationAlgorithm,
    });
    // What others encapsulate with the public key.
    const { PublicKey, EncapsulationAlgorithms } = Object(await lab.call('GetPublicKey', { KeyId }));
    expect(EncapsulationAlgorithms).toEqual(['ML_KEM']);
    const foreign = kemOf(spec).encapsulate(PublicKey.subarray(22));
    const opened = await lab.call('Decapsulate', {
      KeyId,
      SharedSecretCiphertextBlob: foreign.cipherText,
      EncapsulationAlgorithm,
    });
    expect(Buffer.from(opened.SharedSecret)).toEqual(Buffer.from(foreign.sharedSecret));
  });

  it.each(rows)('%s: another secret for what was changed, an error for another length', async (spec) => {
    const { arn: KeyId } = await keyOf(spec, 'ENCAPSULATE_DECAPSULATE');
    const { SharedSecret, SharedSecretCiphertextBlob } = await lab.call('Encapsulate', {
      KeyId,
      EncapsulationAlgorithm,
    });
    const open = (blob: Uint8Array) =>
      lab.call('Decapsulate', { KeyId, SharedSecretCiphertextBlob: blob, EncapsulationAlgorithm });
    const tampered = Buffer.from(SharedSecretCiphertextBlob);
    tampered[7] = (tampered[7] ?? 0) ^ 1;
    const other = await open(tampered);
    expect(other.SharedSecret).toHaveLength(32);
    expect(Buffer.from(other.SharedSecret)).not.toEqual(Buffer.from(SharedSecret));
    expect((await open(tampered)).SharedSecret).toEqual(other.SharedSecret);
    for (const wrong of [SharedSecretCiphertextBlob.subarray(1), new Uint8Array(tampered.length + 1)])
      expect(
        await lab.outcome('Decapsulate', { KeyId, SharedSecretCiphertextBlob: wrong, EncapsulationAlgorithm }),
      ).toBe('InvalidCiphertextException: ');
  });

  it('are refused to keys that are made for something else', async () => {
    const { arn: signing } = await keyOf('ML_DSA_44', 'SIGN_VERIFY');
    const { arn: kem } = await keyOf('ML_KEM_512', 'ENCAPSULATE_DECAPSULATE');
    expect(await lab.outcome('Encapsulate', { KeyId: signing, EncapsulationAlgorithm })).toBe(
      `InvalidKeyUsageException: ${signing} key usage is SIGN_VERIFY which is not valid for Encapsulate.`,
    );
    expect(
      await lab.outcome('Decapsulate', {
        KeyId: signing,
        SharedSecretCiphertextBlob: utf8('x'),
        EncapsulationAlgorithm,
      }),
    ).toBe(`InvalidKeyUsageException: ${signing} key usage is SIGN_VERIFY which is not valid for Decapsulate.`);
    expect(await lab.outcome('Sign', { KeyId: kem, Message: utf8('x'), SigningAlgorithm: 'ML_DSA_SHAKE_256' })).toBe(
      `InvalidKeyUsageException: ${kem} key usage is ENCAPSULATE_DECAPSULATE which is not valid for Sign.`,
    );
    expect(await lab.outcome('GenerateDataKeyPair', { KeyId: kem, KeyPairSpec: 'ML_KEM_512' })).toContain(
      'InvalidKeyUsageException',
    );
  });

  it('are only promised in a dry run', async () => {
    const { arn: KeyId } = await keyOf('ML_KEM_512', 'ENCAPSULATE_DECAPSULATE');
    const would = 'DryRunOperationException: The request would have succeeded, but the DryRun option is set.';
    expect(await lab.outcome('Encapsulate', { KeyId, EncapsulationAlgorithm, DryRun: true })).toBe(would);
    const SharedSecretCiphertextBlob = new Uint8Array(768);
    const input = { KeyId, SharedSecretCiphertextBlob, EncapsulationAlgorithm, DryRun: true };
    expect(await lab.outcome('Decapsulate', input)).toBe(would);
  });

  it('stand in CloudTrail without secret and ciphertext, and count as use', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key({ KeySpec: 'ML_KEM_768', KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
    const { SharedSecretCiphertextBlob } = await lab.call('Encapsulate', { KeyId, EncapsulationAlgorithm });
    await lab.call('Decapsulate', { KeyId, SharedSecretCiphertextBlob, EncapsulationAlgorithm });
    for (const name of ['Encapsulate', 'Decapsulate']) {
      const event = lab.service.trail.find(({ eventName }) => eventName === name);
      expect(event).toMatchObject({
        requestParameters: { keyId: KeyId, encapsulationAlgorithm: 'ML_KEM' },
        responseElements: null,
        readOnly: true,
        resources: [{ ARN: KeyId }],
      });
      expect(Object.keys(event?.requestParameters ?? {}).sort()).toEqual(['encapsulationAlgorithm', 'keyId']);
    }
    expect(await lab.call('GetKeyLastUsage', { KeyId })).toMatchObject({ KeyLastUsage: { Operation: 'Decapsulate' } });
  });

  it('are not for China Regions', async () => {
    const place = { region: 'cn-north-1' };
    const refused = (spec: string) => `UnsupportedOperationException: KeySpec ${spec} is not supported in this Region`;
    expect(
      await lab.outcome('CreateKey', { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' }, undefined, place),
    ).toBe(refused('ML_KEM_512'));
    const { arn: KeyId } = await lab.key({}, undefined, place);
    expect(await lab.outcome('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ML_KEM_512' }, undefined, place)).toBe(
      refused('ML_KEM_512'),
    );
    expect(
      await lab.outcome('CreateKey', {
        KeySpec: 'ML_KEM_512',
        KeyUsage: 'ENCAPSULATE_DECAPSULATE',
        Origin: 'EXTERNAL',
      }),
    ).toBe('UnsupportedOperationException: ');
  });
});

describe('data key pairs', () => {
  const specs = keySpecs.filter(({ dataKeyPair }) => dataKeyPair).map(({ name }) => name);

  it.each(specs)('%s', async (KeyPairSpec) => {
    const { arn: KeyId } = await keyOf('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT');
    const EncryptionContext = { tenant: 'blue' };
    const input = { KeyId, KeyPairSpec, EncryptionContext };
    if (KeyPairSpec === 'SM2')
      return expect(await lab.outcome('GenerateDataKeyPair', input)).toBe(
        'UnsupportedOperationException: KeySpec SM2 is not supported in this Region',
      );
    const pair = await lab.call('GenerateDataKeyPair', input);
    const back = await lab.call('Decrypt', { CiphertextBlob: pair.PrivateKeyCiphertextBlob, EncryptionContext });
    expect(back.Plaintext).toEqual(Buffer.from(pair.PrivateKeyPlaintext));
    expect(pair.KeyMaterialId).toBe(back.KeyMaterialId);
    if (KeyPairSpec.startsWith('ML_KEM')) {
      // In the form of its seed, all private keys are 86 bytes long.
      expect(pair.PrivateKeyPlaintext).toHaveLength(86);
      const { publicKey } = kemOf(KeyPairSpec).keygen(Buffer.from(back.Plaintext).subarray(-64));
      expect(Buffer.from(pair.PublicKey).subarray(22)).toEqual(Buffer.from(publicKey));
    } else {
      const message = utf8('x');
      const algorithm = KeyPairSpec === 'ECC_NIST_EDWARDS25519' ? null : 'sha256';
      const key = { key: Buffer.from(back.Plaintext), format: 'der', type: 'pkcs8' } as const;
      const publicKey = createPublicKey({ key: Buffer.from(pair.PublicKey), format: 'der', type: 'spki' });
      expect(nodeVerify(algorithm, message, publicKey, nodeSign(algorithm, message, key))).toBe(true);
    }
    const without = await lab.call('GenerateDataKeyPairWithoutPlaintext', input);
    expect(Object.keys(without).sort()).toEqual([
      'KeyId',
      'KeyMaterialId',
      'KeyPairSpec',
      'PrivateKeyCiphertextBlob',
      'PublicKey',
    ]);
  });
});

describe('repeated runs', () => {
  it.each([
    ['ECC_NIST_P384', 'ECDSA_SHA_384'],
    ['ECC_SECG_P256K1', 'ECDSA_SHA_256'],
    ['ML_DSA_65', 'ML_DSA_SHAKE_256'],
  ])('make the same keys and signatures of %s', async (KeySpec, SigningAlgorithm) => {
    const run = async () => {
      const again = new Lab();
      const { arn: KeyId } = await again.key({ KeySpec, KeyUsage: 'SIGN_VERIFY' });
      const { Signature } = await again.call('Sign', { KeyId, Message: utf8('x'), SigningAlgorithm });
      return [(await again.call('GetPublicKey', { KeyId })).PublicKey, Signature];
    };
    expect(await run()).toEqual(await run());
  });

  it('make the same encapsulated secrets', async () => {
    const run = async () => {
      const again = new Lab();
      const { arn: KeyId } = await again.key({ KeySpec: 'ML_KEM_768', KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
      return again.call('Encapsulate', { KeyId, EncapsulationAlgorithm: 'ML_KEM' });
    };
    expect(await run()).toEqual(await run());
  });

  it('make private keys whose public keys Node computes alike', async () => {
    const { PrivateKeyPlaintext, PublicKey } = await lab.call('GenerateDataKeyPair', {
      KeyId: (await keyOf('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT')).arn,
      KeyPairSpec: 'ECC_NIST_P521',
    });
    const key = { key: Buffer.from(PrivateKeyPlaintext), format: 'der', type: 'pkcs8' } as const;
    expect(createPublicKey(createPrivateKey(key)).export({ format: 'der', type: 'spki' })).toEqual(
      Buffer.from(PublicKey),
    );
  });
});

describe('ReEncrypt', () => {
  it('moves any plaintext from key, context and algorithm to others', async () => {
    const from = await keyOf('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT');
    const to = await keyOf('RSA_2048', 'ENCRYPT_DECRYPT');
    const context = fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), { maxKeys: 2 });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        context,
        async (Plaintext, SourceEncryptionContext) => {
          const sealed = await lab.call('Encrypt', {
            KeyId: from.arn,
            Plaintext,
            EncryptionContext: SourceEncryptionContext,
          });
          const moved = await lab.call('ReEncrypt', {
            CiphertextBlob: sealed.CiphertextBlob,
            SourceEncryptionContext,
            DestinationKeyId: to.arn,
            DestinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
          });
          expect(moved.SourceKeyMaterialId).toBe(from.materials.current?.id);
          const back = await lab.call('Decrypt', {
            KeyId: to.arn,
            CiphertextBlob: moved.CiphertextBlob,
            EncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
          });
          expect(text(back.Plaintext)).toBe(text(Plaintext));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('refuses a source key that the ciphertext does not name', async () => {
    const from = await keyOf('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT');
    const other = await lab.key();
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: from.arn, Plaintext: utf8('x') });
    const input = { CiphertextBlob, SourceKeyId: other.arn, DestinationKeyId: other.arn };
    expect(await lab.outcome('ReEncrypt', input)).toBe(
      'IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation.',
    );
  });
});
