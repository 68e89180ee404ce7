import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deriveKeys } from '../../../simulator/envelope/key-derivation.ts';
import { type AlgorithmSuite, findSuite, suiteNumber } from '../../../simulator/envelope/suites.ts';

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

  it.each([
    [0x0114, 'sha256', 16],
    [0x0146, 'sha256', 24],
    [0x0178, 'sha256', 32],
    [0x0214, 'sha256', 16],
    [0x0346, 'sha384', 24],
    [0x0378, 'sha384', 32],
  ] as const)('has no salt in version 1, and the message id in the label: suite %i', (id, hash, bytes) => {
    const suite = suiteOf(id);
    const key = dataKey.subarray(0, bytes);
    const { encryptionKey, commitment } = deriveKeys(suite, key, messageId.subarray(16));
    const label = Buffer.concat([Buffer.from(suiteNumber(id).slice(2), 'hex'), messageId.subarray(16)]);
    expect(encryptionKey.export()).toEqual(Buffer.from(hkdfSync(hash, key, '', label, bytes)));
    expect(commitment).toHaveLength(0);
  });

  it.each([0x0014, 0x0046, 0x0078])('takes the data key itself in the oldest suites: suite %i', (id) => {
    const suite = suiteOf(id);
    const key = dataKey.subarray(0, suite.keyBytes);
    expect(deriveKeys(suite, key, messageId.subarray(16)).encryptionKey.export()).toEqual(key);
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
    expect(findSuite(0x0179)).toBeUndefined();
  });
});

function suiteOf(id: number): AlgorithmSuite {
  const suite = findSuite(id);
  if (!suite) throw new Error('the suite is missing');
  return suite;
}
