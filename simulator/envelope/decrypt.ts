import { createDecipheriv, timingSafeEqual } from 'node:crypto';
import type { EncryptionContext } from '../kms/encryption-context.ts';
import type { CommitmentPolicy } from './commitment-policy.ts';
import type { Pieces } from './encrypt.ts';
import { EnvelopeError, GET_ORIGINAL } from './errors.ts';
import { ByteReader } from './format/byte-reader.ts';
import { readFooter, trailingBytes, truncatedFooter } from './format/footer.ts';
import { type FrameLayout, FrameScanner, readFrames, truncatedBody } from './format/frame.ts';
import { type MessageHeader, type ReadHeader, readHeader } from './format/header.ts';
import { FrameReader } from './frame-reader.ts';
import { GrowingBuffer } from './growing.ts';
import { type DerivedKeys, deriveKeys } from './key-derivation.ts';
import type { Keyring } from './keyring.ts';
import { checkSignatureKey, type MaterialsManager } from './materials.ts';
import { PUBLIC_KEY, SignatureCheck } from './signature.ts';
import { suiteNumber, TAG_BYTES } from './suites.ts';

export interface DecryptionSettings {
  readonly keyring: Keyring | MaterialsManager;
  /** Pairs that the message must have been encrypted with. It may have others. */
  readonly encryptionContext?: EncryptionContext;
  /** As in the AWS Encryption SDK; where left out, a message without key commitment, of version 1, is refused. */
  readonly commitmentPolicy?: CommitmentPolicy;
  readonly maximumDataKeys?: number;
}

export interface DecryptOptions extends DecryptionSettings {
  readonly message: Uint8Array;
}

export interface DecryptStreamOptions extends DecryptionSettings {
  /**
   * A signature stands at the end of a message and vouches for all of it. `hold`, where left out, gives out nothing
   * before it was checked; `release` gives out each frame once its tag was checked, all but what is left when the
   * signature comes, so that whoever takes the pieces must undo everything when the stream fails; `refuse` takes only
   * messages without a signature, as decryptUnsignedMessageStream of the AWS Encryption SDK does.
   */
  readonly signed?: 'hold' | 'release' | 'refuse';
  /** How many bytes may be held back until they can be given out: of a frame, a body without frames, a signed message. */
  readonly maximumHeld?: number;
  readonly onHeader?: (header: MessageHeader) => void;
}

export const DEFAULT_MAXIMUM_HELD = 64 * 1024 * 1024;

export interface DecryptedMessage {
  readonly plaintext: Uint8Array;
  readonly header: MessageHeader;
  readonly frames: number;
}

/**
 * Reads a message that {@link encrypt} or the AWS Encryption SDK wrote. Nothing is returned unless all of it is
 * authentic. Rejects with an EnvelopeError, or with what the keyring rejects with.
 */
export async function decrypt(options: DecryptOptions): Promise<DecryptedMessage> {
  const { message } = options;
  const read = readHeader(message, undefined, options.maximumDataKeys);
  const keys = await keysOf(read, options);
  return { ...openMessage(read, message, keys), header: read.header };
}

/**
 * The payload, piece by piece. Each piece is valid until the next one is asked for, and no byte of a frame is given out
 * before the frame is authentic. The stream ends well only if the whole message is: what it gave before is good in its
 * place, but may be cut short. Memory goes with the frame length, not with the size of the message.
 */
export async function* decryptStream(
  source: Pieces,
  options: DecryptStreamOptions,
): AsyncGenerator<Buffer, { readonly frames: number }, void> {
  const { signed = 'hold', maximumHeld = DEFAULT_MAXIMUM_HELD } = options;
  const pieces = toIterator(source);
  try {
    const rest = new GrowingBuffer();
    const read = await streamedHeader(pieces, rest, options);
    const body = new StreamedBody(read, await keysOf(read, options), maximumHeld);
    options.onHeader?.(read.header);
    const held: Buffer[] = [];
    let heldBytes = 0;
    let next: IteratorResult<Uint8Array> | undefined = { done: false, value: rest.content.subarray(read.length) };
    while (!next.done) {
      for (const piece of body.take(next.value)) {
        if (!read.header.suite.signature || signed === 'release') yield piece;
        else {
          heldBytes += piece.length;
          if (heldBytes > maximumHeld) throw tooMuchHeld(maximumHeld);
          held.push(Buffer.from(piece));
        }
      }
      next = await pieces.next();
    }
    const last = body.end();
    yield* held;
    if (last.length > 0) yield last;
    return { frames: body.frames };
  } finally {
    await pieces.return?.();
  }
}

