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
  return Object.entries(context)
    .map(([key, value]) => ({ key: Buffer.from(key, 'utf8'), value: Buffer.from(value, 'utf8') }))
    .sort((one, other) => Buffer.compare(one.key, other.key));
}

/**
 * One sequence of bytes per context, to be authenticated: the number of pairs, then each key and value after its
 * length. All numbers have four bytes, big-endian. No context and an empty one are the same.
 */
export function canonicalContext(context: EncryptionContext | undefined): Uint8Array {
  const pairs = encodedPairs(context ?? {});
  const length = pairs.reduce((sum, { key, value }) => sum + 8 + key.length + value.length, 4);
  const bytes = Buffer.allocUnsafe(length);
  let at = bytes.writeUInt32BE(pairs.length);
  for (const { key, value } of pairs)
    for (const part of [key, value]) {
      at = bytes.writeUInt32BE(part.length, at);
      bytes.set(part, at);
      at += part.length;
    }
  return bytes;
}

/** The first key whose pair has half a surrogate pair in it: such a text has no UTF-8 form, so that two could look alike. */
export function illFormedKey(context: EncryptionContext): string | undefined {
  return Object.entries(context).find(([key, value]) => /\p{Surrogate}/u.test(`${key}\n${value}`))?.[0];
}
