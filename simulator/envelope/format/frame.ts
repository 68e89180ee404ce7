import { EnvelopeError, GET_ORIGINAL } from '../errors.ts';
import { IV_BYTES, TAG_BYTES } from '../suites.ts';
import { putUint32 } from './aad.ts';
import type { MessageHeader } from './header.ts';

/**
 * Where the parts of one frame stand in a buffer. A frame is its sequence number, IV, content and tag; the final one has
 * an end mark before its number and the length of its content after its IV. A body without frames is taken as one that
 * is final: its IV, the length of its content in eight bytes, content and tag.
 */
export interface FrameLayout {
  /** Counted from 1. */
  readonly sequenceNumber: number;
  readonly final: boolean;
  readonly start: number;
  readonly ivStart: number;
  readonly contentStart: number;
  readonly contentLength: number;
  readonly tagStart: number;
  readonly end: number;
}

/** What the header says about the body. */
export type BodyForm = Pick<MessageHeader, 'suite' | 'framed' | 'frameLength'>;

/** Sequence numbers have four bytes, and the largest one marks the end. */
export const MAXIMUM_FRAMES = 0xffffffff;
/** How much one key and vector may encrypt with AES-GCM. */
const MAXIMUM_UNFRAMED = 2 ** 36 - 32;

const END_MARK = 0xffffffff;
const NUMBER_BYTES = 4;
const REGULAR_HEAD_BYTES = NUMBER_BYTES + IV_BYTES;
const FINAL_HEAD_BYTES = NUMBER_BYTES + REGULAR_HEAD_BYTES + NUMBER_BYTES;
const UNFRAMED_HEAD_BYTES = IV_BYTES + 2 * NUMBER_BYTES;

