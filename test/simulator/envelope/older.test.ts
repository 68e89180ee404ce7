import { describe, expect, it } from 'vitest';
import { type DecryptOptions, decrypt, decryptStream } from '../../../simulator/envelope/decrypt.ts';
import { encrypt } from '../../../simulator/envelope/encrypt.ts';
import { readHeader } from '../../../simulator/envelope/format/header.ts';
import { findSuite } from '../../../simulator/envelope/suites.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { envelopeFailure } from './failure.ts';
import { olderSuites, writeOlder } from './fixtures/older.ts';
import { piecesOf, whole } from './fixtures/pieces.ts';
import { payloadOf, rawKeyring } from './fixtures/samples.ts';

const allowing: Pick<DecryptOptions, 'commitmentPolicy'> = { commitmentPolicy: 'require-encrypt-allow-decrypt' };
const context = { tenant: 'blue' };

const kinds = olderSuites.flatMap((suiteId) =>
  [true, false].map((framed) => ({ suiteId, framed, name: `0x${suiteId.toString(16).padStart(4, '0')}` })),
);

describe.each(kinds)('a message of version 1, suite $name, with frames: $framed', ({ suiteId, framed }) => {
  const message = writeOlder({ suiteId, framed, plaintext: payloadOf(40), frameLength: 16, context });

  it('is read, at once and in pieces', async () => {
    const { plaintext, header, frames } = await decrypt({ message, keyring: rawKeyring(), ...allowing });
    expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(40)));
    expect(header).toMatchObject({ framed, frameLength: framed ? 16 : 0, encryptionContext: context });
    expect(frames).toBe(framed ? 3 : 1);
    for (const size of [1, 33, 1000]) {
      const pieces = decryptStream(piecesOf(message, size), { keyring: rawKeyring(), ...allowing });
      expect(await whole(pieces)).toEqual(Buffer.from(payloadOf(40)));
    }
  });

  it('is refused where nobody allowed messages without key commitment', async () => {
    const error = await envelopeFailure(() => decrypt({ message, keyring: rawKeyring() }));
    expect(error).toMatchObject({ code: 'policy', place: { field: 'version' } });
    expect(error.remedy).toContain('require-encrypt-allow-decrypt');
  });

  it('is refused with any byte changed, and wherever it ends too early', async () => {
    for (let at = 0; at < message.length; at++) {
      const changed = Buffer.from(message);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await envelopeFailure(() => decrypt({ message: changed, keyring: rawKeyring(), ...allowing }));
      const cut = { message: message.subarray(0, at), keyring: rawKeyring(), ...allowing };
      expect((await envelopeFailure(() => decrypt(cut))).code, `length ${at}`).toBe('truncated');
    }
  });
});

describe('version 1', () => {
  it('is not written', async () => {
    const suite = findSuite(0x0178);
    if (!suite) throw new Error('the suite is missing');
    const random = seededRandom('old');
    const writing = { plaintext: payloadOf(1), keyring: rawKeyring(random), random, suite };
    expect(await envelopeFailure(() => encrypt(writing))).toMatchObject({ code: 'unsupported' });
  });

  it('may have vectors at random, as the first programs made them', async () => {
    const message = writeOlder({
      suiteId: 0x0178,
      framed: true,
      plaintext: payloadOf(40),
      frameLength: 16,
      randomVectors: true,
    });
    const { plaintext } = await decrypt({ message, keyring: rawKeyring(), ...allowing });
    expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(40)));
  });

  it.each([
    ['type', 0x81],
    ['algorithm suite', 0x04],
    ['reserved', 1],
    ['vector length', 16],
    ['content type', 3],
  ])('is refused with another %s', async (field, value) => {
    const message = writeOlder({ suiteId: 0x0178, framed: true, plaintext: payloadOf(1) });
    message[
      readHeader(message)
        .fields()
        .find(({ name }) => name === field)?.offset ?? 0
    ] = value;
    const error = await envelopeFailure(() => decrypt({ message, keyring: rawKeyring(), ...allowing }));
    expect(error.place?.field).toBe(field);
  });
});

describe('version 2 without frames', () => {
  it.each([0x0478, 0x0578])('is read, suite %i', async (suiteId) => {
    const message = writeOlder({ suiteId, framed: false, plaintext: payloadOf(40), context });
    const { plaintext } = await decrypt({ message, keyring: rawKeyring() });
    expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(40)));
    const pieces = decryptStream(piecesOf(message, 9), { keyring: rawKeyring() });
    expect(await whole(pieces)).toEqual(Buffer.from(payloadOf(40)));
  });

  it('gives out nothing before the tag, and takes no more memory than allowed', async () => {
    const message = writeOlder({ suiteId: 0x0478, framed: false, plaintext: payloadOf(5000) });
    const settings = { keyring: rawKeyring(), maximumHeld: 4999 };
    const error = await envelopeFailure(() => whole(decryptStream(piecesOf(message, 100), settings)));
    expect(error).toMatchObject({ code: 'limit' });
    expect(error.message).toContain('has 5000 bytes');
    message[message.length - 1] = (message.at(-1) ?? 0) ^ 1;
    const seen: number[] = [];
    const reading = async () => {
      for await (const piece of decryptStream(piecesOf(message, 100), { keyring: rawKeyring() }))
        seen.push(piece.length);
    };
    expect(await envelopeFailure(reading)).toMatchObject({ code: 'frame-tag' });
    expect(seen).toEqual([]);
  });
});