/** The payload of a message whose keys are known. Throws an EnvelopeError where anything in it is not authentic. */
export function openMessage(
  read: ReadHeader,
  message: Uint8Array,
  keys: DerivedKeys,
): { readonly plaintext: Uint8Array; readonly frames: number } {
  authenticateHeader(read, keys);
  const { header } = read;
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const frames = readFrames(bytes, read.length, header);
  checkEnd(header, bytes, frames.at(-1)?.end ?? 0);
  const size = frames.reduce((sum, frame) => sum + frame.contentLength, 0);
  const plaintext = Buffer.allocUnsafeSlow(size);
  const reader = new FrameReader(keys.encryptionKey, header);
  let at = 0;
  try {
    for (const frame of frames) at = reader.open(frame, bytes, plaintext, at);
  } catch (error) {
    plaintext.fill(0);
    throw error;
  }
  return { plaintext, frames: frames.length };
}

/** What follows the body of a complete message. */
function checkEnd(header: MessageHeader, bytes: Buffer, bodyEnd: number): void {
  const check = signatureCheckOf(header);
  if (!check) {
    if (bodyEnd < bytes.length) throw trailingBytes(bodyEnd, bytes.length - bodyEnd);
    return;
  }
  check.update(bytes.subarray(0, bodyEnd));
  const footer = readFooter(bytes, bodyEnd);
  if (!footer) throw truncatedFooter(bytes.length, bodyEnd);
  if (footer.end < bytes.length) throw trailingBytes(footer.end, bytes.length - footer.end, 'signature');
  check.finish(footer.signature, bodyEnd);
}

function signatureCheckOf({ suite, encryptionContext }: MessageHeader): SignatureCheck | undefined {
  return suite.signature && new SignatureCheck(suite.signature, encryptionContext[PUBLIC_KEY] ?? '');
}

/** Body and signature of a message that comes in pieces. */
class StreamedBody {
  readonly #scanner: FrameScanner;
  readonly #reader: FrameReader;
  readonly #check: SignatureCheck | undefined;
  /** The start of what is not complete yet: a frame or the signature. */
  readonly #rest = new GrowingBuffer();
  /** Where the part that must come next starts in the message. */
  #offset: number;
  #slab = Buffer.alloc(0);
  #filled = 0;

  constructor(read: ReadHeader, keys: DerivedKeys, maximum: number) {
    authenticateHeader(read, keys);
    this.#scanner = new FrameScanner(read.header, maximum);
    this.#reader = new FrameReader(keys.encryptionKey, read.header);
    this.#check = signatureCheckOf(read.header);
    this.#check?.update(read.authenticated);
    if (read.header.suite.version === 1) this.#check?.update(read.iv);
    this.#check?.update(read.tag);
    this.#offset = read.length;
  }

  get frames(): number {
    return this.#scanner.found;
  }

