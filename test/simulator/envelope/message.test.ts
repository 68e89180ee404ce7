import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decrypt } from '../../../simulator/envelope/decrypt.ts';
import { encrypt } from '../../../simulator/envelope/encrypt.ts';
import type { EnvelopeErrorCode } from '../../../simulator/envelope/errors.ts';
import { readFrames } from '../../../simulator/envelope/format/frame.ts';
import { readHeader } from '../../../simulator/envelope/format/header.ts';
import { rawAesKeyring } from '../../../simulator/envelope/keyrings/raw-aes.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { envelopeFailure, failure } from './failure.ts';
import { kmsService, payloadOf, rawKeyring, wrappingKey, wrappingKeyId } from './fixtures/samples.ts';

/** No single bit turns it into 0, which is refused before the tag is looked at. */
const FRAME_LENGTH = 17;
const encryptionContext = { tenant: 'blue', purpose: 'test' };

function messageOf(payload: Uint8Array, seed = 'message', context: Record<string, string> = encryptionContext) {
  const random = seededRandom(seed);
  const keyring = rawKeyring(random);
  return encrypt({ plaintext: payload, keyring, random, encryptionContext: context, frameLength: FRAME_LENGTH });
}

function read(message: Uint8Array, keyring = rawKeyring()) {
  return decrypt({ message, keyring });
}

const message = Buffer.from(await messageOf(payloadOf(40)));
const { header, length: headerLength, fields: fieldsOf } = readHeader(message);
const fields = fieldsOf();
const frames = readFrames(message, headerLength, header);

function flipped(at: number, bit = 0): Buffer {
  const tampered = Buffer.from(message);
  tampered[at] = (tampered[at] ?? 0) ^ (1 << bit);
  return tampered;
}

function codesFor(field: string): readonly EnvelopeErrorCode[] {
  if (field === 'version') return ['malformed', 'unsupported'];
  if (field === 'algorithm suite') return ['unsupported', 'encryption-context'];
  if (field === 'message id' || field === 'key commitment') return ['commitment'];
  if (field === 'content type') return ['malformed', 'unsupported'];
  if (field === 'frame length' || field === 'header authentication tag') return ['header-tag'];
  if (/^(context (key|value)|key provider (id|information)|encrypted data key) \d$/.test(field))
    return ['no-data-key', 'malformed'];
  return ['malformed', 'truncated', 'unsupported', 'no-data-key'];
}

describe('a message', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 6 });
  const context = fc
    .dictionary(text, text, { maxKeys: 3, noNullPrototype: true })
    .filter((each) => !Object.keys(each).some((key) => key.startsWith('aws-crypto-')));
  const payload = fc.uint8Array({ maxLength: 70 });

  it.each(['raw', 'kms'] as const)('gives back any payload under any context: %s keyring', async (kind) => {
    const settings = fc.record({ payload, context, frameLength: fc.integer({ min: 1, max: 80 }), seed: fc.string() });
    await fc.assert(
      fc.asyncProperty(settings, async ({ payload: plaintext, context: pairs, frameLength, seed }) => {
        const random = seededRandom(seed);
        const keyring = kind === 'raw' ? rawKeyring(random) : kmsService(seed).keyring;
        const written = await encrypt({ plaintext, keyring, random, encryptionContext: pairs, frameLength });
        const back = await decrypt({ message: written, keyring, encryptionContext: pairs });
        expect(Buffer.compare(back.plaintext, plaintext)).toBe(0);
        expect(back.header.encryptionContext).toEqual(pairs);
        expect(back.frames).toBe(Math.max(1, Math.ceil(plaintext.length / frameLength)));
      }),
      { numRuns: 60 },
    );
  });

  it('has frames of 4096 bytes where nothing else is asked for, and no context where none is given', async () => {
    const random = seededRandom('default');
    const written = await encrypt({ plaintext: payloadOf(10_000), keyring: rawKeyring(random), random });
    const back = await read(written);
    expect(back.header).toMatchObject({ frameLength: 4096, encryptionContext: {} });
    expect(back.frames).toBe(3);
    expect(Buffer.compare(back.plaintext, payloadOf(10_000))).toBe(0);
  });

  it('does not touch the payload', async () => {
    const plaintext = payloadOf(40);
    await messageOf(plaintext);
    expect(plaintext).toEqual(payloadOf(40));
  });

  it('is the same for the same random bytes, and another for others', async () => {
    expect(Buffer.from(await messageOf(payloadOf(40)))).toEqual(message);
    expect(Buffer.from(await messageOf(payloadOf(40), 'another'))).not.toEqual(message);
  });

  it('is read wherever it stands in a larger buffer', async () => {
    const larger = Buffer.concat([Buffer.alloc(7), message, Buffer.alloc(5)]);
    const { plaintext } = await read(larger.subarray(7, 7 + message.length));
    expect(Buffer.compare(plaintext, payloadOf(40))).toBe(0);
  });
});

