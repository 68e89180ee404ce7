import { createCipheriv } from 'node:crypto';
import { type EncryptionContext, illFormedKey } from '../kms/encryption-context.ts';
import type { RandomSource } from '../kms/environment.ts';
import { EnvelopeError } from './errors.ts';
import { bodyBytes, frameCount } from './format/frame.ts';
import { DEFAULT_FRAME_LENGTH, type EncryptedDataKey, type MessageHeader, serializeHeader } from './format/header.ts';
import { FrameWriter } from './frame-writer.ts';
import { type DerivedKeys, deriveKeys } from './key-derivation.ts';
import type { Keyring } from './keyring.ts';
import { CIPHER, IV_BYTES, MESSAGE_ID_BYTES, SUITE_COMMITTING, TAG_BYTES } from './suites.ts';

export interface EncryptOptions {
  readonly plaintext: Uint8Array;
  readonly keyring: Keyring;
  readonly random: RandomSource;
  readonly encryptionContext?: EncryptionContext;
  /** In bytes; 4096 where left out. */
  readonly frameLength?: number;
}

/**
 * A message of the AWS Encryption SDK, format version 2, suite 0x0478, under a new data key. Rejects with an
 * EnvelopeError, or with what the keyring rejects with.
 */
export async function encrypt(options: EncryptOptions): Promise<Uint8Array> {
  const encryptionContext = options.encryptionContext ?? {};
  checkContext(encryptionContext);
  const { plaintextDataKey, encryptedDataKeys } = await options.keyring.generate(encryptionContext);
  const messageId = options.random.bytes(MESSAGE_ID_BYTES);
  const keys = deriveKeys(SUITE_COMMITTING, plaintextDataKey, messageId);
  plaintextDataKey.fill(0);
  const frameLength = options.frameLength ?? DEFAULT_FRAME_LENGTH;
  const start = startMessage({ keys, messageId, encryptionContext, encryptedDataKeys, frameLength });
  return writeMessage(start, options.plaintext);
}

/** What a message is made of, but its payload. */
export interface MessageParts {
  readonly keys: DerivedKeys;
  readonly messageId: Uint8Array;
  readonly encryptionContext: EncryptionContext;
  readonly encryptedDataKeys: readonly EncryptedDataKey[];
  readonly frameLength: number;
}

export interface StartedMessage {
  readonly header: MessageHeader;
  /** The header with its authentication tag: the first bytes of the message. */
  readonly headerBytes: Uint8Array;
  readonly writer: FrameWriter;
}

/** The header, and a writer for the frames that follow it. Throws an EnvelopeError for what the format cannot hold. */
export function startMessage(parts: MessageParts): StartedMessage {
  const { keys, messageId, encryptionContext, encryptedDataKeys, frameLength } = parts;
  const { commitment, encryptionKey } = keys;
  const header = { suite: SUITE_COMMITTING, messageId, encryptionContext, encryptedDataKeys, frameLength, commitment };
  const authenticated = serializeHeader(header);
  const cipher = createCipheriv(CIPHER, encryptionKey, new Uint8Array(IV_BYTES), { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticated).final();
  const headerBytes = Buffer.concat([authenticated, cipher.getAuthTag()]);
  return { header, headerBytes, writer: new FrameWriter(encryptionKey, messageId) };
}

/** The whole message in one buffer. */
export function writeMessage({ header, headerBytes, writer }: StartedMessage, plaintext: Uint8Array): Uint8Array {
  const { frameLength } = header;
  const message = Buffer.allocUnsafeSlow(headerBytes.length + bodyBytes(plaintext.length, frameLength));
  message.set(headerBytes);
  let at = headerBytes.length;
  const frames = frameCount(plaintext.length, frameLength);
  for (let frame = 1; frame <= frames; frame++) {
    const content = plaintext.subarray((frame - 1) * frameLength, frame * frameLength);
    at = writer.write(content, frame === frames, message, at);
  }
  return message;
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
