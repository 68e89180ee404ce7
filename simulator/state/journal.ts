import { timingSafeEqual } from 'node:crypto';
import { damaged, newer } from './errors.ts';
import { derivedKey, MAC_BYTES, macOf, NONCE_BYTES, seal, TAG_BYTES, unseal, VERSION } from './seal.ts';
import type { Generation } from './snapshot.ts';

/**
 * What changed since a snapshot. A header: magic (8), version (4), generation (8), and the head: the number of the last record
 * that is known to be on the disk (8) with a MAC (32). Then the records: length of the ciphertext (4), nonce (12), ciphertext,
 * tag (16). Each is bound to its number and to the tag before it, the first to that of the snapshot.
 *
 * The head is written after its record was flushed and before anybody is answered. So what is torn behind it was never
 * acknowledged, and all that is missing or altered up to it was.
 */
const MAGIC = Buffer.from('KMSLENSJ');
const FIXED = MAGIC.length + 4 + 8;
const HEAD_BYTES = 8 + MAC_BYTES;
export const HEAD_AT = FIXED;
export const HEADER_BYTES = FIXED + HEAD_BYTES;
const FRAME = 4 + NONCE_BYTES + TAG_BYTES;

/** Writes and reads the journal of one generation. */
export class JournalFormat {
  private readonly generation: Generation;
  private readonly recordKey: Buffer;
  private readonly headKey: Buffer;

  constructor(wrappingKey: Uint8Array, generation: Generation) {
    this.generation = generation;
    this.recordKey = derivedKey(wrappingKey, generation.salt, 'records');
    this.headKey = derivedKey(wrappingKey, generation.salt, 'head');
  }

  get start(): Link {
    return { number: 0n, tag: this.generation.tag };
  }

  header(): Buffer {
    return Buffer.concat([this.fixed, this.head(0n)]);
  }

  /** What is written at `HEAD_AT`. */
  head(number: bigint): Buffer {
    const count = Buffer.alloc(8);
    count.writeBigUInt64BE(number);
    return Buffer.concat([count, macOf(this.headKey, Buffer.concat([this.fixed, this.generation.tag, count]))]);
  }

  /** The bytes of the record after another, and what the next one is bound to. */
  record(before: Link, plaintext: Uint8Array): { readonly bytes: Buffer; readonly link: Link } {
    const number = before.number + 1n;
    const { nonce, ciphertext, tag } = seal(this.recordKey, plaintext, this.context(number, before.tag));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(ciphertext.length);
    return { bytes: Buffer.concat([length, nonce, ciphertext, tag]), link: { number, tag } };
  }

  /** @throws {StateError} where something is not as it was acknowledged */
  read(file: string, given: Uint8Array): Journal {
    const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    const acknowledged = this.readHeader(file, bytes);
    const records: Buffer[] = [];
    let link = this.start;
    let at = HEADER_BYTES;
    while (at < bytes.length) {
      const found = this.readRecord(bytes, at, link);
      if (typeof found === 'string') {
        if (link.number >= acknowledged) break;
        throw damaged(file, `${found} at byte ${at}, in record ${link.number + 1n} of ${acknowledged}`);
      }
      records.push(found.plaintext);
      link = found.link;
      at = found.end;
    }
    if (link.number < acknowledged)
      throw damaged(file, `was cut at byte ${at}: it ends with record ${link.number} of ${acknowledged}`);
    return { records, link, length: at, torn: bytes.length - at };
  }

  private readHeader(file: string, bytes: Buffer): bigint {
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC.subarray(0, bytes.length)))
      throw damaged(file, 'is no journal of KMS Lens: its first 8 bytes are others');
    if (bytes.length < HEADER_BYTES)
      throw damaged(file, `is cut short: its header has ${HEADER_BYTES} bytes, and ${bytes.length} are there`);
    const version = bytes.readUInt32BE(8);
    if (version !== VERSION) throw newer(file, version);
    const number = bytes.readBigUInt64BE(HEAD_AT);
    const isOurs = bytes.subarray(0, FIXED).equals(this.fixed);
    if (!isOurs || !timingSafeEqual(bytes.subarray(HEAD_AT, HEADER_BYTES), this.head(number)))
      throw damaged(file, `was altered in its header (bytes 0 to ${HEADER_BYTES}), or belongs to another snapshot`);
    return number;
  }

  private readRecord(bytes: Buffer, at: number, before: Link): ReadRecord | string {
    const room = bytes.length - at;
    if (room < FRAME) return 'is cut short or altered';
    const length = bytes.readUInt32BE(at);
    if (room < FRAME + length) return 'is cut short or altered';
    const end = at + FRAME + length;
    const number = before.number + 1n;
    const tag = Buffer.from(bytes.subarray(end - TAG_BYTES, end));
    const start = at + 4 + NONCE_BYTES;
    const sealed = { nonce: bytes.subarray(at + 4, start), ciphertext: bytes.subarray(start, end - TAG_BYTES), tag };
    const plaintext = unseal(this.recordKey, sealed, this.context(number, before.tag));
    return plaintext ? { plaintext, link: { number, tag }, end } : 'was altered, reordered or lacks a record';
  }

  private get fixed(): Buffer {
    const fixed = Buffer.alloc(FIXED);
    MAGIC.copy(fixed);
    fixed.writeUInt32BE(VERSION, 8);
    fixed.writeBigUInt64BE(this.generation.number, 12);
    return fixed;
  }

  private context(number: bigint, tag: Uint8Array): Buffer {
    const count = Buffer.alloc(8);
    count.writeBigUInt64BE(number);
    return Buffer.concat([this.fixed, count, tag]);
  }
}

/** The last record so far; number 0 is the snapshot. */
export interface Link {
  readonly number: bigint;
  readonly tag: Uint8Array;
}

interface ReadRecord {
  readonly plaintext: Buffer;
  readonly link: Link;
  readonly end: number;
}

export interface Journal {
  readonly records: readonly Uint8Array[];
  readonly link: Link;
  /** How many bytes of the file count. */
  readonly length: number;
  /** How many bytes behind them are of a record that was never acknowledged. */
  readonly torn: number;
}
