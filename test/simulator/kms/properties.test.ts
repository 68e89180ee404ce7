import { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { wrapBytes } from '../../../simulator/kms/import-wrapping.ts';
import type { KmsKey } from '../../../simulator/kms/key.ts';
import type { OperationName, Operations } from '../../../simulator/kms/service.ts';
import type { TrailEvent } from '../../../simulator/trail/event.ts';
import { CALLER, utf8 } from './keys.ts';
import { everything, Lab } from './lab.ts';

const plaintexts = fc.uint8Array({ minLength: 1, maxLength: 64 });
const contexts = fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }), { maxKeys: 3 });
const same = (one: Uint8Array, other: Uint8Array) => expect(Buffer.from(one).equals(other)).toBe(true);
const invalid = 'InvalidCiphertextException: ';

describe('for every plaintext and context', () => {
  it('what is encrypted is decrypted under the same context, and under no other', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, contexts, async (Plaintext, EncryptionContext, other) => {
        const { CiphertextBlob } = await lab.call('Encrypt', { KeyId, Plaintext, EncryptionContext });
        const reversed = Object.fromEntries(Object.entries(EncryptionContext).reverse());
        same((await lab.call('Decrypt', { CiphertextBlob, EncryptionContext: reversed })).Plaintext, Plaintext);
        const isSame = JSON.stringify(sorted(other)) === JSON.stringify(sorted(EncryptionContext));
        const outcome = await lab.outcome('Decrypt', { CiphertextBlob, EncryptionContext: other });
        expect(outcome).toBe(isSame ? 'ok' : invalid);
      }),
      { numRuns: 200 },
    );
  });

  const sorted = (context: Readonly<Record<string, string>>) =>
    Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));

  it('a ciphertext that was changed, cut or lengthened is noticed', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    await lab.key();
    const noticed = /^(InvalidCiphertext|AccessDenied|IncorrectKey)Exception: /;
    const { CiphertextBlob: blob } = await lab.call('Encrypt', { KeyId, Plaintext: utf8('plaintext') });
    for (let at = 0; at < blob.length; at++)
      for (const bit of [1, 128]) {
        const flipped = Uint8Array.from(blob, (byte, index) => (index === at ? byte ^ bit : byte));
        expect(await lab.outcome('Decrypt', { CiphertextBlob: flipped }), `byte ${at}`).toMatch(noticed);
        expect(await lab.outcome('Decrypt', { KeyId, CiphertextBlob: flipped }), `byte ${at}`).toMatch(noticed);
      }
    for (let length = 1; length < blob.length; length++)
      expect(await lab.outcome('Decrypt', { KeyId, CiphertextBlob: blob.slice(0, length) })).toBe(invalid);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(blob.length), async (more, at) => {
        const longer = Uint8Array.from([...blob.slice(0, at), ...more, ...blob.slice(at)]);
        expect(await lab.outcome('Decrypt', { KeyId, CiphertextBlob: longer })).toMatch(noticed);
      }),
      { numRuns: 200 },
    );
  });

  it('re-encryption along any chain of keys and contexts keeps the plaintext', async () => {
    const lab = new Lab();
    const keys = [
      await lab.key(),
      await lab.key({ MultiRegion: true }),
      await lab.key(),
      await lab.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }),
    ];
    const links = fc.array(fc.tuple(fc.nat(keys.length - 1), contexts), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(plaintexts, links, async (Plaintext, chain) => {
        let sealed: Sealed = await sealUnder(lab, keys[0], Plaintext);
        for (const [index, context] of chain) sealed = await moved(lab, sealed, keys[index], context);
        const { CiphertextBlob, key, context, algorithm } = sealed;
        const input = { CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm: algorithm, EncryptionContext: context };
        same((await lab.call('Decrypt', input)).Plaintext, Plaintext);
      }),
      { numRuns: 40 },
    );
  });
});

interface Sealed {
  readonly CiphertextBlob: Uint8Array;
  readonly key: KmsKey;
  readonly context: Readonly<Record<string, string>>;
  readonly algorithm: string;
}

const algorithmOf = (key: KmsKey): string => (key.type === 'symmetric' ? 'SYMMETRIC_DEFAULT' : 'RSAES_OAEP_SHA_256');

