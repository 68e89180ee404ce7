import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MessageHeader, readHeader, serializeHeader } from '../../../../simulator/envelope/format/header.ts';
import { findSuite, SUITE_COMMITTING } from '../../../../simulator/envelope/suites.ts';
import { envelopeFailure } from '../failure.ts';

const suite = SUITE_COMMITTING;
const messageId = Buffer.alloc(32, 0xaa);
const commitment = Buffer.alloc(32, 0xcc);
const tag = Buffer.alloc(16, 0xdd);

const header: MessageHeader = {
  suite,
  messageId,
  encryptionContext: { b: 'é', a: '' },
  encryptedDataKeys: [
    { providerId: 'aws-kms', providerInfo: Buffer.from('arn'), ciphertext: Buffer.from([1, 2, 3, 4]) },
    { providerId: 'raw', providerInfo: Buffer.from([0xff]), ciphertext: Buffer.from([5]) },
  ],
  framed: true,
  frameLength: 4096,
  commitment,
};

/** Written by hand from the specification of message format version 2. */
const fields: readonly (readonly [name: string, hex: string])[] = [
  ['version', '02'],
  ['algorithm suite', '0478'],
  ['message id', 'aa'.repeat(32)],
  ['encryption context length', '000e'],
  ['encryption context pairs', '0002'],
  ['context key 1 length', '0001'],
  ['context key 1', '61'],
  ['context value 1 length', '0000'],
  ['context value 1', ''],
  ['context key 2 length', '0001'],
  ['context key 2', '62'],
  ['context value 2 length', '0002'],
  ['context value 2', 'c3a9'],
  ['encrypted data keys', '0002'],
  ['key provider id 1 length', '0007'],
  ['key provider id 1', '6177732d6b6d73'],
  ['key provider information 1 length', '0003'],
  ['key provider information 1', '61726e'],
  ['encrypted data key 1 length', '0004'],
  ['encrypted data key 1', '01020304'],
  ['key provider id 2 length', '0003'],
  ['key provider id 2', '726177'],
  ['key provider information 2 length', '0001'],
  ['key provider information 2', 'ff'],
  ['encrypted data key 2 length', '0001'],
  ['encrypted data key 2', '05'],
  ['content type', '02'],
  ['frame length', '00001000'],
  ['key commitment', 'cc'.repeat(32)],
];

const written = Buffer.from(fields.map(([, hex]) => hex).join(''), 'hex');

/** The header with some of its fields replaced. */
function changed(changes: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat([Buffer.from(fields.map(([name, hex]) => changes[name] ?? hex).join(''), 'hex'), tag]);
}

/** What is written leaves room for the tag. */
function withoutTag(each: MessageHeader): Buffer {
  return serializeHeader(each).subarray(0, -tag.length);
}

function offsetOf(field: string): number {
  const before = fields.slice(
    0,
    fields.findIndex(([name]) => name === field),
  );
  return before.reduce((sum, [, hex]) => sum + hex.length / 2, 0);
}

describe('the header', () => {
  it('is written field by field', () => {
    expect(withoutTag(header).toString('hex')).toBe(written.toString('hex'));
  });

  it('is read field by field, wherever the body starts', () => {
    const read = readHeader(Buffer.concat([written, tag, Buffer.from('body')]));
    expect(read.header).toEqual(header);
    expect(read.authenticated).toEqual(written);
    expect(read.tag).toEqual(tag);
    expect(read.length).toBe(written.length + 16);
    expect(read.fields().map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')])).toEqual([
      ...fields,
      ['header authentication tag', 'dd'.repeat(16)],
    ]);
    for (const { name, offset } of read.fields().slice(0, -1)) expect([name, offset]).toEqual([name, offsetOf(name)]);
  });

  it('has an empty section for no encryption context', () => {
    const bare = { ...header, encryptionContext: {} };
    const bytes = withoutTag(bare);
    expect(bytes.subarray(35, 39).toString('hex')).toBe('00000002');
    expect(readHeader(Buffer.concat([bytes, tag])).header).toEqual(bare);
  });

  it('comes back as it was written, whatever is in it', () => {
    const bytes = (length: number) =>
      fc.uint8Array({ minLength: length, maxLength: length }).map((each) => Buffer.from(each));
    const some = fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each));
    const text = fc.string({ unit: 'grapheme', maxLength: 8 });
    const any: fc.Arbitrary<MessageHeader> = fc.record({
      suite: fc.constantFrom(0x0478, 0x0578).map((id) => findSuite(id) ?? suite),
      messageId: bytes(32),
      encryptionContext: fc.dictionary(text, text, { maxKeys: 5, noNullPrototype: true }),
      encryptedDataKeys: fc.array(fc.record({ providerId: text, providerInfo: some, ciphertext: some }), {
        minLength: 1,
        maxLength: 4,
      }),
      framed: fc.constant(true),
      frameLength: fc.integer({ min: 1, max: 0xffffffff }),
      commitment: bytes(32),
    });
    fc.assert(
      fc.property(any, (each) => {
        expect(readHeader(Buffer.concat([withoutTag(each), tag])).header).toEqual(each);
      }),
    );
  });
});

