/**
 * Pairs that KMS authenticates together with what it encrypts: not secret, not stored in the ciphertext, and to be
 * given again exactly, case included, to decrypt. The order of the pairs has no meaning.
 */
export type EncryptionContext = Readonly<Record<string, string>>;

export interface EncodedPair {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** The pairs in UTF-8, sorted by the bytes of their keys, which is the order that every implementation can agree on. */
export function encodedPairs(context: EncryptionContext): readonly EncodedPair[] {
  return sortedPairs(context).map(([key, value]) => ({
    key: Buffer.from(key, 'utf8'),
    value: Buffer.from(value, 'utf8'),
  }));
}

/**
 * One sequence of bytes per context, to be authenticated: the number of pairs, then each key and value after its
 * length. All numbers have four bytes, big-endian. No context and an empty one are the same.
 */
export function canonicalContext(context: EncryptionContext | undefined): Uint8Array {
  const pairs = sortedPairs(context ?? {});
  let length = 4;
  for (const [key, value] of pairs) length += 8 + Buffer.byteLength(key) + Buffer.byteLength(value);
  const bytes = Buffer.allocUnsafe(length);
  let at = bytes.writeUInt32BE(pairs.length);
  for (const pair of pairs)
    for (const text of pair) {
      const written = bytes.write(text, at + 4);
      bytes.writeUInt32BE(written, at);
      at += 4 + written;
    }
  return bytes;
}

function sortedPairs(context: EncryptionContext): [string, string][] {
  const pairs = Object.entries(context);
  return pairs.length < 2 ? pairs : pairs.sort(([one], [other]) => byBytes(one, other));
}

/** The order of two texts in UTF-8, which is that of JavaScript up to where one of them has a surrogate. */
function byBytes(one: string, other: string): number {
  if (SURROGATE_OR_BEYOND.test(one) || SURROGATE_OR_BEYOND.test(other))
    return Buffer.compare(Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8'));
  return one < other ? -1 : Number(other < one);
}

const SURROGATE_OR_BEYOND = /[\ud800-\uffff]/;

/** The first key whose pair has half a surrogate pair in it: such a text has no UTF-8 form, so that two could look alike. */
export function illFormedKey(context: EncryptionContext): string | undefined {
  for (const key in context) if (!key.isWellFormed() || !context[key]?.isWellFormed()) return key;
  return undefined;
}
