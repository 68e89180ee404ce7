import { describe, expect, it } from 'vitest';
import { rawAesKeyring } from '../../../../simulator/envelope/keyrings/raw-aes.ts';
import { seededRandom } from '../../../../simulator/kms/environment.ts';
import { envelopeFailure } from '../failure.ts';

const encryptionContext = { tenant: 'blue' };

function keyringOf(change: Partial<Parameters<typeof rawAesKeyring>[0]> = {}) {
  const options = { namespace: 'ours', name: 'main', wrappingKey: Buffer.alloc(32, 7), random: seededRandom('raw') };
  return rawAesKeyring({ ...options, ...change });
}

describe('a raw AES keyring', () => {
  it.each([16, 24, 32])('wraps data keys under a key of %i bytes', async (length) => {
    const keyring = keyringOf({ wrappingKey: Buffer.alloc(length, 7) });
    const { plaintextDataKey, encryptedDataKeys } = await keyring.generate(encryptionContext);
    expect(plaintextDataKey).toHaveLength(32);
    expect(await keyring.unwrap(encryptedDataKeys, encryptionContext)).toEqual(plaintextDataKey);
  });

  it('names the key, its tag and its initialization vector', async () => {
    const [dataKey] = (await keyringOf().generate({})).encryptedDataKeys;
    expect(dataKey?.providerId).toBe('ours');
    // `main`, the tag's 128 bits and the vector's 12 bytes, then the vector, which follows the data key at random.
    const vector = Buffer.from(seededRandom('raw').bytes(44).subarray(32)).toString('hex');
    expect(Buffer.from(dataKey?.providerInfo ?? []).toString('hex')).toBe(`6d61696e000000800000000c${vector}`);
    expect(dataKey?.ciphertext).toHaveLength(32 + 16);
  });

  it('keeps a copy of its key', async () => {
    const wrappingKey = Buffer.alloc(32, 7);
    const keyring = keyringOf({ wrappingKey });
    wrappingKey.fill(0);
    const { encryptedDataKeys } = await keyring.generate({});
    await expect(keyringOf().unwrap(encryptedDataKeys, {})).resolves.toHaveLength(32);
  });

  it('looks past data keys that others encrypted', async () => {
    const ours = (await keyringOf().generate(encryptionContext)).encryptedDataKeys;
    const others = (await keyringOf({ name: 'other' }).generate(encryptionContext)).encryptedDataKeys;
    const damaged = ours.map((key) => ({ ...key, ciphertext: Buffer.alloc(48) }));
    await expect(keyringOf().unwrap([...others, ...damaged, ...ours], encryptionContext)).resolves.toHaveLength(32);
  });

  it('says whose data keys there are where none is its own', async () => {
    const { encryptedDataKeys } = await keyringOf({ namespace: 'theirs' }).generate({});
    const error = await envelopeFailure(() => keyringOf().unwrap(encryptedDataKeys, {}));
    expect(error).toMatchObject({
      code: 'no-data-key',
      message: "none of the message's encrypted data keys, from `theirs`, is from raw AES key `main` of `ours`",
    });
  });

  it('refuses another key, another context and a changed data key alike', async () => {
    const { encryptedDataKeys } = await keyringOf().generate(encryptionContext);
    const changed = encryptedDataKeys.map((key) => {
      const ciphertext = Buffer.from(key.ciphertext);
      ciphertext[0] = (ciphertext[0] ?? 0) ^ 1;
      return { ...key, ciphertext };
    });
    const attempts = [
      () => keyringOf({ wrappingKey: Buffer.alloc(32, 8) }).unwrap(encryptedDataKeys, encryptionContext),
      () => keyringOf().unwrap(encryptedDataKeys, { tenant: 'Blue' }),
      () => keyringOf().unwrap(changed, encryptionContext),
    ];
    for (const attempt of attempts) {
      const error = await envelopeFailure(attempt);
      expect(error.code).toBe('no-data-key');
      expect(error.message).toContain("does not decrypt the message's data key");
    }
  });

  it('refuses what it cannot be', () => {
    expect(() => keyringOf({ wrappingKey: Buffer.alloc(20) })).toThrow(RangeError);
    expect(() => keyringOf({ namespace: 'aws-kms' })).toThrow(RangeError);
  });
});
