import type { EncryptionContext } from '../../kms/encryption-context.ts';
import type { RandomSource } from '../../kms/environment.ts';
import type { Tampering } from '../../scenario/file.ts';
import { decryptStream } from '../decrypt.ts';
import { encryptStream } from '../encrypt.ts';
import { fingerprint, fingerprintOf, newFingerprint } from '../fingerprint.ts';
import type { MessageHeader } from '../format/header.ts';
import { type Inspection, MessageInspector } from '../inspect.ts';
import type { Keyring } from '../keyring.ts';
import { type MaterialsManager, newMaterials } from '../materials.ts';
import { type TamperedBit, Tamperer } from './tamper.ts';

/** What is encrypted, piece by piece, so that its size costs no memory. */
export interface Payload {
  /** In bytes. */
  readonly length: number;
  readonly pieces: Iterable<Uint8Array>;
}

export interface TripOptions {
  readonly encrypting: Keyring;
  readonly decrypting: Keyring;
  readonly payload: Payload;
  readonly encryptionContext: EncryptionContext;
  /** Pairs that the message must have. */
  readonly required: EncryptionContext;
  readonly tampering: Tampering;
  /** In bytes; 4096 where left out. */
  readonly frameLength?: number | undefined;
  readonly random: RandomSource;
  /** In milliseconds; times what is done locally. */
  readonly now: () => number;
  /** What stands between the messages and KMS. Left out: nothing. */
  readonly caches?: { readonly encrypting: Cache; readonly decrypting: Cache } | undefined;
}

/** Gives what it has, and asks for the rest. */
interface Cache {
  over(asked: MaterialsManager): MaterialsManager;
}

/** What a round trip consists of, in the order in which things happen; the header is looked at before and after Decrypt. */
export type Stage = 'GenerateDataKey' | 'encryption' | 'Decrypt' | 'header' | 'frames';

/** How far a round trip came. */
export interface Trip {
  /** Where it is, or stopped. */
  stage: Stage;
  /** Why it stopped; undefined where it did not. */
  error: unknown;
  /** Whether Decrypt was called. */
  askedBack: boolean;
  dataKey: Sized | undefined;
  encryptedDataKeyBytes: number;
  header: MessageHeader | undefined;
  headerBytes: number;
  /** As it was written, before anything was changed of it. */
  message: Sized | undefined;
  payload: Sized | undefined;
  returnedDataKey: Sized | undefined;
  tampered: TamperedBit | undefined;
  /** What came back, in authentic frames. */
  returned: Sized | undefined;
  /** Of the message as it was written, without content. */
  inspection: Inspection | undefined;
  /** The message's first bytes as they were written: the header and a part of the first frame. */
  start: Buffer;
  /** In milliseconds. */
  encryptionTime: number;
  decryptionTime: number;
}

/** What may be told of bytes that nobody is to see. */
export interface Sized {
  readonly bytes: number;
  readonly fingerprint: string;
}

/**
 * Encrypts, tampers and decrypts in one stream, so that memory does not go with the size of the payload. What has gone
 * wrong in the message or in KMS is in the answer.
 */