describe('a header that cannot be', () => {
  it.each([
    ['version', { version: '00' }, 'malformed'],
    ['version', { version: '41' }, 'malformed'],
    ['algorithm suite', { 'algorithm suite': '0178' }, 'unsupported'],
    ['encryption context length', { 'encryption context length': '000d' }, 'malformed'],
    ['encryption context length', { 'encryption context length': '000f' }, 'malformed'],
    ['encryption context pairs', { 'encryption context pairs': '0000' }, 'malformed'],
    ['context key 1', { 'context key 1': 'ff' }, 'malformed'],
    ['context value 2', { 'context value 2': 'c3c3' }, 'malformed'],
    ['encrypted data keys', { 'encrypted data keys': '0000' }, 'malformed'],
    ['key provider id 1', { 'key provider id 1': 'ff77732d6b6d73' }, 'malformed'],
    ['frame length', { 'content type': '01' }, 'malformed'],
    ['content type', { 'content type': '03' }, 'malformed'],
    ['frame length', { 'frame length': '00000000' }, 'malformed'],
  ])('is refused at the field `%s`: %j', async (field, change, code) => {
    const error = await envelopeFailure(() => readHeader(changed(change)));
    expect(error).toMatchObject({ code, place: { field, offset: offsetOf(field) } });
    expect(error.message).toContain(`field \`${field}\` at byte ${offsetOf(field)} `);
    expect(error.message).toMatch(/^[a-z].*[^.]$/);
    expect(error.remedy).toMatch(/^[a-z].*[^.]$/);
  });

  it('is refused where two pairs have one key', async () => {
    const error = await envelopeFailure(() => readHeader(changed({ 'context key 2': '61' })));
    expect(error).toMatchObject({ code: 'malformed', place: { field: 'context key 2' } });
    expect(error.message).toContain('repeats the key `a`');
  });

  it('is recognised as base64', async () => {
    const error = await envelopeFailure(() => readHeader(Buffer.from(written.toString('base64'))));
    expect(error.message).toContain('base64');
  });

  it('is refused wherever it ends too early', async () => {
    const whole = Buffer.concat([written, tag]);
    for (let length = 0; length < whole.length; length++) {
      const error = await envelopeFailure(() => readHeader(whole.subarray(0, length)));
      expect(error.code, `length ${length}`).toBe('truncated');
      expect(error.place?.offset, `length ${length}`).toBeLessThanOrEqual(length);
    }
  });
});

describe('what the header cannot hold', () => {
  const dataKey = { providerId: 'raw', providerInfo: Buffer.alloc(0), ciphertext: Buffer.alloc(0) };

  it.each<[string, Partial<MessageHeader>]>([
    ['no encrypted data keys', { encryptedDataKeys: [] }],
    ['65,536 encrypted data keys', { encryptedDataKeys: Array.from({ length: 65_536 }, () => dataKey) }],
    ['a part of 65,536 bytes', { encryptedDataKeys: [{ ...dataKey, ciphertext: Buffer.alloc(65_536) }] }],
    ['a context of 65,536 bytes', { encryptionContext: { k: 'v'.repeat(65_536 - 2 - 4 - 1) } }],
    ['no frame length', { frameLength: 0 }],
    ['a fraction', { frameLength: 1.5 }],
    ['a longer frame length', { frameLength: 2 ** 32 }],
  ])('%s', async (_, change) => {
    expect(await envelopeFailure(() => serializeHeader({ ...header, ...change }))).toMatchObject({ code: 'limit' });
  });

  it('but it holds 65,535 bytes of context', () => {
    const encryptionContext = { k: 'v'.repeat(65_535 - 2 - 4 - 1) };
    const bytes = Buffer.concat([withoutTag({ ...header, encryptionContext }), tag]);
    expect(readHeader(bytes).header.encryptionContext).toEqual(encryptionContext);
  });
});
