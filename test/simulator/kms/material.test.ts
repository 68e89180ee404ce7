import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { Materials, materialOf, newMaterial } from '../../../simulator/kms/material.ts';

const bytes = (first = 0) => Uint8Array.from({ length: 32 }, (_, index) => first + index);

describe('key material', () => {
  it('has the same id for the same bytes of the same key, and no other', () => {
    const { id } = materialOf('one', bytes());
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(materialOf('one', bytes()).id).toBe(id);
    expect(materialOf('one', bytes(1)).id).not.toBe(id);
    expect(materialOf('other', bytes()).id).not.toBe(id);
  });

  it('overwrites what it is made of, and is not shown', () => {
    const given = bytes();
    const material = materialOf('one', given);
    expect(given.every((byte) => byte === 0)).toBe(true);
    expect(JSON.stringify(material)).toBe(JSON.stringify({ id: material.id }));
  });

  it('is kept when it is rotated', () => {
    const first = newMaterial('one', 'SYMMETRIC_DEFAULT', seededRandom('first'));
    const second = newMaterial('one', 'SYMMETRIC_DEFAULT', seededRandom('second'));
    const materials = new Materials(first);
    materials.rotate(second, 5, 'ON_DEMAND');
    expect(materials.current).toBe(second);
    expect(materials.find(first.id)).toBe(first);
    expect(materials.all).toEqual([first, second]);
    expect(second.rotated).toEqual({ at: 5, type: 'ON_DEMAND' });
    expect(materials.isWhole).toBe(true);
    first.secret = undefined;
    expect(materials.isWhole).toBe(false);
  });
});