describe('a changed message', () => {
  it('is refused for each bit of the header, with the part named', async () => {
    for (const { name, offset, bytes } of fields) {
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const at = offset + (bit >> 3);
        const error = await envelopeFailure(() => read(flipped(at, bit & 7)));
        expect(codesFor(name), `bit ${bit} of ${name}: ${error.message}`).toContain(error.code);
      }
    }
  });

  it('is refused for each bit of the frames, with frame and part named', async () => {
    for (const { sequenceNumber, final, start, contentStart, tagStart, end } of frames) {
      const name = `frame ${sequenceNumber}`;
      for (let bit = start * 8; bit < end * 8; bit++) {
        const at = bit >> 3;
        const error = await envelopeFailure(() => read(flipped(at, bit & 7)));
        const inLength = final && at >= contentStart - 4 && at < contentStart;
        const expected: EnvelopeErrorCode[] = ['frame-tag'];
        if (at < contentStart) expected.splice(0, 1, 'frame-sequence', 'malformed', 'truncated');
        if (inLength) expected.splice(0, 3, 'malformed', 'truncated', 'trailing-bytes');
        expect(expected, `byte ${at} of ${name}: ${error.message}`).toContain(error.code);
        if (at < contentStart) continue;
        expect(error.message).toBe(
          `${name} does not match its authentication tag at byte ${tagStart}: its content or its tag was changed`,
        );
        expect(error.place).toEqual({ field: 'authentication tag', offset: tagStart, frame: sequenceNumber });
      }
    }
  });

  it('is refused wherever it ends too early', async () => {
    for (let length = 0; length < message.length; length++) {
      const error = await envelopeFailure(() => read(message.subarray(0, length)));
      expect(error.code, `length ${length}`).toBe('truncated');
      expect(error.message).toContain(`the message ends after ${length} bytes, in `);
    }
  });

  it('is refused with anything after its end', async () => {
    const error = await envelopeFailure(() => read(Buffer.concat([message, Buffer.from('x')])));
    expect(error.code).toBe('trailing-bytes');
  });

  it('is refused with the frame of another message, even under the same data key', async () => {
    const options = { plaintext: payloadOf(40), encryptionContext, frameLength: FRAME_LENGTH };
    const keyring = rawKeyring(seededRandom('message'));
    const other = Buffer.from(await encrypt({ ...options, keyring, random: seededRandom('another id') }));
    const [frame] = frames;
    if (!frame) throw new Error('there is no frame');
    const mixed = Buffer.from(message);
    other.copy(mixed, frame.start, frame.start, frame.end);
    const error = await envelopeFailure(() => read(mixed));
    expect(error).toMatchObject({ code: 'frame-tag', place: { frame: 1 } });
  });

  it('never crashes the reader, whatever it is', async () => {
    const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    const cut = fc
      .tuple(fc.integer({ min: 0, max: message.length }), noise)
      .map(([at, rest]) => Buffer.concat([message.subarray(0, at), rest]));
    const overwritten = fc.tuple(fc.integer({ min: 0, max: message.length - 4 }), fc.integer()).map(([at, value]) => {
      const bytes = Buffer.from(message);
      bytes.writeInt32BE(value, at);
      return bytes;
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(noise, cut, overwritten), async (bytes) => {
        if (bytes.equals(message)) return;
        const error = await envelopeFailure(() => read(bytes));
        expect(error.message).toMatch(/^[^A-Z].*[^.]$/s);
        expect(error.remedy).not.toBe('');
      }),
      { numRuns: 400 },
    );
  });

  it('is refused under KMS for any byte, by KMS where the data key or the context was changed', async () => {
    const { keyring } = kmsService('changed');
    const random = seededRandom('changed');
    const written = Buffer.from(await encrypt({ plaintext: payloadOf(5), keyring, random, encryptionContext }));
    const names = new Set<string>();
    for (let at = 0; at < written.length; at++) {
      const tampered = Buffer.from(written);
      tampered[at] = (tampered[at] ?? 0) ^ 0x01;
      const error = await failure(() => read(tampered, keyring));
      names.add(error.name);
    }
    expect([...names].sort()).toEqual(['EnvelopeError', 'IncorrectKeyException', 'InvalidCiphertextException']);
  });
});

