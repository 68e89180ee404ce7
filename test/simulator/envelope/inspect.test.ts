import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encrypt } from '../../../simulator/envelope/encrypt.ts';
import { type InspectedField, inspect, inspectFile, inspectStream } from '../../../simulator/envelope/inspect.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { writeOlder } from './fixtures/older.ts';
import { piecesOf } from './fixtures/pieces.ts';
import { keyArn, kmsService, payloadOf, rawKeyring } from './fixtures/samples.ts';
import messages from './fixtures/sdk-messages.json' with { type: 'json' };

const random = seededRandom('inspect');
const message = Buffer.from(
  await encrypt({
    plaintext: payloadOf(40),
    keyring: kmsService().keyring,
    random,
    encryptionContext: { tenant: 'blue' },
    frameLength: 16,
  }),
);

function shownOf(fields: readonly InspectedField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

function fixture(written: readonly { readonly message: string }[], index: number): Buffer {
  return Buffer.from(written[index]?.message ?? '', 'base64');
}

/** The bytes that the fields cover, which must be without gaps from `start` on. */
function expectGapless(fields: readonly InspectedField[], start: number, bytes: Buffer): void {
  let at = start;
  for (const { name, offset, length, hex, meaning } of fields) {
    expect(offset, name).toBe(at);
    expect(hex, name).toBe(bytes.subarray(at, at + length).toString('hex'));
    expect(meaning, name).not.toBe(name);
    at += length;
  }
}

describe('an inspection', () => {
  it('shows every byte of the header, and what it says', () => {
    const { fields, body, problem } = inspect(message);
    expect(problem).toBeUndefined();
    expectGapless(fields, 0, message);
    expect(body?.offset).toBe(fields.reduce((sum, { length }) => sum + length, 0));
    expect(shownOf(fields, 'version')).toBe('2');
    expect(shownOf(fields, 'algorithm suite')).toBe('0x0478 AES-256-GCM, HKDF-SHA512, key commitment');
    expect(shownOf(fields, 'context key 1')).toBe('tenant');
    expect(shownOf(fields, 'context value 1 length')).toBe('4');
    expect(shownOf(fields, 'key provider information 1')).toBe(keyArn);
    expect(shownOf(fields, 'frame length')).toBe('16');
    expect(shownOf(fields, 'message id')).toBeUndefined();
  });

  it('shows how much the body holds, and its first frame', () => {
    const { body } = inspect(message);
    expect(body).toMatchObject({ frames: 3, contentLength: 40 });
    expect((body?.offset ?? 0) + (body?.length ?? 0)).toBe(message.length);
    const names = ['sequence number', 'initialization vector', 'content', 'authentication tag'];
    expect(body?.firstFrame.map(({ name }) => name)).toEqual(names);
    expectGapless(body?.firstFrame ?? [], body?.offset ?? 0, message);
  });

  it('shows all of an only frame', async () => {
    const short = Buffer.from(await encrypt({ plaintext: payloadOf(3), keyring: rawKeyring(random), random }));
    const { fields, body } = inspect(short);
    expect(body?.firstFrame.map(({ name, value }) => [name, value])).toEqual([
      ['end mark', undefined],
      ['sequence number', '1'],
      ['initialization vector', undefined],
      ['content length', '3'],
      ['content', undefined],
      ['authentication tag', undefined],
    ]);
    expectGapless(body?.firstFrame ?? [], body?.offset ?? 0, short);
    // The name of a raw key is followed by binary numbers.
    expect(shownOf(fields, 'key provider information 1')).toBeUndefined();
  });

  it('shows what can be read of a broken message, and where it breaks', () => {
    const cut = inspect(message.subarray(0, 44));
    expect(cut.fields.at(-1)?.name).toBe('context key 1 length');
    expect(cut).toMatchObject({ body: undefined, problem: { place: { field: 'context key 1', offset: 41 } } });
    const withoutEnd = inspect(message.subarray(0, -1));
    expect(withoutEnd.fields.at(-1)?.name).toBe('header authentication tag');
    expect(withoutEnd.problem?.place).toMatchObject({ frame: 3 });
  });

  it('shows the signature of a signed message', () => {
    const signed = fixture(messages.signedBySdk, 2);
    const { fields, body, footer, problem } = inspect(signed);
    expect(problem).toBeUndefined();
    expect(shownOf(fields, 'algorithm suite')).toContain('ECDSA P-384');
    expect(body).toMatchObject({ frames: 1, contentLength: 63 });
    expect(footer.map(({ name }) => name)).toEqual(['signature length', 'signature']);
    expectGapless(footer, (body?.offset ?? 0) + (body?.length ?? 0), signed);
    expect(inspect(signed.subarray(0, -1)).problem?.message).toContain('in its signature');
    expect(inspect(Buffer.concat([signed, Buffer.from('x')])).problem?.message).toContain(
      '1 byte follows the signature',
    );
  });

  it('shows messages of version 1, and bodies without frames', () => {
    const old = fixture(messages.versionOneBySdk, 0);
    const { fields, body } = inspect(old);
    expectGapless(fields, 0, old);
    expect(shownOf(fields, 'type')).toBe('128');
    expect(shownOf(fields, 'vector length')).toBe('12');
    expect(body).toMatchObject({ frames: 3, contentLength: 129 });
    const whole = writeOlder({ suiteId: 0x0014, plaintext: payloadOf(9), framed: false });
    const unframed = inspect(whole);
    expect(shownOf(unframed.fields, 'content type')).toBe('1');
    const names = ['initialization vector', 'content length', 'content', 'authentication tag'];
    expect(unframed.body?.firstFrame.map(({ name }) => name)).toEqual(names);
    expectGapless(unframed.body?.firstFrame ?? [], unframed.body?.offset ?? 0, whole);
  });

  it('is the same however the message comes in pieces', async () => {
    const signed = fixture(messages.signedBySdk, 2);
    for (const each of [message, message.subarray(0, -1), signed, message.subarray(0, 44)]) {
      for (const size of [1, 7, 100]) expect(await inspectStream(piecesOf(each, size))).toEqual(inspect(each));
    }
  });

  it('lists the first frames and the last one, also where the body is cut short', async () => {
    const keyring = rawKeyring(random);
    const long = Buffer.from(await encrypt({ plaintext: payloadOf(200), keyring, random, frameLength: 16 }));
    const { frames, body } = inspect(long);
    expect(frames.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 13]);
    const regular = 4 + 12 + 16 + 16;
    const start = body?.offset ?? 0;
    expect(frames[1]).toEqual({ number: 2, offset: start + regular, length: regular, contentLength: 16, final: false });
    // Eight bytes less of content, and four each for the mark of the end and for the length.
    const last = { offset: start + 12 * regular, length: regular, contentLength: 8, final: true };
    expect(frames.at(-1)).toEqual({ number: 13, ...last });
    expect(last.offset + last.length).toBe(long.length);
    const cut = inspect(long.subarray(0, start + 2 * regular + 30));
    expect(cut.frames.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(cut.body).toBeUndefined();
  });

  it('keeps little of what follows a message, and of a header without end', async () => {
    const zeros = new Uint8Array(2 ** 20);
    function* followed(start: Uint8Array) {
      yield start;
      for (let count = 0; count < 300; count++) yield zeros;
    }
    const before = process.memoryUsage().arrayBuffers;
    const after = await inspectStream(followed(message));
    expect(after.problem?.message).toBe(`${300 * 2 ** 20} bytes follow the final frame, from byte ${message.length}`);
    // As many data keys as there can be, each without a name and with 65,535 bytes.
    const start = Buffer.from(message.subarray(0, 3 + 32 + 2 + 2));
    start.writeUInt16BE(0, 35);
    start.writeUInt16BE(0xffff, 37);
    const key = Buffer.alloc(2 + 2 + 2 + 0xffff);
    key.writeUInt16BE(0xffff, 4);
    function* endless() {
      yield start;
      for (let count = 0; count < 300; count++) yield key;
    }
    const { problem, header } = await inspectStream(endless());
    expect([header, problem?.message]).toEqual([undefined, expect.stringContaining('more than the 4194304 bytes')]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 2 ** 20);
  });

  it('never throws', () => {
    const noise = fc.uint8Array({ maxLength: 300 });
    const changed = fc.tuple(fc.nat(message.length - 1), fc.nat(255)).map(([at, value]) => {
      const bytes = Buffer.from(message);
      bytes[at] = value;
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(noise, changed), (bytes) => {
        const { body, problem } = inspect(bytes);
        expect(body === undefined && problem === undefined).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a file', () => {
  const file = (text: string, size = 7) => inspectFile(piecesOf(Buffer.from(text), size));
  const wanted = inspect(message);
  const text = message.toString('base64');

  it.each([
    ['base64', text],
    ['base64 for URLs, without padding', message.toString('base64url')],
    ['base64 in lines, with a mark and a line end', `\uFEFF\r\n${text.replace(/.{64}/g, '$&\r\n')}\n`],
  ])('may have the message as %s', async (_, written) => {
    for (const size of [1, 7, 1000]) {
      const { isBase64, inspection, bytes } = await file(written, size);
      expect([isBase64, inspection]).toEqual([true, wanted]);
      expect(bytes).toBe(Buffer.byteLength(written));
    }
  });

  it('has messages of every kind as base64', async () => {
    for (const each of [...messages.versionOneBySdk, ...messages.signedBySdk]) {
      const { isBase64, inspection } = await file(each.message, 50);
      expect([isBase64, inspection.problem]).toEqual([true, undefined]);
    }
  });

  it('has the message as bytes', async () => {
    const { isBase64, inspection, bytes } = await inspectFile(piecesOf(message, 7));
    expect([isBase64, inspection, bytes]).toEqual([false, wanted, message.length]);
  });

  it.each([
    ['in another place than text', `${text.slice(0, 40)}*${text.slice(41)}`, 'byte 40'],
    ['after the padding', `${text.slice(0, 40)}==\n${text}`, 'byte 43'],
  ])('is told where it stops being base64: %s', async (_, written, place) => {
    for (const size of [1, 7, 1000]) expect((await file(written, size)).inspection.problem?.message).toContain(place);
  });

  it.each(['', 'x', 'Dear Ana', 'AgR', 'AYE is no message'])('may be something else: %j', async (written) => {
    const { isBase64, inspection } = await file(written);
    expect([isBase64, inspection.problem?.place?.field]).toEqual([false, 'version']);
  });
});
