import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf } from '../../../simulator/text/difference.ts';

const few = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\u{1f511}'), maxLength: 40 });

test('all that differs lies between the start and the ends, which are as far apart as they must be', () => {
  fc.assert(
    fc.property(few, few, few, few, (head, old, added, tail) => {
      const [before, after] = [head + old + tail, head + added + tail];
      const { start, oldEnd, newEnd } = differenceOf(before, after);
      expect(before.slice(0, start)).toBe(after.slice(0, start));
      expect(before.slice(oldEnd)).toBe(after.slice(newEnd));
      const [gone, come] = [before.slice(start, oldEnd), after.slice(start, newEnd)];
      if (gone === '' || come === '') return;
      expect(gone.charCodeAt(0)).not.toBe(come.charCodeAt(0));
      expect(gone.charCodeAt(gone.length - 1)).not.toBe(come.charCodeAt(come.length - 1));
    }),
    { numRuns: 2000 },
  );
});
