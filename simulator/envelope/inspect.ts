import { decoded } from './base64.ts';
import { Counted, type Measured } from './counted.ts';
import type { Pieces } from './encrypt.ts';
import { EnvelopeError, GET_ORIGINAL, type MessagePlace } from './errors.ts';
import { ByteReader, type Field } from './format/byte-reader.ts';
import { readFooter, trailingBytes, truncatedFooter } from './format/footer.ts';
import { type FrameLayout, FrameScanner, truncatedBody } from './format/frame.ts';
import { type MessageHeader, type ReadHeader, readHeader } from './format/header.ts';
import { GrowingBuffer } from './growing.ts';
import { findSuite, IV_BYTES, suiteNumber } from './suites.ts';

/** What can be seen of a message without any key. */
export interface Inspection {
  /** Up to the end of the header, or up to the field that could not be read. */
  readonly fields: readonly InspectedField[];
  /** Undefined where it is not readable. */
  readonly header: MessageHeader | undefined;
  /** Undefined where it is not complete. */
  readonly body: InspectedBody | undefined;
  /** The first frames and the last one, also of a body that is not complete, whose last frame may be cut short. */
  readonly frames: readonly InspectedFrame[];
  /** The signature, for messages that have one. */
  readonly footer: readonly InspectedField[];
  /** Why the message cannot be read further. */
  readonly problem: InspectionProblem | undefined;
}

export interface InspectedField {
  readonly name: string;
  /** In bytes from the start of the message. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
  /** What the field is for. */
  readonly meaning: string;
  readonly hex: string;
  /** The number or text that the bytes stand for; undefined where they stand for themselves. */
  readonly value: string | undefined;
}

export interface InspectedBody {
  readonly offset: number;
  readonly length: number;
  /** How many frames it has. */
  readonly frames: number;
  /** What the frames hold together, which is the size of the payload. */
  readonly contentLength: number;
  /** The fields of the first frame, the others are like it; empty where it has more than a megabyte. */
  readonly firstFrame: readonly InspectedField[];
}

export interface InspectedFrame {
  /** Counted from 1. */
  readonly number: number;
  readonly offset: number;
  /** With its number, vector and tag. */
  readonly length: number;
  readonly contentLength: number;
  /** Whether it has the mark of the end. */
  readonly final: boolean;
}

export interface InspectionProblem {
  readonly message: string;
  readonly place: MessagePlace | undefined;
}

/** Never throws: what cannot be read becomes the problem. Nothing is authenticated, since that needs the data key. */
export function inspect(message: Uint8Array): Inspection {
  const inspector = new MessageInspector();
  inspector.push(message);
  return inspector.end();
}

/** The same for a message in pieces, of which no more is kept than is told. Rejects with what the source rejects with. */
export async function inspectStream(source: Pieces): Promise<Inspection> {
  const inspector = new MessageInspector();
  for await (const piece of source) inspector.push(piece);
  return inspector.end();
}

/** A message as it is stored, also as base64, of any size. */
export interface InspectedFile extends Measured {
  /** Offsets are those in the message, not those in the text. */
  readonly isBase64: boolean;
  readonly inspection: Inspection;
}

/** As {@link inspectStream}, for what a person has. */
export async function inspectFile(source: Pieces): Promise<InspectedFile> {
  const inspector = new MessageInspector();
  const count = new Counted();
  let isBase64 = false;
  const message = decoded(count.through(source), () => {
    isBase64 = true;
  });
  let problem: InspectionProblem | undefined;
  try {
    for await (const piece of message) inspector.push(piece);
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    problem = error;
  }
  const inspection = inspector.end();
  return { ...count.result(), isBase64, inspection: problem ? { ...inspection, problem: only(problem) } : inspection };
}

const only = ({ message, place }: InspectionProblem): InspectionProblem => ({ message, place });

const FIRST_FRAME_SHOWN = 1024 * 1024;
const FRAMES_LISTED = 8;
/** Of a header, which must be in memory: far more than any program writes. */
const LONGEST_HEADER = 4 * 1024 * 1024;
/** The signature, whose length has two bytes. */
const LONGEST_FOOTER = 2 + 0xffff;

/** Takes a message piece by piece and keeps no more of it than is told. */
export class MessageInspector {
  /** What is not complete yet: the header, the start of a frame, the signature. */
  readonly #rest = new GrowingBuffer();
  readonly #first = new GrowingBuffer();
  #read: ReadHeader | undefined;
  #scanner: FrameScanner | undefined;
  #fields: readonly Field[] = [];
  #footer: readonly Field[] = [];
  #firstFrame: FrameLayout | undefined;
  readonly #listed: InspectedFrame[] = [];
  #last: InspectedFrame | undefined;
  #error: EnvelopeError | undefined;
  #wanted = 1;
  /** Where the next part of the body, or the signature, starts in the message. */
  #offset = 0;
  #frameStart = 0;
  #contentLength = 0;
  /** How many bytes of the frame are still to come. */
  #skipped = 0;
  /** How many bytes follow the body. */
  #after = 0;

