import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecryptStreamOptions, decrypt, decryptStream } from '../../../simulator/envelope/decrypt.ts';
import { type EncryptStreamOptions, encrypt, encryptStream } from '../../../simulator/envelope/encrypt.ts';
import { readHeader } from '../../../simulator/envelope/format/header.ts';
import { SUITE_COMMITTING_SIGNED } from '../../../simulator/envelope/suites.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { envelopeFailure } from './failure.ts';
import { piecesOf, whole } from './fixtures/pieces.ts';
import { payloadOf, rawKeyring } from './fixtures/samples.ts';

const FRAME_LENGTH = 17;
const keyring = rawKeyring();

function settings(change: Partial<EncryptStreamOptions> = {}): EncryptStreamOptions {
  const random = seededRandom('stream');
  return { keyring: rawKeyring(random), random, frameLength: FRAME_LENGTH, ...change };
}

function write(plaintext: Uint8Array, size: number, change?: Partial<EncryptStreamOptions>): Promise<Buffer> {
  return whole(encryptStream(piecesOf(plaintext, size), settings(change)));
}

function read(message: Uint8Array, size: number, change?: Partial<DecryptStreamOptions>): Promise<Buffer> {
  return whole(decryptStream(piecesOf(message, size), { keyring, ...change }));
}

describe('a message in pieces', () => {
  it.each([0, 1, 16, 17, 18, 34, 35, 51, 500])('is the same as at once, %i bytes', async (length) => {
    const plaintext = payloadOf(length);
    const message = Buffer.from(await encrypt({ plaintext, ...settings() }));
    for (const size of [1, 5, 16, 17, 18, 1000]) {
      expect(await write(plaintext, size)).toEqual(message);
      expect(await read(message, size)).toEqual(Buffer.from(plaintext));
    }
  });

  it('comes back, signed or not, whatever the sizes', async () => {
    const sizes = fc.record({
      length: fc.integer({ min: 0, max: 600_000 }),
      frameLength: fc.oneof(fc.integer({ min: 16, max: 600_000 }), fc.constantFrom(4096, 65_536, 262_144)),
      pieces: fc.integer({ min: 100, max: 300_000 }),
      signed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ length, frameLength, pieces, signed }) => {
        const plaintext = payloadOf(length);
        const suite = signed ? { suite: SUITE_COMMITTING_SIGNED } : {};
        const message = await write(plaintext, pieces, { frameLength, ...suite });
        for (const mode of ['hold', 'release'] as const) {
          const back = await read(message, pieces + 77, { signed: mode });
          expect(Buffer.compare(back, plaintext)).toBe(0);
        }
        expect(Buffer.compare((await decrypt({ message, keyring })).plaintext, plaintext)).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it('asks for no more than what is taken', async () => {
    let asked = 0;
    function* source(): Generator<Uint8Array> {
      for (;;) {
        asked++;
        yield payloadOf(1000);
      }
    }
    const encrypted = encryptStream(source(), settings());
    const decrypted = decryptStream(encrypted, { keyring });
    for (let count = 0; count < 3; count++) await decrypted.next();
    expect(asked).toBeLessThan(6);
    await decrypted.return({ frames: 0 });
    const before = asked;
    expect((await encrypted.next()).done).toBe(true);
    expect(asked).toBe(before);
  });

  it('ends its source when something is wrong', async () => {
    let ended = false;
    function* source(): Generator<Uint8Array> {
      try {
        yield payloadOf(100);
        yield payloadOf(100);
      } finally {
        ended = true;
      }
    }
    await envelopeFailure(() => whole(decryptStream(source(), { keyring })));
    expect(ended).toBe(true);
  });

  it('tells of the header before the payload, and of the frames at the end', async () => {
    const told: string[] = [];
    const message = await write(payloadOf(40), 40, { onHeader: ({ suite }) => told.push(suite.name) });
    const onHeader = ({ frameLength }: { frameLength: number }) => told.push(`frames of ${frameLength}`);
    const pieces = decryptStream([message], { keyring, onHeader });
    let result = await pieces.next();
    while (!result.done) result = await pieces.next();
    expect(result.value).toEqual({ frames: 3 });
    expect(told).toEqual(['AES-256-GCM, HKDF-SHA512, key commitment', 'frames of 17']);
  });

  it('may be no longer than was announced', async () => {
    const error = await envelopeFailure(() => write(payloadOf(41), 10, { plaintextLength: 40 }));
    expect(error).toMatchObject({ code: 'limit' });
    expect(await write(payloadOf(40), 10, { plaintextLength: 40 })).toEqual(await write(payloadOf(40), 10));
    const long = settings({ plaintextLength: 2 ** 40, frameLength: 16 });
    expect(await envelopeFailure(() => whole(encryptStream([], long)))).toMatchObject({ code: 'limit' });
  });
});

describe('a changed message in pieces', () => {
  const plaintext = payloadOf(40);

  it.each([1, 10, 1000])('gives out nothing but what is in its place, in pieces of %i bytes', async (size) => {
    const message = await write(plaintext, 40);
    const { length } = readHeader(message);
    for (let at = 0; at < message.length; at++) {
      const changed = Buffer.from(message);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const given: Buffer[] = [];
      const error = await envelopeFailure(async () => {
        for await (const piece of decryptStream(piecesOf(changed, size), { keyring })) given.push(Buffer.from(piece));
      });
      const out = Buffer.concat(given);
      // Of the frame that was changed, and of those after it, nothing came.
      const frame = Math.floor((at - length) / (4 + 12 + FRAME_LENGTH + 16));
      expect(out.length, `byte ${at}: ${error.message}`).toBeLessThanOrEqual(Math.max(0, frame) * FRAME_LENGTH);
      expect(out).toEqual(Buffer.from(plaintext.subarray(0, out.length)));
    }
  });

  it('is refused wherever it ends too early, and with anything after its end', async () => {
    const message = await write(plaintext, 40);
    for (let length = 0; length < message.length; length++) {
      const error = await envelopeFailure(() => read(message.subarray(0, length), 10));
      expect(error.code, `length ${length}`).toBe('truncated');
      expect(error.message).toContain(`the message ends after ${length} bytes, in `);
    }
    const longer = Buffer.concat([message, Buffer.from('xx')]);
    expect(await envelopeFailure(() => read(longer, 10))).toMatchObject({ code: 'trailing-bytes' });
  });

  it('names the place in the message as when it is read at once', async () => {
    const message = await write(plaintext, 40);
    for (const at of [0, 5, 40, message.length - 60, message.length - 1]) {
      const changed = Buffer.from(message);
      changed[at] = (changed[at] ?? 0) ^ 0x80;
      const once = await envelopeFailure(() => decrypt({ message: changed, keyring }));
      const pieces = await envelopeFailure(() => read(changed, 7));
      expect([pieces.code, pieces.message, pieces.place]).toEqual([once.code, once.message, once.place]);
    }
  });
});

describe('limits of what is held back', () => {
  it('are for frames', async () => {
    const message = await write(payloadOf(40), 40);
    const error = await envelopeFailure(() => read(message, 10, { maximumHeld: 400 - 384 }));
    expect(error).toMatchObject({ code: 'limit' });
    expect((await read(message, 10, { maximumHeld: 300 })).length).toBe(40);
  });

  it('are for headers', async () => {
    const encryptionContext = { long: 'x'.repeat(5000) };
    const message = await write(payloadOf(1), 1, { encryptionContext });
    expect(await envelopeFailure(() => read(message, 10, { maximumHeld: 4000 }))).toMatchObject({ code: 'limit' });
  });
});
