import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import {
  createKeyMaterial,
  createSymmetricKey,
  findKeyMaterial,
  keyIdOf,
  MAXIMUM_ARN_BYTES,
} from '../../../simulator/kms/symmetric-key.ts';
import { KEY_ARN, OTHER_ARN } from './keys.ts';

const bytes = (first = 0) => Uint8Array.from({ length: 32 }, (_, index) => first + index);

describe('symmetric keys', () => {
  it('have the same material id for the same material of the same key, and no other', () => {
    const id = createKeyMaterial(KEY_ARN, bytes()).id;
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(createKeyMaterial(KEY_ARN, bytes()).id).toBe(id);
    expect(createKeyMaterial(KEY_ARN, bytes(1)).id).not.toBe(id);
    expect(createKeyMaterial(OTHER_ARN, bytes()).id).not.toBe(id);
  });

  it('have the same material id in every Region', () => {
    const primary = createKeyMaterial('arn:aws:kms:us-east-1:111122223333:key/mrk-1', bytes());
    expect(createKeyMaterial('arn:aws:kms:eu-west-1:111122223333:key/mrk-1', bytes()).id).toBe(primary.id);
  });

  it('do not show their material', () => {
    const given = bytes();
    const material = createKeyMaterial(KEY_ARN, given);
    expect(given.every((byte) => byte === 0)).toBe(true);
    expect(JSON.stringify(material)).toBe(JSON.stringify({ id: material.id, secret: {} }));
  });

  it('find current and previous material', () => {
    const current = createKeyMaterial(KEY_ARN, bytes());
    const older = createKeyMaterial(KEY_ARN, bytes(1));
    const key = { ...createSymmetricKey(KEY_ARN, seededRandom('x')), current, previous: [older] };
    expect(findKeyMaterial(key, current.id)).toBe(current);
    expect(findKeyMaterial(key, older.id)).toBe(older);
    expect(findKeyMaterial(key, '0'.repeat(64))).toBeUndefined();
  });

  it('are enabled and of KMS when they are new', () => {
    const key = createSymmetricKey(KEY_ARN, seededRandom('x'));
    expect(key).toMatchObject({ arn: KEY_ARN, origin: 'AWS_KMS', state: 'Enabled', previous: [] });
  });

  it('refuse what they cannot be', () => {
    expect(() => createKeyMaterial(KEY_ARN, new Uint8Array(31))).toThrow(RangeError);
    expect(() => createSymmetricKey('', seededRandom('x'))).toThrow(RangeError);
    expect(() => createSymmetricKey('a'.repeat(MAXIMUM_ARN_BYTES + 1), seededRandom('x'))).toThrow(RangeError);
  });

  it('have the id that their ARN ends with', () => {
    expect(keyIdOf(KEY_ARN)).toBe('1234abcd-12ab-34cd-56ef-1234567890ab');
    expect(keyIdOf('no ARN')).toBe('no ARN');
  });
});
