import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deriveKeys } from '../../../simulator/envelope/key-derivation.ts';
import { findSuite, suiteNumber } from '../../../simulator/envelope/suites.ts';

const dataKey = Buffer.alloc(32, 1);
const messageId = Buffer.alloc(32, 2);

describe('key derivation', () => {
  it.each([
    [0x0478, '0478'],
    [0x0578, '0578'],
  ])('is HKDF-SHA512 with the labels of the format, suite %#', (id, hex) => {
    const suite = findSuite(id);
    if (!suite) throw new Error('the suite is missing');
    expect(suiteNumber(id)).toBe(`0x${hex}`);
    const { encryptionKey, commitment } = deriveKeys(suite, dataKey, messageId);
    const label = Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from('DERIVEKEY')]);
    expect(encryptionKey.export()).toEqual(Buffer.from(hkdfSync('sha512', dataKey, messageId, label, 32)));
    expect(commitment).toEqual(Buffer.from(hkdfSync('sha512', dataKey, messageId, 'COMMITKEY', 32)));
  });

  it('gives each message keys of its own', () => {
    const suite = findSuite(0x0478);
    if (!suite) throw new Error('the suite is missing');
    const one = deriveKeys(suite, dataKey, messageId);
    const other = deriveKeys(suite, dataKey, Buffer.alloc(32, 3));
    expect(one.commitment).not.toEqual(other.commitment);
    expect(one.encryptionKey.equals(other.encryptionKey)).toBe(false);
  });

  it('knows no other suites', () => {
    expect(findSuite(0x0178)).toBeUndefined();
  });
});
