import { EnvelopeError, GET_ORIGINAL } from '../errors.ts';
import { IV_BYTES, TAG_BYTES } from '../suites.ts';

/**
 * Where the parts of one frame stand in a buffer. A frame is its sequence number, IV, content and tag; the final one has
 * an end mark before its number and the length of its content after its IV.
 */
export interface FrameLayout {
  /** Counted from 1. */
  readonly sequenceNumber: number;
  readonly final: boolean;
  readonly start: number;
  readonly contentStart: number;
  readonly contentLength: number;
  readonly tagStart: number;
  readonly end: number;
}

interface FrameExpectation {
  readonly frameLength: number;
  readonly sequenceNumber: number;
  /** Where the buffer starts in the message; for the places of errors only. */
  readonly base: number;
}

export const MAXIMUM_FRAMES = 0xffffffff;

const END_MARK = 0xffffffff;
const NUMBER_BYTES = 4;
const REGULAR_HEAD_BYTES = NUMBER_BYTES + IV_BYTES;
const FINAL_HEAD_BYTES = NUMBER_BYTES + REGULAR_HEAD_BYTES + NUMBER_BYTES;

/** The bytes that a frame takes. */
function frameBytes(contentLength: number, final: boolean): number {
  return (final ? FINAL_HEAD_BYTES : REGULAR_HEAD_BYTES) + contentLength + TAG_BYTES;
}

/** How many frames a payload takes: the last one is full where the payload fills it exactly. */
export function frameCount(payloadLength: number, frameLength: number): number {
  return Math.max(1, Math.ceil(payloadLength / frameLength));
}

/** The bytes that the whole body takes. */
export function bodyBytes(payloadLength: number, frameLength: number): number {
  const regular = frameCount(payloadLength, frameLength) - 1;
  return regular * frameBytes(frameLength, false) + frameBytes(payloadLength - regular * frameLength, true);
}

/** Writes all of a frame but its content and tag, and says where those go. */
export function writeFrameHead(
  target: Buffer,
  start: number,
  sequenceNumber: number,
  contentLength: number,
  final: boolean,
): FrameLayout {
  let at = start;
  if (final) at = target.writeUInt32BE(END_MARK, at);
  at = target.writeUInt32BE(sequenceNumber, at);
  writeFrameIv(target.subarray(at, at + IV_BYTES), sequenceNumber);
  at += IV_BYTES;
  if (final) at = target.writeUInt32BE(contentLength, at);
  return layout(sequenceNumber, final, start, at, contentLength);
}

/** The sequence number in 12 bytes, big-endian: unique within the message, and the header's is zero. */
export function writeFrameIv(target: Uint8Array, sequenceNumber: number): void {
  target.fill(0);
  new DataView(target.buffer, target.byteOffset, target.byteLength).setUint32(IV_BYTES - NUMBER_BYTES, sequenceNumber);
}

/** Finds one frame after the other, without any key, in buffers that hold as much of the body as there is. */
export class FrameScanner {
  readonly #frameLength: number;
  #found = 0;
  #finished = false;

  constructor(frameLength: number) {
    this.#frameLength = frameLength;
  }

  /** Whether the final frame was found. */
  get finished(): boolean {
    return this.#finished;
  }

  /** How many frames were found. */
  get found(): number {
    return this.#found;
  }

