import { createCipheriv, type KeyObject } from 'node:crypto';
import { type EncryptionContext, illFormedKey } from '../kms/encryption-context.ts';
import type { RandomSource } from '../kms/environment.ts';
import { EnvelopeError } from './errors.ts';
import { writeFooter } from './format/footer.ts';
import { bodyBytes, frameBytes, frameCount, MAXIMUM_FRAMES } from './format/frame.ts';
import {
  checkDataKeyCount,
  DEFAULT_FRAME_LENGTH,
  type EncryptedDataKey,
  type MessageHeader,
  serializeHeader,
  ZERO_IV,
} from './format/header.ts';
import { FrameWriter, tooManyFrames } from './frame-writer.ts';
import { GrowingBuffer } from './growing.ts';
import { type DerivedKeys, deriveKeys } from './key-derivation.ts';
import type { Keyring } from './keyring.ts';
import { type MaterialsManager, newMaterials } from './materials.ts';
import { signer } from './signature.ts';
import { type AlgorithmSuite, MESSAGE_ID_BYTES, SUITE_COMMITTING, suiteNumber, TAG_BYTES } from './suites.ts';

export interface EncryptionSettings {
  readonly keyring: Keyring | MaterialsManager;
  readonly random: RandomSource;
  readonly encryptionContext?: EncryptionContext;
  /** In bytes; 4096 where left out. */
  readonly frameLength?: number;
  /** One of version 2; 0x0478, which does not sign, where left out. */
  readonly suite?: AlgorithmSuite;
  readonly maximumDataKeys?: number;
}

export interface EncryptOptions extends EncryptionSettings {
  readonly plaintext: Uint8Array;
}

export interface EncryptStreamOptions extends EncryptionSettings {
  /** How many bytes will come at most. More are refused. */
  readonly plaintextLength?: number;
  readonly onHeader?: (header: MessageHeader) => void;
}

/** What can be read piece by piece, such as a stream. Pieces are taken when they are needed, so a slow reader slows it. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * A message of the AWS Encryption SDK, format version 2, under a new data key. Rejects with an EnvelopeError, or with
 * what the keyring rejects with.
 */
export async function encrypt(options: EncryptOptions): Promise<Uint8Array> {
  const { plaintext } = options;
  return writeMessage(await begin(options, plaintext.length), plaintext);
}

/**
 * The same message, piece by piece. Each piece is valid until the next one is asked for: whoever keeps one has to copy
 * it. Memory goes with the frame length, not with the size of the message.
 */
export async function* encryptStream(
  source: Pieces,
  options: EncryptStreamOptions,
): AsyncGenerator<Buffer, void, void> {
  const { plaintextLength } = options;
  const started = await begin(options, plaintextLength);
  const { header, headerBytes, writer, signingKey } = started;
  const { frameLength, suite } = header;
  options.onHeader?.(header);
  const signing = signingKey && suite.signature && signer(suite.signature);
  signing?.update(headerBytes);
  yield headerBytes;

  const held = new GrowingBuffer();
  let slab = Buffer.alloc(0);
  let filled = 0;
  let taken = 0;
  const write = (content: Uint8Array, final: boolean): void => {
    const needed = frameBytes(content.length, final);
    if (slab.length < needed) slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, needed));
    filled = writer.write(content, final, slab, filled);
  };
  const flush = (): Buffer => {
    const piece = slab.subarray(0, filled);
    filled = 0;
    signing?.update(piece);
    return piece;
  };

  // A full frame waits until more comes, since the last frame has another form.
  for await (const chunk of source) {
    taken += chunk.length;
    if (plaintextLength !== undefined && taken > plaintextLength) throw tooLong(plaintextLength);
    let from = 0;
    while (held.length + chunk.length - from > frameLength) {
      const count = frameLength - held.length;
      if (filled > 0 && filled + frameBytes(frameLength, false) > SLAB_BYTES) yield flush();
      if (held.length === 0) write(chunk.subarray(from, from + count), false);
      else {
        held.append(chunk.subarray(from, from + count));
        write(held.content, false);
        held.clear();
      }
      from += count;
    }
    held.append(chunk.subarray(from));
    if (filled > 0) yield flush();
  }
  write(held.content, true);
  yield flush();
  if (signing && signingKey) yield writeFooter(signing.sign(signingKey));
}

/** How much is written before it is given on. Fresh memory costs more than encryption, so it is used again. */
const SLAB_BYTES = 256 * 1024;