describe('key commitment', () => {
  it('refuses a data key under which another message was made', async () => {
    const otherKey = payloadOf(32);
    const keyring = { ...rawKeyring(), unwrap: async () => otherKey };
    const error = await envelopeFailure(() => read(message, keyring));
    expect(error).toMatchObject({ code: 'commitment', place: { field: 'key commitment' } });
    expect(otherKey.every((byte) => byte === 0)).toBe(true);
  });
});

describe('the encryption context', () => {
  it('must have the pairs that are asked for, and may have others', async () => {
    const keyring = rawKeyring();
    const { plaintext } = await decrypt({ message, keyring, encryptionContext: { tenant: 'blue' } });
    expect(plaintext).toHaveLength(40);
    const wrong = await envelopeFailure(() => decrypt({ message, keyring, encryptionContext: { tenant: 'Blue' } }));
    expect(wrong).toMatchObject({ code: 'encryption-context' });
    expect(wrong.message).toContain('to have `tenant` = `Blue` in its encryption context, but it has `blue` there');
    const missing = await envelopeFailure(() => decrypt({ message, keyring, encryptionContext: { toString: '' } }));
    expect(missing.message).toContain('but it does not have that key');
  });

  it('cannot be exchanged in the header', async () => {
    const at = message.indexOf('blue');
    const exchanged = Buffer.from(message);
    exchanged.write('teal', at);
    expect(await envelopeFailure(() => read(exchanged))).toMatchObject({ code: 'no-data-key' });
  });

  it.each([
    [{ 'aws-crypto-public-key': 'x' }, 'reserved'],
    [{ a: '\ud800' }, 'unpaired surrogate'],
  ])('cannot be %j', async (context, reason) => {
    const error = await envelopeFailure(() => messageOf(payloadOf(1), 'seed', context));
    expect(error).toMatchObject({ code: 'encryption-context' });
    expect(error.message).toContain(reason);
  });

  it('cannot hold the key of a signature where the suite has none', async () => {
    const similar = Buffer.from(await messageOf(payloadOf(1), 'seed', { 'bws-crypto-public-key': 'x' }));
    similar.write('aws-crypto-public-key', similar.indexOf('bws-crypto-public-key'));
    const error = await envelopeFailure(() => read(similar));
    expect(error).toMatchObject({ code: 'encryption-context' });
    expect(error.message).toContain('the suite was exchanged');
  });

  it('cannot be longer than the header holds', async () => {
    const error = await envelopeFailure(() => messageOf(payloadOf(1), 'seed', { a: 'x'.repeat(70_000) }));
    expect(error).toMatchObject({ code: 'limit' });
  });
});

describe('secrets', () => {
  it('are overwritten once the message is written or read', async () => {
    const random = seededRandom('secrets');
    const keys: Uint8Array[] = [];
    const raw = rawAesKeyring({ ...wrappingKeyId, wrappingKey: wrappingKey(), random });
    const keyring = {
      async generate(context: Record<string, string>) {
        const generated = await raw.generate(context);
        keys.push(generated.plaintextDataKey);
        return generated;
      },
      wrap: raw.wrap,
      async unwrap(...parameters: Parameters<typeof raw.unwrap>) {
        const key = await raw.unwrap(...parameters);
        keys.push(key);
        return key;
      },
    };
    await decrypt({ message: await encrypt({ plaintext: payloadOf(9), keyring, random }), keyring });
    expect(keys.map((key) => Buffer.from(key).toString('hex'))).toEqual(['00'.repeat(32), '00'.repeat(32)]);
  });
});