  push(bytes: Uint8Array): void {
    if (this.#error) return;
    this.#attempt(() => {
      if (this.#read) return this.#body(bytes);
      this.#rest.append(bytes);
      if (this.#rest.length >= this.#wanted) this.#header(false);
    });
  }

  end(): Inspection {
    this.#attempt(() => {
      if (!this.#read) this.#header(true);
      if (!this.#scanner?.finished || this.#skipped > 0) {
        const { found = 0 } = this.#scanner ?? {};
        const started = this.#skipped > 0;
        const start = started ? this.#frameStart : this.#offset;
        throw truncatedBody(this.#offset + this.#rest.length, start, started ? found : found + 1);
      }
      if (this.#read?.header.suite.signature) this.#signature();
      else if (this.#after > 0) throw trailingBytes(this.#offset, this.#after);
    });
    const problem = this.#error && only(this.#error);
    const body = this.#scanner?.finished && this.#skipped === 0 ? this.#inspectedBody(this.#scanner.found) : undefined;
    const fields = this.#fields.map(inspectField);
    const frames = [...this.#listed, ...(this.#last ? [this.#last] : [])];
    return { fields, header: this.#read?.header, body, frames, footer: this.#footer.map(inspectField), problem };
  }

  #attempt(act: () => void): void {
    if (this.#error) return;
    try {
      act();
    } catch (error) {
      if (!(error instanceof EnvelopeError)) throw error;
      this.#error = error;
    }
  }

  #header(isAll: boolean): void {
    const bytes = this.#rest.content;
    const reader = new ByteReader(bytes);
    try {
      this.#read = readHeader(bytes, reader);
    } catch (error) {
      if (isAll || !(error instanceof EnvelopeError) || error.code !== 'truncated') {
        this.#fields = reader.fields;
        throw error;
      }
      this.#wanted = reader.wanted;
      if (this.#wanted <= LONGEST_HEADER) return;
      this.#fields = reader.fields;
      const message = `the header has more than the ${LONGEST_HEADER} bytes that are looked at`;
      throw new EnvelopeError('limit', message, GET_ORIGINAL);
    }
    const { header, length, fields } = this.#read;
    this.#fields = fields().map((field) => ({ ...field, bytes: Buffer.from(field.bytes) }));
    this.#scanner = new FrameScanner(header);
    this.#offset = length;
    const rest = Buffer.from(bytes.subarray(length));
    this.#rest.clear();
    this.#body(rest);
  }

  #body(bytes: Uint8Array): void {
    const scanner = this.#scanner;
    let at = 0;
    while (scanner && at < bytes.length) {
      if (this.#skipped > 0) {
        const part = bytes.subarray(at, at + this.#skipped);
        if (scanner.found === 1 && this.#firstFrame) this.#first.append(part);
        this.#skipped -= part.length;
        this.#offset += part.length;
        at += part.length;
      } else if (scanner.finished) {
        this.#after += bytes.length - at;
        this.#rest.append(bytes.subarray(at, at + LONGEST_FOOTER - this.#rest.length));
        return;
      } else {
        const wanted = this.#headBytesWanted(scanner);
        const part = bytes.subarray(at, at + wanted - this.#rest.length);
        this.#rest.append(part);
        at += part.length;
        this.#frameHead(scanner);
      }
    }
  }

  #headBytesWanted(scanner: FrameScanner): number {
    return this.#rest.length === 0 ? 4 : Math.max(scanner.wanted, this.#rest.length + 1);
  }

  #frameHead(scanner: FrameScanner): void {
    const bytes = this.#rest.content;
    const frame = scanner.head(bytes, 0, this.#offset);
    if (!frame) return;
    scanner.accept(frame);
    if (scanner.found === 1 && frame.end <= FIRST_FRAME_SHOWN) {
      this.#firstFrame = frame;
      this.#first.append(bytes);
    }
    this.#list(frame);
    this.#contentLength += frame.contentLength;
    this.#frameStart = this.#offset;
    this.#skipped = frame.end - bytes.length;
    this.#offset += bytes.length;
    this.#rest.clear();
  }

  #list({ sequenceNumber, end, contentLength, final }: FrameLayout): void {
    const frame = { number: sequenceNumber, offset: this.#offset, length: end, contentLength, final };
    if (this.#listed.length < FRAMES_LISTED) this.#listed.push(frame);
    else this.#last = frame;
  }

  #signature(): void {
    const bytes = this.#rest.content;
    const footer = readFooter(bytes, 0);
    if (!footer) throw truncatedFooter(this.#offset + bytes.length, this.#offset);
    const extra = this.#after - footer.end;
    if (extra > 0) throw trailingBytes(this.#offset + footer.end, extra, 'signature');
    this.#footer = [
      { name: 'signature length', offset: this.#offset, bytes: bytes.subarray(0, 2) },
      { name: 'signature', offset: this.#offset + 2, bytes: footer.signature },
    ];
  }

  #inspectedBody(frames: number): InspectedBody {
    const offset = this.#read?.length ?? 0;
    const frame = this.#firstFrame;
    const framed = this.#read?.header.framed ?? true;
    const fields = frame ? frameFields(this.#first.content, frame, framed) : [];
    const firstFrame = fields.map((field) => inspectField({ ...field, offset: offset + field.offset }));
    return { offset, length: this.#offset - offset, frames, contentLength: this.#contentLength, firstFrame };
  }
}

function frameFields(bytes: Buffer, frame: FrameLayout, framed: boolean): Field[] {
  const { final, start, ivStart, contentStart, tagStart, end } = frame;
  const ivEnd = ivStart + IV_BYTES;
  const field = (name: string, from: number, to: number) => ({ name, offset: from, bytes: bytes.subarray(from, to) });
  return [
    ...(final && framed ? [field('end mark', start, start + 4)] : []),
    ...(framed ? [field('sequence number', ivStart - 4, ivStart)] : []),
    field('initialization vector', ivStart, ivEnd),
    ...(final ? [field('content length', ivEnd, contentStart)] : []),
    field('content', contentStart, tagStart),
    field('authentication tag', tagStart, end),
  ];
}

function inspectField({ name, offset, bytes }: Field): InspectedField {
  const about = describe(name);
  const hex = Buffer.from(bytes).toString('hex');
  return { name, offset, length: bytes.length, meaning: about.meaning, hex, value: about.value?.(bytes) };
}

interface Description {
  readonly meaning: string;
  readonly value?: (bytes: Uint8Array) => string | undefined;
}

/** Fields that come several times end with their number. */
function describe(name: string): Description {
  const isLength = name.endsWith(' length') && !DESCRIPTIONS.has(name);
  const plain = isLength ? name.slice(0, -' length'.length) : name;
  const described = DESCRIPTIONS.get(plain.replace(/ \d+$/, '')) ?? { meaning: plain };
  return isLength ? { meaning: `length of \`${plain}\` in bytes`, value: number } : described;
}

function number(bytes: Uint8Array): string {
  return String(BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** Provider information is the ARN for KMS, and for raw keys text with binary numbers, which is better read as hex. */
function printableText(bytes: Uint8Array): string | undefined {
  const written = text(bytes);
  return /^[\x20-\x7e]+$/.test(written) ? written : undefined;
}

function suiteName(bytes: Uint8Array): string {
  const id = Buffer.from(bytes).readUInt16BE();
  return `${suiteNumber(id)} ${findSuite(id)?.name ?? 'unknown'}`;
}

const DESCRIPTIONS: ReadonlyMap<string, Description> = new Map<string, Description>([
  ['version', { meaning: 'version of the message format', value: number }],
  ['type', { meaning: 'kind of message: 128 means encrypted data of a customer', value: number }],
  ['algorithm suite', { meaning: 'how the keys are derived and the content is encrypted', value: suiteName }],
  ['message id', { meaning: 'random, different for every message; the salt of the key derivation' }],
  ['encryption context length', { meaning: 'bytes of the encryption context', value: number }],
  ['encryption context pairs', { meaning: 'number of pairs in the encryption context', value: number }],
  ['context key', { meaning: 'key of a pair of the encryption context, in the clear', value: text }],
  ['context value', { meaning: 'value of that pair, in the clear', value: text }],
  ['encrypted data keys', { meaning: 'number of encrypted data keys', value: number }],
  ['key provider id', { meaning: 'who encrypted the data key', value: text }],
  ['key provider information', { meaning: 'which key it was encrypted under', value: printableText }],
  ['encrypted data key', { meaning: 'the data key, encrypted under that key' }],
  ['content type', { meaning: 'whether the body has frames: 2 means yes, 1 means no', value: number }],
  ['reserved', { meaning: 'nothing: zeros' }],
  ['vector length', { meaning: 'bytes of the initialization vectors', value: number }],
  ['frame length', { meaning: 'bytes of content in every frame but the last; 0 where there are none', value: number }],
  ['key commitment', { meaning: 'derived from the data key, so that no other data key fits the message' }],
  ['header initialization vector', { meaning: 'what the tag of the header is made with: zeros' }],
  ['header authentication tag', { meaning: 'shows any change to the fields before it' }],
  ['end mark', { meaning: 'says that this frame is the last one' }],
  ['sequence number', { meaning: 'number of the frame, counted from 1', value: number }],
  ['initialization vector', { meaning: 'the number again, as AES-GCM takes it: never twice under one key' }],
  ['content length', { meaning: 'bytes of content in the last frame', value: number }],
  ['content', { meaning: 'a piece of the payload, encrypted' }],
  ['authentication tag', { meaning: 'shows any change to the content, the number or the message that they belong to' }],
  [
    'signature',
    { meaning: 'ECDSA over the whole message, by the key pair whose public key the encryption context has' },
  ],
]);
