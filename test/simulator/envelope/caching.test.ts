import { describe, expect, it } from 'vitest';
import { DataKeyCache, type DataKeyCacheOptions } from '../../../simulator/envelope/caching.ts';
import { decrypt } from '../../../simulator/envelope/decrypt.ts';
import { encrypt, encryptStream } from '../../../simulator/envelope/encrypt.ts';
import { readHeader } from '../../../simulator/envelope/format/header.ts';
import type { Keyring } from '../../../simulator/envelope/keyring.ts';
import { type DataKeySource, kmsKeyring } from '../../../simulator/envelope/keyrings/kms.ts';
import { newMaterials } from '../../../simulator/envelope/materials.ts';
import { SUITE_COMMITTING_SIGNED } from '../../../simulator/envelope/suites.ts';
import { ManualClock, seededRandom } from '../../../simulator/kms/environment.ts';
import { writeOlder } from './fixtures/older.ts';
import { whole } from './fixtures/pieces.ts';
import { keyArn, kmsService, payloadOf, rawKeyring } from './fixtures/samples.ts';

const MINUTE = 60_000;

/** A cache before a simulated KMS whose calls are counted. */
function cached(limits: Partial<DataKeyCacheOptions> = {}) {
  const { service, caller } = kmsService();
  const calls = { GenerateDataKey: 0, Encrypt: 0, Decrypt: 0 };
  const counting: DataKeySource = {
    call(name, input, by) {
      calls[name] += 1;
      return service.call(name, input, by);
    },
  };
  const keyring: Keyring = kmsKeyring({ service: counting, keyArn, caller });
  const random = seededRandom('cache');
  const clock = new ManualClock();
  const cache = new DataKeyCache({ backing: newMaterials(keyring, random), clock, maximumAge: MINUTE, ...limits });
  const write = (bytes = 10, encryptionContext: Readonly<Record<string, string>> = {}, signed = false) =>
    encrypt({
      plaintext: payloadOf(bytes),
      keyring: cache,
      random,
      encryptionContext,
      ...(signed ? { suite: SUITE_COMMITTING_SIGNED } : {}),
    });
  const read = async (message: Uint8Array) => Buffer.from((await decrypt({ message, keyring: cache })).plaintext);
  return { cache, calls, clock, keyring, random, write, read };
}

async function times(count: number, act: () => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < count; turn++) await act();
}