export async function roundTrip(options: TripOptions): Promise<Trip> {
  const { payload, encryptionContext, required, tampering, frameLength, random, now, caches } = options;
  const trip = newTrip();
  const taken = new Measure();
  const written = new Measure();
  const returned = new Measure();
  const tamperer = new Tamperer(tampering);
  const inspector = new MessageInspector();
  const encrypting = newMaterials(notingGenerate(options.encrypting, trip, now), random);
  const decrypting = newMaterials(notingUnwrap(options.decrypting, trip, now), random);
  const message = encryptStream(taken.passing(payload.pieces), {
    keyring: caches?.encrypting.over(encrypting) ?? encrypting,
    random,
    encryptionContext,
    plaintextLength: payload.length,
    ...(frameLength === undefined ? {} : { frameLength }),
    onHeader: (header) => {
      trip.header = header;
    },
  });
  const write = async (): Promise<IteratorResult<Buffer, void>> => {
    const before = now();
    const piece = await message.next();
    trip.encryptionTime += now() - before;
    if (piece.done) return piece;
    written.add(piece.value);
    inspector.push(piece.value);
    if (trip.headerBytes === 0) trip.headerBytes = piece.value.length;
    const missing = trip.headerBytes + BODY_SHOWN - trip.start.length;
    if (missing > 0) trip.start = Buffer.concat([trip.start, piece.value.subarray(0, missing)]);
    return piece;
  };
  const next = async (): Promise<IteratorResult<Buffer, void>> => {
    const piece = await write();
    return piece.done ? piece : { done: false, value: tamperer.piece(piece.value) };
  };
  const started = now();
  try {
    const first = await next();
    trip.stage = 'header';
    const source = stored(first, next);
    const settings = { keyring: caches?.decrypting.over(decrypting) ?? decrypting, encryptionContext: required };
    const onHeader = (): void => {
      trip.stage = 'frames';
    };
    for await (const piece of decryptStream(source, { ...settings, onHeader })) returned.add(piece);
  } catch (error) {
    trip.error = error;
  }
  trip.decryptionTime += now() - started - trip.encryptionTime;
  // What is not decrypted was encrypted all the same.
  if (trip.headerBytes > 0) {
    for (let rest = await write(); !rest.done; rest = await write());
    trip.inspection = inspector.end();
    trip.message = written.sized;
    trip.payload = taken.sized;
  }
  trip.tampered = tamperer.bit;
  if (trip.stage === 'frames') trip.returned = returned.sized;
  return trip;
}

const newTrip = (): Trip => ({
  stage: 'encryption',
  error: undefined,
  askedBack: false,
  dataKey: undefined,
  encryptedDataKeyBytes: 0,
  header: undefined,
  headerBytes: 0,
  message: undefined,
  payload: undefined,
  returnedDataKey: undefined,
  tampered: undefined,
  returned: undefined,
  inspection: undefined,
  start: Buffer.alloc(0),
  encryptionTime: 0,
  decryptionTime: 0,
});

/** How many bytes of the body are kept with the header. */
const BODY_SHOWN = 256;

/** The pieces from the first on. Whoever stops reading them does not stop who writes. */
async function* stored(
  first: IteratorResult<Buffer, void>,
  next: () => Promise<IteratorResult<Buffer, void>>,
): AsyncGenerator<Buffer, void, void> {
  for (let piece = first; !piece.done; piece = await next()) yield piece.value;
}

/** What KMS takes is no time of the local encryption. */
function notingGenerate(keyring: Keyring, trip: Trip, now: () => number): Keyring {
  return {
    ...keyring,
    async generate(encryptionContext) {
      trip.stage = 'GenerateDataKey';
      const before = now();
      const generated = await keyring.generate(encryptionContext);
      trip.encryptionTime -= now() - before;
      trip.stage = 'encryption';
      trip.dataKey = sizedKey(generated.plaintextDataKey);
      trip.encryptedDataKeyBytes = generated.encryptedDataKeys.reduce((sum, each) => sum + each.ciphertext.length, 0);
      return generated;
    },
  };
}

function notingUnwrap(keyring: Keyring, trip: Trip, now: () => number): Keyring {
  return {
    ...keyring,
    async unwrap(...parameters) {
      trip.stage = 'Decrypt';
      trip.askedBack = true;
      const before = now();
      const dataKey = await keyring.unwrap(...parameters);
      trip.decryptionTime -= now() - before;
      trip.stage = 'header';
      trip.returnedDataKey = sizedKey(dataKey);
      return dataKey;
    },
  };
}

const sizedKey = (key: Uint8Array): Sized => ({ bytes: key.length, fingerprint: fingerprint(key) });

class Measure {
  private bytes = 0;
  private readonly hash = newFingerprint();

  add(piece: Uint8Array): void {
    this.bytes += piece.length;
    this.hash.update(piece);
  }

  *passing(pieces: Iterable<Uint8Array>): Generator<Uint8Array, void, void> {
    for (const piece of pieces) {
      this.add(piece);
      yield piece;
    }
  }

  get sized(): Sized {
    return { bytes: this.bytes, fingerprint: fingerprintOf(this.hash.copy()) };
  }
}
