import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../../simulator/kms/quotas/bucket.ts';

/** How many of the calls pass; `[milliseconds to wait first, how many come then]`. */
function passed(rate: number, calls: readonly (readonly [wait: number, count: number])[]): number[] {
  const bucket = new TokenBucket(rate, 0);
  let now = 0;
  return calls.map(([wait, count]) => {
    now += wait;
    const passes = Math.min(count, bucket.available(now));
    bucket.take(passes, now);
    return passes;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const rates = fc.nat(50);
const calls = fc.array(fc.tuple(fc.nat(1500), fc.nat(80)), { maxLength: 30 });

describe('a bucket of tokens', () => {
  it.each<[number, readonly (readonly [number, number])[], readonly number[]]>([
    [
      5,
      [
        [0, 5],
        [0, 1],
      ],
      [5, 0],
    ],
    [
      5,
      [
        [0, 6],
        [199, 1],
        [1, 1],
      ],
      [5, 0, 1],
    ],
    [
      5,
      [
        [0, 5],
        [1000, 6],
        [60_000, 6],
      ],
      [5, 5, 5],
    ],
    [
      3,
      [
        [0, 3],
        [333, 1],
        [334, 1],
        [333, 3],
      ],
      [3, 0, 1, 2],
    ],
    [0, [[1_000_000, 1]], [0]],
  ])('of %i a second: of %j pass %j', (rate, coming, expected) => {
    expect(passed(rate, coming)).toEqual(expected);
  });

  it('never lets more pass than the quota and what came back since', () => {
    fc.assert(
      fc.property(rates, calls, (rate, coming) => {
        const passes = passed(rate, coming);
        for (const [from] of coming.entries())
          for (let to = from; to < coming.length; to++) {
            const time = sum(coming.slice(from + 1, to + 1).map(([wait]) => wait));
            expect(sum(passes.slice(from, to + 1))).toBeLessThanOrEqual(rate + (rate * time) / 1000 + 1e-6);
          }
      }),
    );
  });

  it('lets more pass of a higher quota', () => {
    fc.assert(
      fc.property(rates, fc.nat(50), calls, (rate, more, coming) => {
        expect(sum(passed(rate + more, coming))).toBeGreaterThanOrEqual(sum(passed(rate, coming)));
      }),
    );
  });

  it('does not let be taken what is not there', () => {
    const bucket = new TokenBucket(5, 0);
    expect(() => bucket.take(6, 0)).toThrow(RangeError);
    expect(() => bucket.take(-1, 0)).toThrow(RangeError);
    bucket.take(5, 0);
    expect(bucket.available(0)).toBe(0);
    // A clock that is set back gives nothing.
    expect(bucket.available(-5000)).toBe(0);
  });
});
