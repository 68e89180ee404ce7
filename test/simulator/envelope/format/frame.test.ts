import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameAad } from '../../../../simulator/envelope/format/aad.ts';
import {
  bodyBytes,
  FrameScanner,
  frameCount,
  readFrames,
  writeFrameHead,
} from '../../../../simulator/envelope/format/frame.ts';
import { SUITE_COMMITTING } from '../../../../simulator/envelope/suites.ts';
import { envelopeFailure } from '../failure.ts';

const FRAME_LENGTH = 4;
const form = { suite: SUITE_COMMITTING, framed: true, frameLength: FRAME_LENGTH };
const TAG = 'ee'.repeat(16);
/** Written by hand from the specification: two frames of four bytes, then a final one of three. */
const first = `00000001${'000000000000000000000001'}61626364${TAG}`;
const second = `00000002${'000000000000000000000002'}65666768${TAG}`;
const final = `ffffffff00000003${'000000000000000000000003'}0000000369 6a6b${TAG}`.replaceAll(' ', '');

function bytesOf(...parts: readonly string[]): Buffer {
  return Buffer.from(parts.join(''), 'hex');
}

const body = bytesOf(first, second, final);

function refusal(bytes: Buffer, start = 0) {
  return envelopeFailure(() => readFrames(bytes, start, form));
}

describe('frames', () => {
  it('are written as the specification says', () => {
    const target = Buffer.alloc(body.length);
    let at = 0;
    for (const [number, content] of [
      [1, 'abcd'],
      [2, 'efgh'],
      [3, 'ijk'],
    ] as const) {
      const contentStart = writeFrameHead(target, at, number, content.length, number === 3);
      at = contentStart + target.write(content, contentStart);
      target.fill(0xee, at, at + 16);
      at += 16;
    }
    expect(target.toString('hex')).toBe(body.toString('hex'));
    expect(at).toBe(bodyBytes(11, FRAME_LENGTH));
  });

  it('are found where they stand', () => {
    const frames = readFrames(Buffer.concat([Buffer.from('head'), body]), 4, form);
    expect(frames).toEqual([
      {
        sequenceNumber: 1,
        final: false,
        start: 4,
        ivStart: 8,
        contentStart: 20,
        contentLength: 4,
        tagStart: 24,
        end: 40,
      },
      {
        sequenceNumber: 2,
        final: false,
        start: 40,
        ivStart: 44,
        contentStart: 56,
        contentLength: 4,
        tagStart: 60,
        end: 76,
      },
      {
        sequenceNumber: 3,
        final: true,
        start: 76,
        ivStart: 84,
        contentStart: 100,
        contentLength: 3,
        tagStart: 103,
        end: 119,
      },
    ]);
  });

  it('are as many as the payload needs, and at least one', () => {
    expect([0, 1, 4, 5, 8, 9].map((length) => frameCount(length, 4))).toEqual([1, 1, 1, 2, 2, 3]);
    expect(bodyBytes(0, 4)).toBe(4 + 4 + 12 + 4 + 16);
    expect(bodyBytes(5, 4)).toBe(4 + 12 + 4 + 16 + 4 + 4 + 12 + 4 + 1 + 16);
  });

  it('authenticate message, kind, number and length', () => {
    const aad = new FrameAad(Buffer.alloc(32, 0xaa));
    const id = 'aa'.repeat(32);
    const regular = Buffer.from('AWSKMSEncryptionClient Frame').toString('hex');
    const last = Buffer.from('AWSKMSEncryptionClient Final Frame').toString('hex');
    expect(Buffer.from(aad.bytes(7, 4096, false)).toString('hex')).toBe(`${id}${regular}000000070000000000001000`);
    expect(Buffer.from(aad.bytes(8, 3, true)).toString('hex')).toBe(`${id}${last}000000080000000000000003`);
  });
});

describe('a body that cannot be', () => {
  it('has its frames in another order, twice, or not all of them', async () => {
    for (const [parts, frame] of [
      [[second, first, final], 1],
      [[first, first, final], 2],
      [[first, final], 2],
    ] as const) {
      const error = await refusal(bytesOf(...parts));
      expect(error).toMatchObject({ code: 'frame-sequence', place: { field: 'sequence number', frame } });
      expect(error.message).toContain(`where frame ${frame} must come`);
    }
  });

  it('has an initialization vector that is not the number', async () => {
    const error = await refusal(bytesOf(first.replace(/^0000000100000000/, '0000000100000001')));
    expect(error).toMatchObject({ code: 'malformed', place: { field: 'initialization vector', offset: 4, frame: 1 } });
  });

  it('has a final frame that is longer than a frame', async () => {
    const long = `ffffffff00000001${'000000000000000000000001'}00000005${'00'.repeat(5)}${TAG}`;
    const error = await refusal(bytesOf(long));
    expect(error).toMatchObject({ code: 'malformed', place: { field: 'content length', offset: 20, frame: 1 } });
  });

  it('ends too early, anywhere', async () => {
    for (let length = 0; length < body.length; length++) {
      const error = await refusal(body.subarray(0, length));
      expect(error.code, `length ${length}`).toBe('truncated');
      expect(error.place?.frame, `length ${length}`).toBe(length < 36 ? 1 : length < 72 ? 2 : 3);
    }
  });

  it('is refused and never crashes, whatever it is', async () => {
    const bytes = fc.uint8Array({ maxLength: 120 }).map((each) => Buffer.from(each));
    await fc.assert(fc.asyncProperty(bytes, async (each) => (await refusal(each)).code !== 'limit'));
  });
});

describe('a scanner', () => {
  it('waits until a frame is complete, and says where it stands in the message', async () => {
    const scanner = new FrameScanner(form);
    for (let length = 0; length < 36; length++) expect(scanner.next(body.subarray(0, length), 0)).toBeUndefined();
    expect(scanner.next(body.subarray(0, 36), 0)).toMatchObject({ sequenceNumber: 1, start: 0, end: 36 });
    expect([scanner.found, scanner.finished]).toEqual([1, false]);
    // The next piece of the message, from byte 136 on, is not the frame that must come.
    const error = await envelopeFailure(() => scanner.next(bytesOf(final), 0, 136));
    expect(error.place).toEqual({ field: 'sequence number', offset: 140, frame: 2 });
    scanner.next(bytesOf(second), 0, 136);
    expect(scanner.next(bytesOf(final), 0, 172)).toMatchObject({ final: true });
    expect([scanner.found, scanner.finished]).toEqual([3, true]);
  });
});