/** The bytes that a frame takes. */
export function frameBytes(contentLength: number, final: boolean): number {
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

/** Writes a frame up to its content, and says where that goes; the tag follows it. */
export function writeFrameHead(
  target: Uint8Array,
  start: number,
  sequenceNumber: number,
  contentLength: number,
  final: boolean,
): number {
  let at = start;
  if (final) {
    putUint32(target, at, END_MARK);
    at += NUMBER_BYTES;
  }
  putUint32(target, at, sequenceNumber);
  at += NUMBER_BYTES;
  writeFrameIv(target, at, sequenceNumber);
  at += IV_BYTES;
  if (!final) return at;
  putUint32(target, at, contentLength);
  return at + NUMBER_BYTES;
}

/** The sequence number in 12 bytes, big-endian: unique within the message, and the header's is zero. */
export function writeFrameIv(target: Uint8Array, at: number, sequenceNumber: number): void {
  putUint32(target, at, 0);
  putUint32(target, at + NUMBER_BYTES, 0);
  putUint32(target, at + 2 * NUMBER_BYTES, sequenceNumber);
}

/** Finds one frame after the other, without any key, in buffers that hold as much of the body as there is. */
export class FrameScanner {
  readonly #form: BodyForm;
  readonly #maximum: number;
  #found = 0;
  #finished = false;
  #wanted = 0;

  /** Refuses frames with more content than `maximum`. */
  constructor(form: BodyForm, maximum = Number.POSITIVE_INFINITY) {
    this.#form = form;
    this.#maximum = maximum;
  }

  /** Whether the final frame was found. */
  get finished(): boolean {
    return this.#finished;
  }

  /** How many frames were found. */
  get found(): number {
    return this.#found;
  }

  /** How many bytes the frame that was not complete takes from its start on, as far as it can be known. */
  get wanted(): number {
    return this.#wanted;
  }

  /**
   * The next frame, which starts at `start`; undefined while `bytes` does not hold all of it. `base` is where `bytes`
   * starts in the message. Throws an EnvelopeError where it is not the frame that must come next.
   */
  next(bytes: Buffer, start: number, base = 0): FrameLayout | undefined {
    const frame = this.head(bytes, start, base);
    if (!frame || bytes.length < frame.end) return undefined;
    this.accept(frame);
    return frame;
  }

  /** As {@link next} for a frame whose content may be still to come; {@link accept} goes on to the one after it. */
  head(bytes: Buffer, start: number, base = 0): FrameLayout | undefined {
    const frame = this.#form.framed ? this.#frame(bytes, start, base) : this.#unframed(bytes, start, base);
    if (frame) this.#wanted = frame.end - start;
    return frame;
  }

  accept(frame: FrameLayout): void {
    this.#found = frame.sequenceNumber;
    this.#finished = frame.final;
  }

  #frame(bytes: Buffer, start: number, base: number): FrameLayout | undefined {
    this.#wanted = NUMBER_BYTES;
    if (bytes.length < start + NUMBER_BYTES) return undefined;
    const final = bytes.readUInt32BE(start) === END_MARK;
    const numberStart = final ? start + NUMBER_BYTES : start;
    const ivStart = numberStart + NUMBER_BYTES;
    const contentStart = final ? ivStart + IV_BYTES + NUMBER_BYTES : ivStart + IV_BYTES;
    this.#wanted = contentStart - start;
    if (bytes.length < contentStart) return undefined;
    const number = this.#found + 1;
    if (bytes.readUInt32BE(numberStart) !== number) throw this.#wrongSequence(bytes, numberStart, base);
    // Older programs took vectors at random.
    if (this.#form.suite.version === 2 && !hasFrameIv(bytes, ivStart, number)) throw this.#wrongIv(ivStart, base);
    const { frameLength } = this.#form;
    const contentLength = final ? bytes.readUInt32BE(contentStart - NUMBER_BYTES) : frameLength;
    if (contentLength > frameLength) {
      const place = this.#place('content length', contentStart - NUMBER_BYTES, base);
      const message = `field \`content length\` of the final frame at byte ${place.offset} is \`${contentLength}\`, more than the frame length \`${frameLength}\``;
      throw new EnvelopeError('malformed', message, GET_ORIGINAL, place);
    }
    this.#checkLength(contentLength, start, base);
    return layout(number, final, start, ivStart, contentStart, contentLength);
  }

  #unframed(bytes: Buffer, start: number, base: number): FrameLayout | undefined {
    const contentStart = start + UNFRAMED_HEAD_BYTES;
    this.#wanted = UNFRAMED_HEAD_BYTES;
    if (bytes.length < contentStart) return undefined;
    const lengthStart = start + IV_BYTES;
    const contentLength = bytes.readUInt32BE(lengthStart) * 2 ** 32 + bytes.readUInt32BE(lengthStart + NUMBER_BYTES);
    if (contentLength > MAXIMUM_UNFRAMED) {
      const place = this.#place('content length', lengthStart, base);
      const message = `field \`content length\` at byte ${place.offset} is \`${contentLength}\`, more than AES-GCM encrypts at once`;
      throw new EnvelopeError('malformed', message, GET_ORIGINAL, place);
    }
    this.#checkLength(contentLength, start, base);
    return layout(1, true, start, start, contentStart, contentLength);
  }

  #checkLength(contentLength: number, start: number, base: number): void {
    if (contentLength <= this.#maximum) return;
    const what = this.#form.framed ? `frame ${this.#found + 1}` : 'the body, which has no frames,';
    const message = `${what} has ${contentLength} bytes, which must be held back until its tag is checked, and the limit is ${this.#maximum}`;
    throw new EnvelopeError('limit', message, 'raise the limit, if that much memory may be used', {
      ...this.#place('frame', start, base),
    });
  }

  #wrongSequence(bytes: Buffer, at: number, base: number): EnvelopeError {
    const place = this.#place('sequence number', at, base);
    const message = `field \`sequence number\` at byte ${place.offset} is \`${bytes.readUInt32BE(at)}\` where frame ${place.frame} must come: frames were reordered, repeated or left out`;
    return new EnvelopeError('frame-sequence', message, GET_ORIGINAL, place);
  }

  #wrongIv(at: number, base: number): EnvelopeError {
    const place = this.#place('initialization vector', at, base);
    const message = `field \`initialization vector\` at byte ${place.offset} is not the number of frame ${place.frame}`;
    return new EnvelopeError('malformed', message, GET_ORIGINAL, place);
  }

  #place(field: string, at: number, base: number) {
    return { field, offset: base + at, frame: this.#found + 1 };
  }
}

/** A complete body: its frames, and where the final one ends. Throws an EnvelopeError where one is wrong or missing. */
export function readFrames(bytes: Buffer, bodyStart: number, form: BodyForm): FrameLayout[] {
  const scanner = new FrameScanner(form);
  const frames: FrameLayout[] = [];
  let start = bodyStart;
  while (!scanner.finished) {
    const frame = scanner.next(bytes, start);
    if (!frame) throw truncatedBody(bytes.length, start, scanner.found + 1);
    frames.push(frame);
    start = frame.end;
  }
  return frames;
}

function hasFrameIv(bytes: Buffer, at: number, sequenceNumber: number): boolean {
  return (
    bytes.readUInt32BE(at + 2 * NUMBER_BYTES) === sequenceNumber &&
    bytes.readUInt32BE(at) === 0 &&
    bytes.readUInt32BE(at + NUMBER_BYTES) === 0
  );
}

function layout(
  sequenceNumber: number,
  final: boolean,
  start: number,
  ivStart: number,
  contentStart: number,
  contentLength: number,
): FrameLayout {
  const tagStart = contentStart + contentLength;
  return { sequenceNumber, final, start, ivStart, contentStart, contentLength, tagStart, end: tagStart + TAG_BYTES };
}

/** For a message of `length` bytes, in which the frame that starts at `offset` is not complete. */
export function truncatedBody(length: number, offset: number, frame: number): EnvelopeError {
  const message = `the message ends after ${length} bytes, in frame ${frame} at byte ${offset}; no final frame came`;
  return new EnvelopeError('truncated', message, GET_ORIGINAL, { field: 'frame', offset, frame });
}
