import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerBound, SpanSet } from '../../../server/documents/span-set.ts';

const offset = fc.nat(12);
const span = fc.tuple(offset, offset).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));

test('answers as if each stretch were looked at', () => {
  fc.assert(
    fc.property(fc.array(span), span, (spans, asked) => {
      const set = new SpanSet(spans);
      expect(set.overlaps(asked)).toBe(spans.some(({ start, end }) => start < asked.end && asked.start < end));
      expect(set.meets(asked)).toBe(spans.some(({ start, end }) => start <= asked.end && asked.start <= end));
    }),
    { numRuns: 2000 },
  );
});

test('counts the numbers below a limit', () => {
  fc.assert(
    fc.property(fc.array(offset), offset, (numbers, limit) => {
      const sorted = [...numbers].sort((a, b) => a - b);
      expect(lowerBound(sorted, limit)).toBe(sorted.filter((each) => each < limit).length);
    }),
  );
});
