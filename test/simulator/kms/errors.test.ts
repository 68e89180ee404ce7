import { describe, expect, it } from 'vitest';
import type { KeyState } from '../../../simulator/facts/types.ts';
import { failure } from './failure.ts';
import { ana, CALLER, KEY_ARN, keyOf, OTHER_ARN, serviceOf, utf8 } from './keys.ts';

const key = keyOf(KEY_ARN);
const service = serviceOf([key, keyOf(OTHER_ARN)]);

describe('what AWS says about wrong requests', () => {
  const failed = (value: string, must: string) => `${value} failed to satisfy constraint: Member must ${must}`;
  const detected = (problem: string) => `1 validation error detected: ${problem}`;

  it.each([
    [{ Plaintext: new Uint8Array(4097) }, failed("Value at 'plaintext'", 'have length less than or equal to 4096')],
    [{ Plaintext: new Uint8Array(0) }, failed("Value at 'plaintext'", 'have length greater than or equal to 1')],
    [{ KeyId: '' }, failed("Value '' at 'keyId'", 'have length greater than or equal to 1')],
    [
      { KeyId: 'k'.repeat(2049) },
      failed(`Value '${'k'.repeat(2049)}' at 'keyId'`, 'have length less than or equal to 2048'),
    ],
  ])('Encrypt %#', async (change, problem) => {
    const error = await failure(service.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('x'), ...change }, ana));
    expect(error).toMatchObject({ name: 'ValidationException', message: detected(problem) });
    if ('Plaintext' in change) expect(error.remedy).toContain('data key');
  });

  it('Encrypt takes 4096 bytes', async () => {
    const input = { KeyId: KEY_ARN, Plaintext: new Uint8Array(4096) };
    const { CiphertextBlob } = await service.call('Encrypt', input, ana);
    expect((await service.call('Decrypt', { CiphertextBlob }, ana)).Plaintext).toHaveLength(4096);
  });

  it.each([
    [{ NumberOfBytes: 1.5 }, detected(failed("Value '1.5' at 'numberOfBytes'", 'be a whole number'))],
    [{ NumberOfBytes: Number.NaN }, detected(failed("Value 'NaN' at 'numberOfBytes'", 'be a whole number'))],
    [{ NumberOfBytes: 0 }, detected(failed("Value '0' at 'numberOfBytes'", 'have value greater than or equal to 1'))],
    [
      { NumberOfBytes: 1025 },
      detected(failed("Value '1025' at 'numberOfBytes'", 'have value less than or equal to 1024')),
    ],
    [
      { KeySpec: 'AES_512' },
      detected(failed("Value 'AES_512' at 'keySpec'", 'satisfy enum value set: [AES_256, AES_128]')),
    ],
    [{}, 'Please specify either number of bytes or key spec.'],
    [{ KeySpec: 'AES_256', NumberOfBytes: 32 }, 'Please specify either number of bytes or key spec.'],
    [
      { KeySpec: 'AES', NumberOfBytes: 0 },
      `2 validation errors detected: ${failed("Value '0' at 'numberOfBytes'", 'have value greater than or equal to 1')}; ${failed("Value 'AES' at 'keySpec'", 'satisfy enum value set: [AES_256, AES_128]')}`,
    ],
  ])('GenerateDataKey %j', async (size, message) => {
    const error = await failure(service.call('GenerateDataKey', { KeyId: KEY_ARN, ...size }, ana));
    expect(error).toMatchObject({ name: 'ValidationException', message });
  });

  it.each([
    [new Uint8Array(0), 'have length greater than or equal to 1'],
    [new Uint8Array(6145), 'have length less than or equal to 6144'],
  ])('Decrypt %#', async (CiphertextBlob, must) => {
    const error = await failure(service.call('Decrypt', { CiphertextBlob }, ana));
    expect(error).toMatchObject({
      name: 'ValidationException',
      message: detected(failed("Value at 'ciphertextBlob'", must)),
    });
  });

  it.each(['Encrypt', 'Decrypt', 'GenerateDataKey'] as const)('%s, a context without a UTF-8 form', async (name) => {
    const EncryptionContext = { a: '\ud800' };
    const input = { KeyId: KEY_ARN, KeySpec: 'AES_256', Plaintext: utf8('x'), CiphertextBlob: utf8('x') };
    const error = await failure(service.call(name, { ...input, EncryptionContext }, ana));
    expect(error).toMatchObject({
      name: 'ValidationException',
      message: '',
      remedy: 'remove the unpaired surrogate from the encryption context',
    });
  });

  it('takes any number of pairs of any length, since AWS states no limit', async () => {
    const pairs = Array.from({ length: 100 }, (_, index) => [`key ${index}`, 'v'.repeat(1000)]);
    const EncryptionContext = Object.fromEntries(pairs);
    const input = { KeyId: KEY_ARN, Plaintext: utf8('x'), EncryptionContext };
    const { CiphertextBlob } = await service.call('Encrypt', input, ana);
    const back = await service.call('Decrypt', { CiphertextBlob, EncryptionContext }, ana);
    expect(Buffer.from(back.Plaintext).toString()).toBe('x');
  });

  it.each([
    ['none', "Invalid keyId 'none'"],
    ['alias/none', 'Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.'],
    [
      'arn:aws:kms:us-east-1:111122223333:alias/none',
      'Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.',
    ],
    ['arn:aws:kms:us-east-1:111122223333:key/none', 'Invalid keyId arn:aws:kms:us-east-1:111122223333:key/none'],
    [
      'mrk-1234abcd12ab34cd56ef1234567890ab',
      "Key 'arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab' does not exist",
    ],
  ])('the key id %s', async (KeyId, message) => {
    for (const call of [
      service.call('Encrypt', { KeyId, Plaintext: utf8('x') }, ana),
      service.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, ana),
      service.call('Decrypt', { KeyId, CiphertextBlob: utf8('x') }, ana),
    ])
      expect(await failure(call)).toMatchObject({ name: 'NotFoundException', message });
  });

  it('a key that does not exist', async () => {
    const unknown = 'arn:aws:kms:us-east-1:111122223333:key/ffffffff-12ab-34cd-56ef-1234567890ab';
    const error = await failure(service.call('Encrypt', { KeyId: unknown, Plaintext: utf8('x') }, ana));
    expect(error).toMatchObject({ name: 'NotFoundException', message: `Key '${unknown}' does not exist` });
    const foreign = serviceOf([keyOf(unknown)]);
    const { CiphertextBlob } = await foreign.call('Encrypt', { KeyId: unknown, Plaintext: utf8('x') }, ana);
    expect(await failure(service.call('Decrypt', { CiphertextBlob }, ana))).toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${CALLER} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    });
  });
});

