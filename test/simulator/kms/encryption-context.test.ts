import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalContext, encodedPairs, illFormedKey } from '../../../simulator/kms/encryption-context.ts';

function hex(context: Record<string, string> | undefined): string {
  return Buffer.from(canonicalContext(context)).toString('hex');
}

describe('canonical encryption context', () => {
  it('has a count, then each key and value after its length', () => {
    expect(hex({ b: 'é', a: '' })).toBe(
      '00000002' + '00000001' + '61' + '00000000' + '00000001' + '62' + '00000002' + 'c3a9',
    );
  });

  it('takes no context for an empty one', () => {
    expect(hex(undefined)).toBe('00000000');
    expect(hex({})).toBe('00000000');
  });

  it('sorts by UTF-8 bytes, where UTF-16 code units would sort otherwise', () => {
    const keys = encodedPairs({ '\u{1F511}': '', '\uFF5E': '', b: '', B: '' }).map(({ key }) =>
      Buffer.from(key).toString(),
    );
    expect(keys).toEqual(['B', 'b', '\uFF5E', '\u{1F511}']);
  });

  it('knows keys that objects treat specially', () => {
    expect(hex(Object.fromEntries([['__proto__', 'x']]))).not.toBe(hex({}));
  });

  const text = fc.string({ unit: 'grapheme', maxLength: 8 });
  const context = fc.dictionary(text, text, { maxKeys: 4 });

  it('is the same for every order of the pairs', () => {
    fc.assert(
      fc.property(context, (pairs) => {
        expect(hex(Object.fromEntries(Object.entries(pairs).reverse()))).toBe(hex(pairs));
      }),
    );
  });

  it('differs for different contexts', () => {
    fc.assert(
      fc.property(context, context, (one, other) => {
        const same = JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
        expect(hex(one) === hex(other)).toBe(same);
      }),
    );
  });

  it('finds text without a UTF-8 form', () => {
    expect(illFormedKey({ a: 'b', lone: '\ud800' })).toBe('lone');
    expect(illFormedKey({ '\udc00': '' })).toBe('\udc00');
    expect(illFormedKey({ high: '\ud83d', '\udd11': '' })).toBe('high');
    expect(illFormedKey({ a: '\u{1F511}' })).toBeUndefined();
  });
});