async function begin(options: EncryptionSettings, plaintextLength: number | undefined): Promise<StartedMessage> {
  const { keyring, random, suite = SUITE_COMMITTING, frameLength = DEFAULT_FRAME_LENGTH, maximumDataKeys } = options;
  const asked = options.encryptionContext ?? {};
  checkContext(asked);
  if (suite.version === 1) throw notWritten(suite);
  if (plaintextLength !== undefined && frameCount(plaintextLength, frameLength) > MAXIMUM_FRAMES) throw tooManyFrames();
  const manager = 'generate' in keyring ? newMaterials(keyring, random) : keyring;
  const materials = await manager.encryptionMaterials({ suite, encryptionContext: asked, plaintextLength });
  const { plaintextDataKey, encryptedDataKeys, encryptionContext, signingKey } = materials;
  const messageId = random.bytes(MESSAGE_ID_BYTES);
  const keys = deriveKeys(suite, plaintextDataKey, messageId);
  plaintextDataKey.fill(0);
  if (maximumDataKeys !== undefined) checkDataKeyCount(encryptedDataKeys.length, maximumDataKeys);
  const parts = { suite, keys, messageId, encryptionContext, encryptedDataKeys, frameLength };
  return startMessage(parts, signingKey);
}

/** What a message is made of, but its payload. */
export interface MessageParts {
  /** 0x0478 where left out. */
  readonly suite?: AlgorithmSuite;
  readonly keys: DerivedKeys;
  readonly messageId: Uint8Array;
  readonly encryptionContext: EncryptionContext;
  readonly encryptedDataKeys: readonly EncryptedDataKey[];
  readonly frameLength: number;
}

export interface StartedMessage {
  readonly header: MessageHeader;
  /** The header with its authentication tag: the first bytes of the message. */
  readonly headerBytes: Buffer;
  readonly writer: FrameWriter;
  readonly signingKey: KeyObject | undefined;
}

/** The header, and a writer for the frames that follow it. Throws an EnvelopeError for what the format cannot hold. */
export function startMessage(parts: MessageParts, signingKey?: KeyObject): StartedMessage {
  const { suite = SUITE_COMMITTING, keys, messageId, encryptionContext, encryptedDataKeys, frameLength } = parts;
  const { commitment, encryptionKey } = keys;
  const header = { suite, messageId, encryptionContext, encryptedDataKeys, framed: true, frameLength, commitment };
  const headerBytes = serializeHeader(header);
  const tagStart = headerBytes.length - TAG_BYTES;
  const cipher = createCipheriv(suite.cipher, encryptionKey, ZERO_IV);
  cipher.setAAD(headerBytes.subarray(0, tagStart)).final();
  headerBytes.set(cipher.getAuthTag(), tagStart);
  return { header, headerBytes, writer: new FrameWriter(encryptionKey, header), signingKey };
}

/** The whole message in one buffer. */
export function writeMessage(started: StartedMessage, plaintext: Uint8Array): Uint8Array {
  const { header, headerBytes, writer, signingKey } = started;
  const { frameLength, suite } = header;
  const message = Buffer.allocUnsafeSlow(headerBytes.length + bodyBytes(plaintext.length, frameLength));
  message.set(headerBytes);
  let at = headerBytes.length;
  const frames = frameCount(plaintext.length, frameLength);
  for (let frame = 1; frame <= frames; frame++) {
    const content = plaintext.subarray((frame - 1) * frameLength, frame * frameLength);
    at = writer.write(content, frame === frames, message, at);
  }
  if (!signingKey || !suite.signature) return message;
  return Buffer.concat([message, writeFooter(signer(suite.signature).update(message).sign(signingKey))]);
}

/** Throws an EnvelopeError `encryption-context` for pairs that a message must not hold. */
export function checkContext(context: EncryptionContext): void {
  const reserved = Object.keys(context).find((key) => key.startsWith(RESERVED_PREFIX));
  if (reserved !== undefined) {
    const message = `the encryption context has the key \`${reserved}\`, but \`${RESERVED_PREFIX}\` is reserved for the AWS Encryption SDK`;
    throw new EnvelopeError('encryption-context', message, 'use another key');
  }
  const illFormed = illFormedKey(context);
  if (illFormed === undefined) return;
  const message = `the pair of key \`${illFormed}\` in the encryption context has an unpaired surrogate, which UTF-8 cannot hold`;
  throw new EnvelopeError('encryption-context', message, 'use valid Unicode text');
}

const RESERVED_PREFIX = 'aws-crypto-';

function notWritten({ id }: AlgorithmSuite): EnvelopeError {
  const message = `suite \`${suiteNumber(id)}\` has no key commitment, and such messages are read only`;
  return new EnvelopeError('unsupported', message, 'encrypt with suite `0x0478` or `0x0578`');
}

function tooLong(limit: number): EnvelopeError {
  return new EnvelopeError(
    'limit',
    `the payload has more than the ${limit} bytes that were announced`,
    'announce more',
  );
}
