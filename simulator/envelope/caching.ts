import { createHash } from 'node:crypto';
import type { Clock } from '../kms/environment.ts';
import { serializeContext } from './format/context-section.ts';
import type { DecryptionRequest, EncryptionMaterials, EncryptionRequest, MaterialsManager } from './materials.ts';

export interface DataKeyCacheOptions {
  readonly backing: MaterialsManager;
  readonly clock: Clock;
  /** For how many milliseconds a data key is used; there is no default, as in the AWS Encryption SDK. */
  readonly maximumAge: number;
  /** How many messages one data key encrypts, up to 2^32, which is the default. */
  readonly maximumMessages?: number;
  /** How many bytes one data key encrypts, over all messages. */
  readonly maximumBytes?: number;
  /** How many data keys are kept; those that were not used for longest go first. 1000 where left out. */
  readonly capacity?: number;
}

/** How often the cache had what was asked for, and how often it had to ask in turn. */
export interface CacheCounts {
  readonly encryption: { hits: number; misses: number };
  readonly decryption: { hits: number; misses: number };
}

interface Entry {
  readonly since: number;
  /** Overwritten when the entry goes. */
  readonly dataKey: Uint8Array;
  readonly materials?: EncryptionMaterials;
  messages: number;
  bytes: number;
}

/**
 * Uses data keys for several messages within the limits of the AWS Encryption SDK: fewer calls of KMS, at the price that
 * one data key in wrong hands opens more, and that a permission taken away is noticed only when the entry has expired.
 * As there, nothing is kept for suites that do not derive a key for each message, nor for messages of unknown length.
 */
export class DataKeyCache implements MaterialsManager {
  readonly counts: CacheCounts = { encryption: { hits: 0, misses: 0 }, decryption: { hits: 0, misses: 0 } };
  readonly #options: Required<DataKeyCacheOptions>;
  /** Those used last stand last. */
  readonly #entries = new Map<string, Entry>();

  /** Throws a RangeError for limits out of range. */
  constructor(options: DataKeyCacheOptions) {
    const limits = { maximumMessages: 2 ** 32, maximumBytes: Number.MAX_SAFE_INTEGER, capacity: 1000 };
    this.#options = { ...limits, ...options };
    const { maximumAge, maximumMessages, maximumBytes, capacity } = this.#options;
    check('maximumAge', maximumAge, Number.POSITIVE_INFINITY);
    check('maximumMessages', maximumMessages, limits.maximumMessages);
    check('maximumBytes', maximumBytes, limits.maximumBytes);
    check('capacity', capacity, Number.POSITIVE_INFINITY);
  }

  async encryptionMaterials(request: EncryptionRequest): Promise<EncryptionMaterials> {
    const { suite, encryptionContext, plaintextLength } = request;
    const { backing } = this.#options;
    if (!suite.kdf || plaintextLength === undefined) return backing.encryptionMaterials(request);
    const id = identify('encrypt', suite.id, serializeContext(encryptionContext));
    const found = this.#find(id, plaintextLength);
    if (found?.materials) {
      this.counts.encryption.hits++;
      return { ...found.materials, plaintextDataKey: copy(found.dataKey) };
    }
    this.counts.encryption.misses++;
    const materials = await backing.encryptionMaterials({ ...request, plaintextLength: undefined });
    const dataKey = copy(materials.plaintextDataKey);
    this.#keep(id, { since: this.#options.clock.now(), dataKey, materials, messages: 1, bytes: plaintextLength });
    return materials;
  }

  async decryptionMaterials(request: DecryptionRequest): Promise<Uint8Array> {
    const { suite, encryptionContext, encryptedDataKeys } = request;
    const { backing, clock } = this.#options;
    if (!suite.kdf) return backing.decryptionMaterials(request);
    const keys = encryptedDataKeys.map(({ providerId, providerInfo, ciphertext }) =>
      hash(Buffer.from(providerId), providerInfo, ciphertext),
    );
    const id = identify('decrypt', suite.id, serializeContext(encryptionContext), ...keys.sort(Buffer.compare));
    const found = this.#find(id, undefined);
    this.counts.decryption[found ? 'hits' : 'misses']++;
    if (found) return copy(found.dataKey);
    const dataKey = await backing.decryptionMaterials(request);
    this.#keep(id, { since: clock.now(), dataKey: copy(dataKey), messages: 0, bytes: 0 });
    return dataKey;
  }

  /** Overwrites and forgets every data key. */
  clear(): void {
    for (const id of [...this.#entries.keys()]) this.#forget(id);
  }

  /** The entry, if it will do for `plaintextLength` more bytes; they are counted then. Decryption counts nothing. */
  #find(id: string, plaintextLength: number | undefined): Entry | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    if (plaintextLength !== undefined) {
      entry.messages += 1;
      entry.bytes += plaintextLength;
    }
    if (!this.#allows(entry)) {
      this.#forget(id);
      return undefined;
    }
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return entry;
  }

  /** An entry that is used up by its first message is not kept. */
  #keep(id: string, entry: Entry): void {
    this.#forget(id);
    if (!this.#allows(entry)) {
      entry.dataKey.fill(0);
      return;
    }
    this.#entries.set(id, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#options.capacity && oldest !== undefined) this.#forget(oldest);
  }

  #forget(id: string): void {
    this.#entries.get(id)?.dataKey.fill(0);
    this.#entries.delete(id);
  }

  #allows({ since, messages, bytes }: Entry): boolean {
    const { clock, maximumAge, maximumMessages, maximumBytes } = this.#options;
    return clock.now() - since <= maximumAge && messages <= maximumMessages && bytes <= maximumBytes;
  }
}

/** `slice` of a Buffer would be the same memory. */
function copy(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes);
}

function check(name: string, value: number, maximum: number): void {
  if (!(0 < value && value <= maximum))
    throw new RangeError(`\`${name}\` is more than 0 and at most ${maximum}, not ${value}`);
}

/** Parts of any length, told apart. */
function identify(purpose: string, suiteId: number, ...parts: readonly Uint8Array[]): string {
  return `${purpose} ${suiteId} ${hash(...parts).toString('base64')}`;
}

function hash(...parts: readonly Uint8Array[]): Buffer {
  const whole = createHash('sha512');
  for (const part of parts) whole.update(`${part.length} `).update(part);
  return whole.digest();
}