  /**
   * The next frame, which starts at `start`; undefined while `bytes` does not hold all of it. `base` is where `bytes`
   * starts in the message. Throws an EnvelopeError where it is not the frame that must come next.
   */
  next(bytes: Buffer, start: number, base = 0): FrameLayout | undefined {
    const frame = readFrame(bytes, start, { frameLength: this.#frameLength, sequenceNumber: this.#found + 1, base });
    if (!frame) return undefined;
    this.#found = frame.sequenceNumber;
    this.#finished = frame.final;
    return frame;
  }
}

/** All frames of a complete body. Throws an EnvelopeError where one is wrong or missing, or where bytes follow the last. */
export function readFrames(bytes: Buffer, bodyStart: number, frameLength: number): FrameLayout[] {
  const scanner = new FrameScanner(frameLength);
  const frames: FrameLayout[] = [];
  let start = bodyStart;
  while (!scanner.finished) {
    const frame = scanner.next(bytes, start);
    if (!frame) throw truncatedBody(bytes.length, { field: 'frame', offset: start, frame: scanner.found + 1 });
    frames.push(frame);
    start = frame.end;
  }
  if (start < bytes.length) throw trailingBytes(start, bytes.length - start);
  return frames;
}

function readFrame(bytes: Buffer, start: number, expected: FrameExpectation): FrameLayout | undefined {
  if (bytes.length < start + NUMBER_BYTES) return undefined;
  const final = bytes.readUInt32BE(start) === END_MARK;
  const numberStart = final ? start + NUMBER_BYTES : start;
  const contentStart = start + (final ? FINAL_HEAD_BYTES : REGULAR_HEAD_BYTES);
  if (bytes.length < contentStart) return undefined;
  const sequenceNumber = bytes.readUInt32BE(numberStart);
  checkSequence(sequenceNumber, numberStart, expected);
  checkIv(bytes, numberStart + NUMBER_BYTES, expected);
  const contentLength = final ? bytes.readUInt32BE(contentStart - NUMBER_BYTES) : expected.frameLength;
  if (contentLength > expected.frameLength) {
    const place = placeOf('content length', contentStart - NUMBER_BYTES, expected);
    const message = `field \`content length\` of the final frame at byte ${place.offset} is \`${contentLength}\`, more than the frame length \`${expected.frameLength}\``;
    throw new EnvelopeError('malformed', message, GET_ORIGINAL, place);
  }
  const frame = layout(sequenceNumber, final, start, contentStart, contentLength);
  return bytes.length < frame.end ? undefined : frame;
}

function layout(
  sequenceNumber: number,
  final: boolean,
  start: number,
  contentStart: number,
  contentLength: number,
): FrameLayout {
  const tagStart = contentStart + contentLength;
  return { sequenceNumber, final, start, contentStart, contentLength, tagStart, end: tagStart + TAG_BYTES };
}

function checkSequence(found: number, at: number, expected: FrameExpectation): void {
  if (found === expected.sequenceNumber) return;
  const place = placeOf('sequence number', at, expected);
  const message = `field \`sequence number\` at byte ${place.offset} is \`${found}\` where frame ${expected.sequenceNumber} must come: frames were reordered, repeated or left out`;
  throw new EnvelopeError('frame-sequence', message, GET_ORIGINAL, place);
}

function checkIv(bytes: Buffer, at: number, expected: FrameExpectation): void {
  writeFrameIv(expectedIv, expected.sequenceNumber);
  if (expectedIv.compare(bytes, at, at + IV_BYTES) === 0) return;
  const place = placeOf('initialization vector', at, expected);
  const message = `field \`initialization vector\` at byte ${place.offset} is not the number of frame ${expected.sequenceNumber}`;
  throw new EnvelopeError('malformed', message, GET_ORIGINAL, place);
}

const expectedIv = Buffer.alloc(IV_BYTES);

function placeOf(field: string, at: number, { sequenceNumber, base }: FrameExpectation) {
  return { field, offset: base + at, frame: sequenceNumber };
}

function truncatedBody(length: number, place: { field: string; offset: number; frame: number }): EnvelopeError {
  const message = `the message ends after ${length} bytes, in frame ${place.frame} at byte ${place.offset}; no final frame came`;
  return new EnvelopeError('truncated', message, GET_ORIGINAL, place);
}

function trailingBytes(offset: number, count: number): EnvelopeError {
  const message = `${count} ${count === 1 ? 'byte follows' : 'bytes follow'} the final frame, from byte ${offset}`;
  return new EnvelopeError('trailing-bytes', message, GET_ORIGINAL, { field: 'end of message', offset });
}