async function sealUnder(lab: Lab, key: KmsKey | undefined, Plaintext: Uint8Array): Promise<Sealed> {
  if (!key) throw new Error('no key');
  const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: key.arn, Plaintext });
  return { CiphertextBlob, key, context: {}, algorithm: algorithmOf(key) };
}

async function moved(
  lab: Lab,
  { CiphertextBlob, key: from, context: SourceEncryptionContext, algorithm }: Sealed,
  key: KmsKey | undefined,
  wanted: Readonly<Record<string, string>>,
): Promise<Sealed> {
  if (!key) throw new Error('no key');
  const context = key.type === 'symmetric' ? wanted : {};
  const answer = await lab.call('ReEncrypt', {
    CiphertextBlob,
    SourceKeyId: from.arn,
    SourceEncryptionContext,
    SourceEncryptionAlgorithm: algorithm,
    DestinationKeyId: key.arn,
    DestinationEncryptionContext: context,
    DestinationEncryptionAlgorithm: algorithmOf(key),
  });
  return { CiphertextBlob: answer.CiphertextBlob, key, context, algorithm: algorithmOf(key) };
}

describe('whatever happens to a key', () => {
  const happenings = fc.array(
    fc.oneof(
      fc.record({ wait: fc.integer({ min: 1, max: 400 }) }),
      fc.constantFrom('RotateKeyOnDemand', 'EnableKeyRotation', 'DisableKeyRotation', 'off and on', 'doomed and saved'),
    ),
    { maxLength: 12 },
  );

  it('it decrypts all that it ever encrypted, and each rotation brings new material', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (list) => {
        const lab = new Lab();
        const key = await lab.key();
        const KeyId = key.arn;
        const blobs: Uint8Array[] = [];
        const seal = async () =>
          void blobs.push((await lab.call('Encrypt', { KeyId, Plaintext: utf8(`${blobs.length}`) })).CiphertextBlob);
        await seal();
        for (const each of list) {
          if (typeof each === 'object') lab.wait(each.wait);
          else if (each === 'off and on') await lab.call('DisableKey', { KeyId });
          else if (each === 'doomed and saved') {
            await lab.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 30 });
            lab.wait(29);
            await lab.call('CancelKeyDeletion', { KeyId });
          } else await lab.outcome(each as 'RotateKeyOnDemand', { KeyId });
          await lab.call('EnableKey', { KeyId });
          await seal();
        }
        for (const [index, CiphertextBlob] of blobs.entries())
          same((await lab.call('Decrypt', { CiphertextBlob })).Plaintext, utf8(`${index}`));
        const ids = key.materials.all.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const rotations = lab.service.trail.filter(({ eventName }) => eventName === 'RotateKey');
        expect(rotations).toHaveLength(ids.length - 1);
        expect((await lab.call('ListKeyRotations', { KeyId })).Rotations).toHaveLength(ids.length - 1);
        const times = lab.service.trail.map(({ eventTime }) => eventTime);
        expect(times).toEqual([...times].sort());
      }),
      { numRuns: 60 },
    );
  });

  it('imported material that is lost and brought back opens what it closed, in whatever order', async () => {
    const lab = new Lab();
    const random = seededRandom('outside');
    const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
    const orders = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
    await fc.assert(
      fc.asyncProperty(orders, orders, async (lost, found) => {
        const key = await lab.key({ Origin: 'EXTERNAL' });
        const KeyId = key.arn;
        const { ImportToken, PublicKey } = await lab.call('GetParametersForImport', { KeyId, ...wrapping });
        const bring = async (index: number, more: Partial<Operations['ImportKeyMaterial']['input']> = {}) => {
          const material = new Uint8Array(32).fill(index + 1);
          const EncryptedKeyMaterial = wrapBytes(PublicKey, wrapping.WrappingAlgorithm, material, random);
          if (!EncryptedKeyMaterial) throw new Error('cannot be wrapped');
          const ExpirationModel = 'KEY_MATERIAL_DOES_NOT_EXPIRE';
          const input = { KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel, ...more };
          return (await lab.call('ImportKeyMaterial', input)).KeyMaterialId;
        };
        const ids: string[] = [];
        const blobs: Uint8Array[] = [];
        for (const index of [0, 1, 2]) {
          ids.push(await bring(index, { ImportType: 'NEW_KEY_MATERIAL' }));
          if (index > 0) await lab.call('RotateKeyOnDemand', { KeyId });
          blobs.push((await lab.call('Encrypt', { KeyId, Plaintext: utf8(`${index}`) })).CiphertextBlob);
        }
        for (const index of lost) await lab.call('DeleteImportedKeyMaterial', { KeyId, KeyMaterialId: ids[index] });
        for (const [count, index] of found.entries()) {
          expect(key.state).toBe('PendingImport');
          expect(await bring(index)).toBe(ids[index]);
          expect(key.state).toBe(count === 2 ? 'Enabled' : 'PendingImport');
        }
        for (const [index, CiphertextBlob] of blobs.entries())
          same((await lab.call('Decrypt', { CiphertextBlob })).Plaintext, utf8(`${index}`));
      }),
      { numRuns: 6 },
    );
  });
});