describe('a cache of data keys', () => {
  it('asks KMS once for as many messages as allowed, and each message has keys of its own', async () => {
    const { write, read, calls, cache, keyring } = cached({ maximumMessages: 3 });
    const messages: Uint8Array[] = [];
    await times(7, async () => messages.push(await write()));
    expect(calls.GenerateDataKey).toBe(3);
    expect(cache.counts.encryption).toEqual({ hits: 4, misses: 3 });
    const headers = messages.map((each) => readHeader(each).header);
    expect(new Set(headers.map(({ messageId }) => Buffer.from(messageId).toString('hex'))).size).toBe(7);
    expect(new Set(headers.map(({ commitment }) => Buffer.from(commitment).toString('hex'))).size).toBe(7);
    for (const message of messages) expect(await read(message)).toEqual(Buffer.from(payloadOf(10)));
    expect(calls.Decrypt).toBe(3);
    expect(cache.counts.decryption).toEqual({ hits: 4, misses: 3 });
    for (const message of messages)
      expect(Buffer.from((await decrypt({ message, keyring })).plaintext)).toEqual(Buffer.from(payloadOf(10)));
  });

  it('keeps a data key no longer than allowed', async () => {
    const { write, read, calls, clock } = cached();
    const message = await write();
    clock.advance(MINUTE);
    await write();
    await read(message);
    expect(calls).toMatchObject({ GenerateDataKey: 1, Decrypt: 1 });
    clock.advance(MINUTE);
    await read(message);
    expect(calls.Decrypt).toBe(1);
    clock.advance(1);
    await write();
    await read(message);
    expect(calls).toMatchObject({ GenerateDataKey: 2, Decrypt: 2 });
  });

  it('encrypts no more bytes than allowed with one data key', async () => {
    const { write, calls } = cached({ maximumBytes: 100 });
    await times(3, () => write(50));
    expect(calls.GenerateDataKey).toBe(2);
    // What is too long for any entry gets a key of its own, and the one that is kept goes.
    await write(101);
    await write(101);
    expect(calls.GenerateDataKey).toBe(4);
  });

  it('tells contexts and suites apart, and keeps the key pair of signed messages', async () => {
    const { write, read, calls } = cached();
    await write(10, { a: 'b' });
    await write(10, { a: 'c' });
    await write(10, { ab: '' });
    expect(calls.GenerateDataKey).toBe(3);
    const [one, other] = [await write(10, { a: 'b' }, true), await write(10, { a: 'b' }, true)];
    expect(calls.GenerateDataKey).toBe(4);
    expect(readHeader(one).header.encryptionContext).toEqual(readHeader(other).header.encryptionContext);
    expect(await read(other)).toEqual(Buffer.from(payloadOf(10)));
  });

  it('keeps nothing for messages of unknown length, nor for suites that derive no keys', async () => {
    const { cache, random, calls } = cached();
    await times(2, () => whole(encryptStream([payloadOf(5)], { keyring: cache, random })));
    expect(calls.GenerateDataKey).toBe(2);
    await times(2, () => whole(encryptStream([payloadOf(5)], { keyring: cache, random, plaintextLength: 5 })));
    expect(calls.GenerateDataKey).toBe(3);
    const raw = new DataKeyCache({
      backing: newMaterials(rawKeyring(), random),
      clock: new ManualClock(),
      maximumAge: 1,
    });
    const message = writeOlder({ suiteId: 0x0078, framed: true, plaintext: payloadOf(5) });
    await decrypt({ message, keyring: raw, commitmentPolicy: 'require-encrypt-allow-decrypt' });
    expect(raw.counts.decryption).toEqual({ hits: 0, misses: 0 });
  });

  it('forgets what was not used for longest, and everything when told to', async () => {
    const { write, calls, cache } = cached({ capacity: 2 });
    for (const tenant of ['a', 'b', 'a', 'c', 'a', 'b']) await write(1, { tenant });
    // `b` had to go for `c`.
    expect(calls.GenerateDataKey).toBe(4);
    cache.clear();
    await write(1, { tenant: 'b' });
    expect(calls.GenerateDataKey).toBe(5);
  });

  it.each([
    { maximumAge: 0 },
    { maximumAge: -1 },
    { maximumMessages: 0 },
    { maximumMessages: 2 ** 32 + 1 },
    { maximumBytes: 0 },
    { maximumBytes: 2 ** 53 },
    { capacity: 0 },
  ])('refuses %j', (limits) => {
    expect(() => cached(limits)).toThrow(RangeError);
  });

  it('shows what it saves: calls of KMS for 1000 messages in 100 seconds, written and read', async () => {
    const run = async (keyringOf: (parts: ReturnType<typeof cached>) => Keyring | DataKeyCache) => {
      const parts = cached({ maximumMessages: 100 });
      const keyring = keyringOf(parts);
      for (let turn = 0; turn < 1000; turn++) {
        const message = await encrypt({ plaintext: payloadOf(10), keyring, random: parts.random });
        await decrypt({ message, keyring });
        parts.clock.advance(100);
      }
      return parts.calls;
    };
    expect(await run(({ keyring }) => keyring)).toEqual({ GenerateDataKey: 1000, Encrypt: 0, Decrypt: 1000 });
    expect(await run(({ cache }) => cache)).toEqual({ GenerateDataKey: 10, Encrypt: 0, Decrypt: 10 });
  });
});
