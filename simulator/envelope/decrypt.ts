import { createDecipheriv, timingSafeEqual } from 'node:crypto';
import type { EncryptionContext } from '../kms/encryption-context.ts';
import { EnvelopeError, GET_ORIGINAL } from './errors.ts';
import { readFrames } from './format/frame.ts';
import { type MessageHeader, type ReadHeader, readHeader } from './format/header.ts';
import { FrameReader } from './frame-reader.ts';
import { type DerivedKeys, deriveKeys } from './key-derivation.ts';
import type { Keyring } from './keyring.ts';
import { CIPHER, IV_BYTES, suiteNumber, TAG_BYTES } from './suites.ts';

export interface DecryptOptions {
  readonly message: Uint8Array;
  readonly keyring: Keyring;
  /** Pairs that the message must have been encrypted with. It may have others. */
  readonly encryptionContext?: EncryptionContext;
}

export interface DecryptedMessage {
  readonly plaintext: Uint8Array;
  readonly header: MessageHeader;
  readonly frames: number;
}

/**
 * Reads a message that {@link encrypt} or the AWS Encryption SDK wrote. Nothing is returned unless all of it is
 * authentic. Rejects with an EnvelopeError, or with what the keyring rejects with.
 */
export async function decrypt({ message, keyring, encryptionContext }: DecryptOptions): Promise<DecryptedMessage> {
  const read = readHeader(message);
  const { header } = read;
  checkReadable(header);
  if (encryptionContext) checkPairs(header.encryptionContext, encryptionContext);
  const dataKey = await keyring.unwrap(header.encryptedDataKeys, header.encryptionContext);
  const keys = deriveKeys(header.suite, dataKey, header.messageId);
  dataKey.fill(0);
  return { ...openMessage(read, message, keys), header };
}

/** The payload of a message whose keys are known. Throws an EnvelopeError where anything in it is not authentic. */
export function openMessage(
  read: ReadHeader,
  message: Uint8Array,
  keys: DerivedKeys,
): { readonly plaintext: Uint8Array; readonly frames: number } {
  authenticateHeader(read, keys);
  const { messageId, frameLength } = read.header;
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const frames = readFrames(bytes, read.length, frameLength);
  const size = frames.reduce((sum, frame) => sum + frame.contentLength, 0);
  const plaintext = Buffer.allocUnsafeSlow(size);
  const reader = new FrameReader(keys.encryptionKey, messageId);
  let at = 0;
  try {
    for (const frame of frames) at = reader.open(frame, bytes, plaintext, at);
  } catch (error) {
    plaintext.fill(0);
    throw error;
  }
  return { plaintext, frames: frames.length };
}

/** Throws an EnvelopeError `commitment` or `header-tag`. */
function authenticateHeader(read: ReadHeader, keys: DerivedKeys): void {
  if (!timingSafeEqual(read.header.commitment, keys.commitment)) {
    const offset = read.length - TAG_BYTES - keys.commitment.length;
    throw new EnvelopeError(
      'commitment',
      `the data key is not the one that the message commits to at byte ${offset}: the key, the message id or the commitment was exchanged`,
      GET_ORIGINAL,
      { field: 'key commitment', offset },
    );
  }
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv(CIPHER, keys.encryptionKey, new Uint8Array(IV_BYTES), options);
  decipher.setAAD(read.authenticated).setAuthTag(read.tag);
  try {
    decipher.final();
  } catch {
    const offset = read.length - TAG_BYTES;
    const message = `the header does not match its authentication tag at byte ${offset}: a field or the tag was changed`;
    throw new EnvelopeError('header-tag', message, GET_ORIGINAL, { field: 'header authentication tag', offset });
  }
}

function checkReadable({ suite, encryptionContext }: MessageHeader): void {
  if (suite.signed) {
    const message = `field \`algorithm suite\` at byte 1 is \`${suiteNumber(suite.id)}\`, whose signature is not checked here; only \`0x0478\` is decrypted`;
    throw new EnvelopeError('unsupported', message, 'encrypt with the suite `0x0478`', {
      field: 'algorithm suite',
      offset: 1,
    });
  }
  if (!Object.hasOwn(encryptionContext, SIGNATURE_KEY)) return;
  const message = `the encryption context has \`${SIGNATURE_KEY}\`, but a message of suite \`${suiteNumber(suite.id)}\` is not signed: the suite was exchanged`;
  throw new EnvelopeError('encryption-context', message, GET_ORIGINAL);
}

/** Where a signed message holds the key that its signature is checked with. */
const SIGNATURE_KEY = 'aws-crypto-public-key';

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
