import { describe, expect, it } from 'vitest';
import { decrypt } from '../../../../simulator/envelope/decrypt.ts';
import { encrypt } from '../../../../simulator/envelope/encrypt.ts';
import { readHeader } from '../../../../simulator/envelope/format/header.ts';
import { multiKeyring } from '../../../../simulator/envelope/keyrings/multi.ts';
import { rawAesKeyring } from '../../../../simulator/envelope/keyrings/raw-aes.ts';
import { seededRandom } from '../../../../simulator/kms/environment.ts';
import { envelopeFailure, failure } from '../failure.ts';
import { kmsService, payloadOf, rawKeyring, wrappingKey } from '../fixtures/samples.ts';

const random = seededRandom('multi');
const other = rawAesKeyring({ namespace: 'others', name: 'spare', wrappingKey: wrappingKey(), random });
const { keyring: kms } = kmsService();
const keyring = multiKeyring(kms, [rawKeyring(random), multiKeyring(other, [])]);
const message = await encrypt({ plaintext: payloadOf(40), keyring, random, encryptionContext: { tenant: 'blue' } });

describe('several keyrings', () => {
  it('each encrypt the data key, the generator first', async () => {
    const { encryptedDataKeys } = readHeader(message).header;
    expect(encryptedDataKeys.map(({ providerId }) => providerId)).toEqual(['aws-kms', 'fixtures', 'others']);
  });

  it.each([
    ['KMS', kms],
    ['the wrapping key', rawKeyring()],
    ['the spare key', other],
    ['a keyring of others', multiKeyring(rawKeyring(), [other])],
    ['all of them', keyring],
  ])('each can decrypt: %s', async (_, each) => {
    const { plaintext } = await decrypt({ message, keyring: each });
    expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(40)));
  });

  it('say what went wrong where one of them had a key', async () => {
    const { encryptedDataKeys } = readHeader(message).header;
    const wrong = { tenant: 'Blue' };
    const error = await failure(() => keyring.unwrap(encryptedDataKeys, wrong));
    expect(error.name).toBe('InvalidCiphertextException');
    const stranger = rawAesKeyring({ namespace: 'x', name: 'y', wrappingKey: wrappingKey(), random });
    const strangers = multiKeyring(stranger, [stranger]);
    const none = await envelopeFailure(() => decrypt({ message, keyring: strangers }));
    expect(none.message).toContain('from `aws-kms`, `fixtures`, `others`, is from any key of the keyrings');
  });

  it('encrypt nothing where one of them cannot', async () => {
    const generated: Uint8Array[] = [];
    const noting = {
      ...rawKeyring(random),
      async generate(context: Readonly<Record<string, string>>) {
        const answer = await rawKeyring(random).generate(context);
        generated.push(answer.plaintextDataKey);
        return answer;
      },
    };
    const failing = { ...other, wrap: () => Promise.reject(new RangeError('no')) };
    await expect(multiKeyring(noting, [failing]).generate({})).rejects.toThrow('no');
    expect(generated.map((key) => key.every((byte) => byte === 0))).toEqual([true]);
  });

  it('may be limited in number, in writing and in reading', async () => {
    const writing = { plaintext: payloadOf(1), keyring, random, maximumDataKeys: 2 };
    expect(await envelopeFailure(() => encrypt(writing))).toMatchObject({ code: 'limit' });
    const error = await envelopeFailure(() => decrypt({ message, keyring, maximumDataKeys: 2 }));
    expect(error).toMatchObject({ code: 'limit', place: { field: 'encrypted data keys' } });
    expect(error.message).toBe('the message has 3 encrypted data keys, and the limit is 2');
    await decrypt({ message, keyring, maximumDataKeys: 3 });
  });
});