const eve = 'arn:aws:iam::444455556666:role/Eve';

/** The values of a call that nobody may find in a log. */
function secretsOf(...values: readonly object[]): Uint8Array[] {
  return values.flatMap((value) =>
    Object.entries(value).flatMap(([name, each]) => (each instanceof Uint8Array && name !== 'PublicKey' ? [each] : [])),
  );
}

function assertNotIn(log: string, secret: Uint8Array): void {
  const bytes = Buffer.from(secret);
  // A few bytes by themselves stand in any log.
  if (bytes.length < 8) return;
  const base64 = bytes.toString('base64').replace(/=+$/, '').slice(0, -1);
  for (const form of [
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    bytes.toString('hex'),
    bytes.toString('utf8'),
  ])
    if (log.includes(form)) throw new Error(`a secret is in the log: ${form.slice(0, 20)}…`);
  if (log.includes([...bytes.subarray(0, 6)].join(','))) throw new Error('a secret is in the log as numbers');
}

describe('every call', () => {
  const open = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: [CALLER.replace(/:user.*/, ':root'), eve.replace(/:role.*/, ':root')] },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });

  type Step = (
    lab: Lab,
    keys: Readonly<Record<string, KmsKey>>,
  ) => readonly [OperationName, Readonly<Record<string, unknown>>];
  const long = fc.uint8Array({ minLength: 16, maxLength: 64 });
  const on =
    (name: OperationName, key: string, more: object = {}): Step =>
    (_, keys) => [name, { KeyId: keys[key]?.arn, ...more }];
  const steps: fc.Arbitrary<Step> = fc.oneof(
    long.map((Plaintext) => on('Encrypt', 'symmetric', { Plaintext })),
    long.map((CiphertextBlob) => on('Decrypt', 'symmetric', { CiphertextBlob })),
    long.map((Message) => on('Sign', 'signing', { Message, SigningAlgorithm: 'ECDSA_SHA_256' })),
    long.map((Message) => on('Verify', 'signing', { Message, Signature: Message, SigningAlgorithm: 'ECDSA_SHA_256' })),
    long.map((Message) => on('GenerateMac', 'mac', { Message, MacAlgorithm: 'HMAC_SHA_256' })),
    long.map((Mac) => on('VerifyMac', 'mac', { Message: Mac, Mac, MacAlgorithm: 'HMAC_SHA_256' })),
    long.map((PublicKey) => on('DeriveSharedSecret', 'agreeing', { PublicKey, KeyAgreementAlgorithm: 'ECDH' })),
    long.map((bytes) =>
      on('ImportKeyMaterial', 'external', {
        ImportToken: bytes,
        EncryptedKeyMaterial: bytes,
        ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      }),
    ),
    fc
      .base64String({ minLength: 16 })
      .map((token) => on('Encrypt', 'symmetric', { Plaintext: utf8('plain text'), GrantTokens: [token] })),
    fc.constantFrom<Step>(
      on('GenerateDataKey', 'symmetric', { KeySpec: 'AES_256' }),
      on('GenerateDataKeyWithoutPlaintext', 'symmetric', { KeySpec: 'AES_256' }),
      on('GenerateDataKeyPair', 'symmetric', { KeyPairSpec: 'ECC_NIST_P256' }),
      on('GenerateDataKeyPairWithoutPlaintext', 'symmetric', { KeyPairSpec: 'ECC_NIST_P256' }),
      () => ['GenerateRandom', { NumberOfBytes: 32 }],
      on('DescribeKey', 'symmetric'),
      on('DisableKey', 'symmetric'),
      on('EnableKey', 'symmetric'),
      on('GetPublicKey', 'signing'),
      on('GetKeyPolicy', 'mac'),
      on('RotateKeyOnDemand', 'symmetric'),
      () => ['ListKeys', {}],
      () => ['DescribeKey', { KeyId: 'alias/none' }],
      (_, keys) => ['Decrypt', { KeyId: keys['symmetric']?.arn }],
    ),
  );
  const calls = fc.array(fc.tuple(steps, fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 25 });

  it('leaves the events that it should on both sides, and no secret in any', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (list) => {
        const lab = new Lab({ [CALLER]: everything, [eve]: everything });
        const keys = {
          symmetric: await lab.key({ Policy: open }),
          signing: await lab.key({ Policy: open, KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
          mac: await lab.key({ Policy: open, KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
          agreeing: await lab.key({ Policy: open, KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' }),
          external: await lab.key({ Policy: open, Origin: 'EXTERNAL' }),
        };
        const secrets: Uint8Array[] = [];
        for (const { materials } of Object.values(keys)) {
          const secret = await materials.current?.secret?.();
          if (!(secret instanceof KeyObject)) continue;
          if (secret.type === 'secret') secrets.push(secret.export());
          if (secret.type === 'private')
            secrets.push(Buffer.from(String(secret.export({ format: 'jwk' }).d), 'base64url'));
        }
        for (const [step, isForeign, isDry] of list) {
          const [name, written] = step(lab, keys);
          const input = { ...written, ...(isDry && 'KeyId' in written ? { DryRun: true } : {}) };
          const before = lab.service.trail.length;
          const caller = isForeign ? eve : CALLER;
          const failure = await lab.call(name, input as never, caller).then(
            (output) => void secrets.push(...secretsOf(output)),
            (error: unknown) => error,
          );
          secrets.push(
            ...secretsOf(input),
            ...[input].flatMap((each) => ('GrantTokens' in each ? [utf8(String(each['GrantTokens']))] : [])),
          );
          const events = lab.service.trail.slice(before).filter(({ eventType }) => eventType === 'AwsApiCall');
          checkEvents(events, { name, isForeign, failed: failure !== undefined, key: keyOf(written, keys) });
        }
        const log = JSON.stringify(lab.service.trail);
        for (const secret of secrets) assertNotIn(log, secret);
        expect(log).not.toMatch(/"type":"Buffer"|"0":\d/);
        const ids = lab.service.trail.map(({ eventID }) => eventID);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 60 },
    );
  });

  const keyOf = (
    input: Readonly<Record<string, unknown>>,
    keys: Readonly<Record<string, KmsKey>>,
  ): KmsKey | undefined => Object.values(keys).find(({ arn }) => arn === input['KeyId']);
});

interface Expected {
  readonly name: string;
  readonly isForeign: boolean;
  readonly failed: boolean;
  readonly key: KmsKey | undefined;
}

function checkEvents(events: readonly TrailEvent[], { name, isForeign, failed, key }: Expected): void {
  const [own, theirs, ...more] = events;
  expect(more).toEqual([]);
  expect(own).toMatchObject({ eventName: name, recipientAccountId: isForeign ? '444455556666' : '111122223333' });
  expect(own?.errorCode !== undefined).toBe(failed);
  // A call that broke off before its key was looked for concerns none.
  const concerns = own?.resources !== undefined;
  if (key && !failed)
    expect(own?.resources).toEqual([{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: key.arn }]);
  expect(theirs !== undefined).toBe(isForeign && concerns);
  if (!theirs) return expect(own).not.toHaveProperty('sharedEventID');
  expect(theirs).toMatchObject({ recipientAccountId: '111122223333', sharedEventID: own?.sharedEventID });
  expect(JSON.stringify(theirs.userIdentity)).not.toContain('Eve');
}

it('secrets would be found', () => {
  const secret = utf8('a secret of some length');
  for (const form of ['base64', 'hex', 'utf8'] as const)
    expect(() => assertNotIn(`x${Buffer.from(secret).toString(form)}y`, secret)).toThrow('is in the log');
  expect(() => assertNotIn(JSON.stringify([...secret]), secret)).toThrow('as numbers');
  expect(() => assertNotIn('nothing of it', secret)).not.toThrow();
});