describe('the state of the key', () => {
  const states = [
    ['Disabled', 'DisabledException', 'is disabled.', 'EnableKey'],
    ['PendingDeletion', 'KMSInvalidStateException', 'is pending deletion.', 'CancelKeyDeletion'],
    ['PendingImport', 'KMSInvalidStateException', 'is pending import.', 'ImportKeyMaterial'],
    ['Unavailable', 'KMSInvalidStateException', 'is unavailable.', 'ConnectCustomKeyStore'],
    ['Creating', 'KMSInvalidStateException', 'is creating.', 'wait'],
  ] as const;

  const inState = (state: KeyState) => Object.assign(keyOf(KEY_ARN), { state });

  it.each(states)('%s stops every operation with %s', async (state, name, message, remedy) => {
    const { CiphertextBlob } = await service.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('x') }, ana);
    const stopped = serviceOf([inState(state)]);
    for (const call of [
      stopped.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('x') }, ana),
      stopped.call('GenerateDataKey', { KeyId: KEY_ARN, KeySpec: 'AES_256' }, ana),
      stopped.call('Decrypt', { CiphertextBlob }, ana),
    ]) {
      const error = await failure(call);
      expect(error).toMatchObject({ name, message: `${KEY_ARN} ${message}` });
      expect(error.remedy).toContain(remedy);
    }
  });

  it('Updating stops nothing', async () => {
    const updating = serviceOf([inState('Updating')]);
    const answer = await updating.call('GenerateDataKey', { KeyId: KEY_ARN, KeySpec: 'AES_256' }, ana);
    expect(answer.Plaintext).toHaveLength(32);
  });

  it('is looked at after the permission, so that nobody else learns it', async () => {
    const denied = serviceOf([inState('Disabled')], async () => ({ allowed: false, because: 'no' }));
    const error = await failure(denied.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('x') }, ana));
    expect(error.name).toBe('AccessDeniedException');
  });
});
