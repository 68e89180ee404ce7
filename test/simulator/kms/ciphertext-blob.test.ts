import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAXIMUM_ARN_BYTES, openBlob, parseBlob, sealBlob } from '../../../simulator/kms/ciphertext-blob.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { KEY_ARN, utf8 } from './keys.ts';

const key = {
  keyArn: KEY_ARN,
  keyMaterialId: 'ab'.repeat(32),
  secret: createSecretKey(seededRandom('key').bytes(32)),
};
const context = { tenant: 'blue' };
const sealed = sealBlob(key, utf8('plain'), context, seededRandom('nonce'));

function opened(bytes: Uint8Array): string | undefined {
  const answer = parseBlob(bytes);
  const plaintext = 'blob' in answer ? openBlob(key.secret, answer.blob, context) : undefined;
  return plaintext && Buffer.from(plaintext).toString();
}

describe('ciphertext blobs', () => {
  it('are marked, and name key, material and nonce', () => {
    expect(Buffer.from(sealed.subarray(0, 9)).toString('latin1')).toBe('kms-lens\x01');
    const answer = parseBlob(sealed);
    expect(answer).toMatchObject({
      blob: { keyArn: KEY_ARN, keyMaterialId: key.keyMaterialId, nonce: seededRandom('nonce').bytes(12) },
    });
    expect(sealed).toHaveLength(8 + 1 + 2 + KEY_ARN.length + 32 + 12 + 2 + 'plain'.length + 16);
    expect(opened(sealed)).toBe('plain');
  });

  it('do not open with any bit flipped', () => {
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const tampered = Buffer.from(sealed);
      tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(opened(tampered), `bit ${bit}`).toBeUndefined();
    }
  });

  it('do not open when bytes are missing or added', () => {
    for (let length = 0; length < sealed.length; length++) {
      expect(parseBlob(sealed.subarray(0, length)), `length ${length}`).toHaveProperty('problem');
    }
    expect(parseBlob(Buffer.concat([sealed, Uint8Array.of(0)]))).toEqual({ problem: '1 bytes follow its end' });
  });

  it('do not move to another key, though that key has the same bytes', () => {
    const answer = parseBlob(sealed);
    const other = parseBlob(
      sealBlob({ ...key, keyArn: `${KEY_ARN.slice(0, -1)}c` }, utf8('plain'), context, seededRandom('n')),
    );
    if (!('blob' in answer) || !('blob' in other)) throw new Error('both are blobs');
    const mixed = { ...answer.blob, head: other.blob.head };
    expect(openBlob(key.secret, mixed, context)).toBeUndefined();
  });

  it('are told from any other bytes without an exception', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(fc.property(bytes, (random) => 'problem' in parseBlob(random)));
    const marked = fc.uint8Array({ maxLength: 300 }).map((rest) => Buffer.concat([sealed.subarray(0, 9), rest]));
    fc.assert(fc.property(marked, (random) => opened(random) === undefined));
  });

  it('stay within what Decrypt takes', () => {
    const longest = { ...key, keyArn: 'a'.repeat(MAXIMUM_ARN_BYTES) };
    expect(sealBlob(longest, new Uint8Array(4096), {}, seededRandom('n')).length).toBeLessThanOrEqual(6144);
  });
});