  /** What the bytes complete. Each piece is valid until the next one; the last one waits for {@link end}. */
  *take(chunk: Uint8Array): Generator<Buffer, void, void> {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    while (!this.#scanner.finished && at < bytes.length) {
      const before = this.#rest.length;
      const isWhole = before === 0;
      // A frame that began in an earlier piece is completed first, with as many bytes as it takes and no more.
      if (!isWhole) this.#rest.append(bytes.subarray(at, at + this.#scanner.wanted - before));
      const from = isWhole ? bytes : this.#rest.content;
      const start = isWhole ? at : 0;
      const frame = this.#scanner.next(from, start, this.#offset - start);
      if (!frame) {
        if (isWhole) this.#rest.append(bytes.subarray(at));
        at = isWhole ? bytes.length : at + this.#rest.length - before;
        continue;
      }
      if (this.#filled > 0 && this.#filled + frame.contentLength > SLAB_BYTES) yield this.#flush();
      this.#open(frame, from, start);
      at += frame.end - start - before;
      this.#rest.clear();
    }
    if (!this.#scanner.finished) {
      if (this.#filled > 0) yield this.#flush();
    } else if (at < bytes.length) this.#takeEnd(bytes.subarray(at));
  }

  /** The last piece. Throws an EnvelopeError where the message is not complete or its signature is not good. */
  end(): Buffer {
    const length = this.#offset + this.#rest.length;
    if (!this.#scanner.finished) throw truncatedBody(length, this.#offset, this.frames + 1);
    if (this.#check) {
      const footer = readFooter(this.#rest.content, 0);
      if (!footer) throw truncatedFooter(length, this.#offset);
      this.#check.finish(footer.signature, this.#offset);
    }
    return this.#flush();
  }

  #open(frame: FrameLayout, bytes: Buffer, start: number): void {
    if (this.#slab.length < frame.contentLength)
      this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, frame.contentLength));
    this.#filled = this.#reader.open(frame, bytes, this.#slab, this.#filled, this.#offset - start);
    this.#check?.update(bytes.subarray(start, frame.end));
    this.#offset += frame.end - start;
  }

  #flush(): Buffer {
    const piece = this.#slab.subarray(0, this.#filled);
    this.#filled = 0;
    return piece;
  }

  #takeEnd(bytes: Buffer): void {
    if (!this.#check) throw trailingBytes(this.#offset, bytes.length);
    this.#rest.append(bytes);
    const footer = readFooter(this.#rest.content, 0);
    const extra = footer ? this.#rest.length - footer.end : 0;
    if (footer && extra > 0) throw trailingBytes(this.#offset + footer.end, extra, 'signature');
  }
}

const SLAB_BYTES = 256 * 1024;

/** Reads pieces into `rest` until the header is complete. */
async function streamedHeader(
  pieces: AsyncIterator<Uint8Array>,
  rest: GrowingBuffer,
  { maximumHeld = DEFAULT_MAXIMUM_HELD, maximumDataKeys }: DecryptStreamOptions,
): Promise<ReadHeader> {
  let wanted = 1;
  for (;;) {
    const { done, value } = await pieces.next();
    if (!done) rest.append(value);
    if (!done && rest.length < wanted) continue;
    const reader = new ByteReader(rest.content);
    try {
      return readHeader(rest.content, reader, maximumDataKeys);
    } catch (error) {
      if (done || !(error instanceof EnvelopeError) || error.code !== 'truncated') throw error;
      wanted = reader.wanted;
      if (wanted > maximumHeld) throw tooMuchHeld(maximumHeld);
    }
  }
}

async function keysOf(read: ReadHeader, options: DecryptStreamOptions): Promise<DerivedKeys> {
  const { header } = read;
  checkPolicies(header, options);
  checkSignatureKey(header);
  if (options.encryptionContext) checkPairs(header.encryptionContext, options.encryptionContext);
  const { suite, messageId, encryptedDataKeys, encryptionContext } = header;
  const { keyring } = options;
  const dataKey = await ('unwrap' in keyring
    ? keyring.unwrap(encryptedDataKeys, encryptionContext, suite.keyBytes)
    : keyring.decryptionMaterials(header));
  const keys = deriveKeys(suite, dataKey, messageId);
  dataKey.fill(0);
  return keys;
}

/** Throws an EnvelopeError `commitment` or `header-tag`. */
function authenticateHeader(read: ReadHeader, keys: DerivedKeys): void {
  const { suite, commitment } = read.header;
  if (!timingSafeEqual(commitment, keys.commitment)) {
    const offset = read.length - TAG_BYTES - keys.commitment.length;
    throw new EnvelopeError(
      'commitment',
      `the data key is not the one that the message commits to at byte ${offset}: the key, the message id or the commitment was exchanged`,
      GET_ORIGINAL,
      { field: 'key commitment', offset },
    );
  }
  const decipher = createDecipheriv(suite.cipher, keys.encryptionKey, read.iv);
  decipher.setAAD(read.authenticated).setAuthTag(read.tag);
  try {
    decipher.final();
  } catch {
    const offset = read.length - TAG_BYTES;
    const message = `the header does not match its authentication tag at byte ${offset}: a field or the tag was changed`;
    throw new EnvelopeError('header-tag', message, GET_ORIGINAL, { field: 'header authentication tag', offset });
  }
}

function checkPolicies({ suite }: MessageHeader, { commitmentPolicy, signed }: DecryptStreamOptions): void {
  const number = suiteNumber(suite.id);
  if (suite.version === 1 && commitmentPolicy !== 'require-encrypt-allow-decrypt') {
    const message = `the message is of version 1, suite \`${number}\`, without key commitment: two keys may decrypt it to different payloads`;
    const remedy =
      'encrypt again with a suite that commits to its key, or allow it with the commitment policy `require-encrypt-allow-decrypt`';
    throw new EnvelopeError('policy', message, remedy, { field: 'version', offset: 0 });
  }
  if (suite.signature && signed === 'refuse') {
    const message = `the message is of suite \`${number}\`, which signs, and only messages without a signature are taken`;
    throw new EnvelopeError('policy', message, 'decrypt it where its signature can be waited for', {
      field: 'algorithm suite',
      offset: suite.version === 1 ? 2 : 1,
    });
  }
}

function checkPairs(actual: EncryptionContext, wanted: EncryptionContext): void {
  for (const [key, value] of Object.entries(wanted)) {
    const found = Object.hasOwn(actual, key) ? actual[key] : undefined;
    if (found === value) continue;
    const instead = found === undefined ? 'does not have that key' : `has \`${found}\` there`;
    throw new EnvelopeError(
      'encryption-context',
      `the message was expected to have \`${key}\` = \`${value}\` in its encryption context, but it ${instead}`,
      'check that this is the message that was asked for',
    );
  }
}

function tooMuchHeld(limit: number): EnvelopeError {
  const message = `more than ${limit} bytes would have to be held back until they are known to be authentic`;
  return new EnvelopeError('limit', message, 'raise the limit, if that much memory may be used');
}

async function* toIterator(source: Pieces): AsyncGenerator<Uint8Array, void, void> {
  yield* source;
}
