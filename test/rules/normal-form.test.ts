import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintOf, normalForm } from '../../server/rules/support/normal-form.ts';
import { fromValue } from '../../simulator/json/node.ts';

/** The same value in other words: members and lists in another order, and lists of one for single entries. */
function reworded(value: unknown, wraps: boolean): unknown {
  if (Array.isArray(value))
    return value.length === 1 ? reworded(value[0], wraps) : value.toReversed().map((each) => reworded(each, wraps));
  if (typeof value !== 'object' || value === null) return wraps ? [value] : value;
  const members = Object.entries(value).map(([name, inner]) => [name, reworded(inner, !wraps)] as const);
  return Object.fromEntries(members.reverse());
}

const value = fc.jsonValue({ maxDepth: 4 });

test('what says the same has the same normal form and fingerprint', () => {
  fc.assert(
    fc.property(value, (given) => {
      const [one, other] = [fromValue(given), fromValue(reworded(given, false))];
      expect(normalForm(other)).toBe(normalForm(one));
      expect(fingerprintOf(other)).toBe(fingerprintOf(one));
    }),
  );
});

test('what has the same normal form has the same fingerprint', () => {
  fc.assert(
    fc.property(value, value, (one, other) => {
      const [a, b] = [fromValue(one), fromValue(other)];
      if (normalForm(a) === normalForm(b)) expect(fingerprintOf(a)).toBe(fingerprintOf(b));
    }),
    { numRuns: 1000 },
  );
});

test('other words give another fingerprint', () => {
  const print = (given: unknown): number => fingerprintOf(fromValue(given));
  expect(print({ Action: 'kms:Decrypt' })).not.toBe(print({ Action: 'kms:Encrypt' }));
  expect(print({ Action: 'kms:Decrypt', Resource: '*' })).not.toBe(print({ Action: '*', Resource: 'kms:Decrypt' }));
  expect(
    print([
      ['a', 'b'],
      ['c', 'd'],
    ]),
  ).not.toBe(
    print([
      ['a', 'c'],
      ['b', 'd'],
    ]),
  );
});
