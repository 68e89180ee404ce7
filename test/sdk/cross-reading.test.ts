import { describe, expect, it } from 'vitest';
import { decrypt, decryptStream } from '../../simulator/envelope/decrypt.ts';
import { encrypt, encryptStream } from '../../simulator/envelope/encrypt.ts';
import type { Keyring } from '../../simulator/envelope/keyring.ts';
import { kmsKeyring } from '../../simulator/envelope/keyrings/kms.ts';
import { multiKeyring } from '../../simulator/envelope/keyrings/multi.ts';
import { rawAesKeyring } from '../../simulator/envelope/keyrings/raw-aes.ts';
import { SUITE_COMMITTING, SUITE_COMMITTING_SIGNED } from '../../simulator/envelope/suites.ts';
import { systemRandom } from '../../simulator/kms/environment.ts';
import { olderSuites, writeOlder } from '../simulator/envelope/fixtures/older.ts';
import { piecesOf, whole } from '../simulator/envelope/fixtures/pieces.ts';
import { contexts, keyArn, kmsService, payloadOf } from '../simulator/envelope/fixtures/samples.ts';
import { type Key, keyOf, sdk, sdkDecrypt, sdkEncrypt, sdkKeyring } from './sdk.ts';

const random = systemRandom;
const commitmentPolicy = 'require-encrypt-allow-decrypt';

function ours(key: Key = { bytes: 32 }): Keyring {
  return rawAesKeyring({ ...keyOf(key), random });
}

/** Read at once and in pieces. */
async function expectReadable(message: Buffer, plaintext: Uint8Array, keyring: Keyring): Promise<void> {
  const once = await decrypt({ message, keyring, commitmentPolicy });
  expect(Buffer.compare(once.plaintext, plaintext)).toBe(0);
  const pieces = await whole(decryptStream(piecesOf(message, 1000), { keyring, commitmentPolicy }));
  expect(Buffer.compare(pieces, plaintext)).toBe(0);
}

describe.each([SUITE_COMMITTING, SUITE_COMMITTING_SIGNED])('suite $id', (suite) => {
  const sizes = [16, 64, 4096].flatMap((frameLength) =>
    [
      0,
      1,
      frameLength - 1,
      frameLength,
      frameLength + 1,
      2 * frameLength,
      2 * frameLength + 1,
      5 * frameLength - 1,
    ].map((length) => ({ frameLength, length })),
  );

  it.each(sizes)('$length bytes in frames of $frameLength go both ways', async ({ frameLength, length }) => {
    const plaintext = payloadOf(length);
    const encryptionContext = contexts.many;
    const settings = { keyring: ours(), random, suite, frameLength, encryptionContext };
    const atOnce = Buffer.from(await encrypt({ plaintext, ...settings }));
    const inPieces = await whole(encryptStream(piecesOf(plaintext, 50), settings));
    for (const message of [atOnce, inPieces]) {
      const read = await sdkDecrypt(message);
      expect(Buffer.compare(read.plaintext, plaintext)).toBe(0);
      expect(read.encryptionContext).toMatchObject(encryptionContext);
    }
    const theirs = await sdkEncrypt(plaintext, { suiteId: suite.id, frameLength, encryptionContext });
    await expectReadable(theirs, plaintext, ours());
  });

  it.each([16, 24, 32])('a wrapping key of %i bytes goes both ways', async (bytes) => {
    const plaintext = payloadOf(100);
    const message = Buffer.from(await encrypt({ plaintext, keyring: ours({ bytes }), random, suite }));
    expect(Buffer.compare((await sdkDecrypt(message, { bytes })).plaintext, plaintext)).toBe(0);
    await expectReadable(
      await sdkEncrypt(plaintext, { suiteId: suite.id, key: { bytes } }),
      plaintext,
      ours({ bytes }),
    );
  });

  it('several megabytes in frames of one go both ways', async () => {
    const plaintext = payloadOf(3 * 1024 * 1024 + 5);
    const frameLength = 1024 * 1024;
    const settings = { keyring: ours(), random, suite, frameLength };
    const message = await whole(encryptStream(piecesOf(plaintext, 65_536), settings));
    expect(Buffer.compare((await sdkDecrypt(message)).plaintext, plaintext)).toBe(0);
    await expectReadable(await sdkEncrypt(plaintext, { suiteId: suite.id, frameLength }), plaintext, ours());
  });

  it('a message of ours is refused by the SDK once anything in it is changed', async () => {
    const message = Buffer.from(
      await encrypt({ plaintext: payloadOf(40), keyring: ours(), random, suite, frameLength: 16 }),
    );
    for (let at = 3; at < message.length; at += 13) {
      const changed = Buffer.from(message);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(sdkDecrypt(changed)).rejects.toThrow();
    }
  });

  it('several keyrings go both ways', async () => {
    const plaintext = payloadOf(100);
    const { service, caller } = kmsService();
    const client = {
      generateDataKey: (input: never) => service.call('GenerateDataKey', input, caller),
      encrypt: (input: never) => service.call('Encrypt', input, caller),
      decrypt: (input: never) => service.call('Decrypt', input, caller),
    };
    const theirKms = new sdk.KmsKeyringNode({ generatorKeyId: keyArn, clientProvider: () => client });
    const ourKms = kmsKeyring({ service, keyArn, caller });
    const encryptionContext = contexts.one;
    const keyring = multiKeyring(ourKms, [ours()]);
    const message = await encrypt({ plaintext, keyring, random, suite, encryptionContext });
    for (const each of [theirKms, sdkKeyring()])
      expect(Buffer.compare((await sdkDecrypt(message, undefined, each)).plaintext, plaintext)).toBe(0);
    const both = new sdk.MultiKeyringNode({ generator: theirKms, children: [sdkKeyring()] });
    const theirs = await sdkEncrypt(plaintext, { suiteId: suite.id, encryptionContext }, both);
    for (const each of [ourKms, ours()]) await expectReadable(theirs, plaintext, each);
  });
});

describe.each(olderSuites)('suite %i of version 1', (suiteId) => {
  it('is read', async () => {
    for (const length of [0, 63, 64, 65, 128]) {
      const plaintext = payloadOf(length);
      const message = await sdkEncrypt(plaintext, { suiteId, frameLength: 64, encryptionContext: contexts.many });
      await expectReadable(message, plaintext, ours());
    }
  });
});

describe('what our tests write themselves', () => {
  const kinds = [...olderSuites, 0x0478, 0x0578].flatMap((suiteId) =>
    [true, false].map((framed) => ({ suiteId, framed })),
  );

  it.each(kinds)('is read by the SDK: suite $suiteId, with frames: $framed', async ({ suiteId, framed }) => {
    const plaintext = payloadOf(100);
    const message = writeOlder({ suiteId, framed, plaintext, frameLength: 64, context: contexts.one }, random);
    expect(Buffer.compare((await sdkDecrypt(message)).plaintext, plaintext)).toBe(0);
  });
});
