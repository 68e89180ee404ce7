import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../simulator/text/nearest.ts';

const NAMES = [
  'CreateKey',
  'Decrypt',
  'Encrypt',
  'EnableKey',
  'EnableKeyRotation',
  'GenerateDataKey',
  'GetKeyRotationStatus',
  'ListGrants',
  'RotateKeyOnDemand',
];

describe('nearest', () => {
  it.each([
    ['Decypt', 'Decrypt'],
    ['Decrytp', 'Decrypt'],
    ['decrypt', 'Decrypt'],
    ['DECRYPTT', 'Decrypt'],
    ['Encryptt', 'Encrypt'],
    ['ListGrant', 'ListGrants'],
    ['GetKeyRotation', 'GetKeyRotationStatus'],
    ['RotateKey', 'RotateKeyOnDemand'],
    ['EnableKe', 'EnableKey'],
    ['GenerateDateKeys', 'GenerateDataKey'],
  ])('%s: %s', (text, expected) => {
    expect(nearest(text, NAMES)).toBe(expected);
  });

  it.each(['', 'x', 'PutObject', 'Get', 'a'.repeat(100_000), 'Sign'])('nothing is close to %.20s', (text) => {
    expect(nearest(text, NAMES)).toBeUndefined();
  });

  it('takes the first of equally close names', () => {
    expect(nearest('abcd', ['abce', 'abcf'])).toBe('abce');
    expect(nearest('abcd', [])).toBeUndefined();
  });

  it('finds a name again after one slip, and answers with one of the names or nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.nat(), fc.string({ maxLength: 1 }), (name, place, letter) => {
        const at = place % name.length;
        const slip = name.slice(0, at) + letter + name.slice(at + 1);
        expect(nearest(slip, [name])).toBe(name);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = nearest(text, NAMES);
        expect(found === undefined || NAMES.includes(found)).toBe(true);
      }),
    );
  });
});
