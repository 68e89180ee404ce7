import type { EncryptionContext } from '../../kms/encryption-context.ts';
import type { RandomSource } from '../../kms/environment.ts';
import type { Tampering } from '../../scenario/file.ts';
import { decryptStream } from '../decrypt.ts';
import { encryptStream } from '../encrypt.ts';
import { fingerprint, fingerprintOf, newFingerprint } from '../fingerprint.ts';
import type { MessageHeader } from '../format/header.ts';
import type { Keyring } from '../keyring.ts';
import { newMaterials } from '../materials.ts';
import type { KeptCache } from './caching.ts';
import type { Payload } from './payload.ts';
import { type TamperedBit, Tamperer } from './tamper.ts';

export interface TripOptions {
  readonly encrypting: Keyring;
  readonly decrypting: Keyring;
  readonly payload: Payload;
  readonly encryptionContext: EncryptionContext;
  /** Pairs that the message must have. */
  readonly required: EncryptionContext;
  readonly tampering: Tampering;
  readonly random: RandomSource;
  /** What stands between the messages and KMS. Left out: nothing. */
  readonly caches?: { readonly encrypting: KeptCache; readonly decrypting: KeptCache } | undefined;
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
  const { payload, encryptionContext, required, tampering, random, caches } = options;
  const trip = newTrip();
  const taken = new Measure();
  const written = new Measure();
  const returned = new Measure();
  const tamperer = new Tamperer(tampering);
  const encrypting = newMaterials(notingGenerate(options.encrypting, trip), random);
  const decrypting = newMaterials(notingUnwrap(options.decrypting, trip), random);
  const message = encryptStream(taken.passing(payload.pieces), {
    keyring: caches?.encrypting.over(encrypting) ?? encrypting,
    random,
    encryptionContext,
    plaintextLength: payload.length,
    onHeader: (header) => {
      trip.header = header;
    },
  });
  const next = async (): Promise<IteratorResult<Buffer, void>> => {
    const piece = await message.next();
    if (piece.done) return piece;
    written.add(piece.value);
    return { done: false, value: tamperer.piece(piece.value) };
  };
  try {
    const first = await next();
    trip.headerBytes = first.value?.length ?? 0;
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
  // What is not decrypted was encrypted all the same.
  if (trip.headerBytes > 0) {
    for (let rest = await message.next(); !rest.done; rest = await message.next()) written.add(rest.value);
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
});

/** The pieces from the first on. Whoever stops reading them does not stop who writes. */
async function* stored(
  first: IteratorResult<Buffer, void>,
  next: () => Promise<IteratorResult<Buffer, void>>,
): AsyncGenerator<Buffer, void, void> {
  for (let piece = first; !piece.done; piece = await next()) yield piece.value;
}

function notingGenerate(keyring: Keyring, trip: Trip): Keyring {
  return {
    ...keyring,
    async generate(encryptionContext) {
      trip.stage = 'GenerateDataKey';
      const generated = await keyring.generate(encryptionContext);
      trip.stage = 'encryption';
      trip.dataKey = sizedKey(generated.plaintextDataKey);
      trip.encryptedDataKeyBytes = generated.encryptedDataKeys.reduce((sum, each) => sum + each.ciphertext.length, 0);
      return generated;
    },
  };
}

function notingUnwrap(keyring: Keyring, trip: Trip): Keyring {
  return {
    ...keyring,
    async unwrap(...parameters) {
      trip.stage = 'Decrypt';
      trip.askedBack = true;
      const dataKey = await keyring.unwrap(...parameters);
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
