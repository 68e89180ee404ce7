import { EnvelopeError, type MessagePlace } from './errors.ts';
import { ByteReader, type Field } from './format/byte-reader.ts';
import { type FrameLayout, readFrames } from './format/frame.ts';
import { type MessageHeader, readHeader } from './format/header.ts';
import { findSuite, IV_BYTES, suiteNumber } from './suites.ts';

/** What can be seen of a message without any key. */
export interface Inspection {
  /** Up to the end of the header, or up to the field that could not be read. */
  readonly fields: readonly InspectedField[];
  /** Undefined where the header is not readable. */
  readonly body: InspectedBody | undefined;
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
  /** The fields of the first frame; the others are like it. */
  readonly firstFrame: readonly InspectedField[];
}

export interface InspectionProblem {
  readonly message: string;
  readonly place: MessagePlace | undefined;
}

/** Never throws: what cannot be read becomes the problem. Nothing is authenticated, since that needs the data key. */
export function inspect(message: Uint8Array): Inspection {
  const reader = new ByteReader(message);
  let body: InspectedBody | undefined;
  let problem: InspectionProblem | undefined;
  try {
    const { header, length } = readHeader(message, reader);
    body = inspectBody(message, length, header);
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    problem = { message: error.message, place: error.place };
  }
  return { fields: reader.fields.map(inspectField), body, problem };
}

function inspectBody(message: Uint8Array, offset: number, { suite, frameLength }: MessageHeader): InspectedBody {
  if (suite.signed) {
    const text = `the frames of suite \`${suiteNumber(suite.id)}\` are followed by a signature, which is not read`;
    throw new EnvelopeError('unsupported', text, 'encrypt with the suite `0x0478`', { field: 'body', offset });
  }
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const frames = readFrames(bytes, offset, frameLength);
  const contentLength = frames.reduce((sum, frame) => sum + frame.contentLength, 0);
  const firstFrame = frames.slice(0, 1).flatMap((frame) => frameFields(bytes, frame).map(inspectField));
  return { offset, length: message.length - offset, frames: frames.length, contentLength, firstFrame };
}

function frameFields(bytes: Buffer, { final, start, contentStart, tagStart, end }: FrameLayout): Field[] {
  const ivEnd = final ? contentStart - 4 : contentStart;
  const ivStart = ivEnd - IV_BYTES;
  const field = (name: string, from: number, to: number) => ({ name, offset: from, bytes: bytes.subarray(from, to) });
  return [
    ...(final ? [field('end mark', start, start + 4)] : []),
    field('sequence number', ivStart - 4, ivStart),
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
  return String(Buffer.from(bytes).readUIntBE(0, bytes.length));
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
  ['content type', { meaning: 'whether the body has frames: 2 means yes', value: number }],
  ['frame length', { meaning: 'bytes of content in every frame but the last', value: number }],
  ['key commitment', { meaning: 'derived from the data key, so that no other data key fits the message' }],
  ['header authentication tag', { meaning: 'shows any change to the fields before it' }],
  ['end mark', { meaning: 'says that this frame is the last one' }],
  ['sequence number', { meaning: 'number of the frame, counted from 1', value: number }],
  ['initialization vector', { meaning: 'the number again, as AES-GCM takes it: never twice under one key' }],
  ['content length', { meaning: 'bytes of content in the last frame', value: number }],
  ['content', { meaning: 'a piece of the payload, encrypted' }],
  ['authentication tag', { meaning: 'shows any change to the content, the number or the message that they belong to' }],
]);
