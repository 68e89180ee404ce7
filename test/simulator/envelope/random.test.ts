import { expect, it } from 'vitest';
import { pooledRandom } from '../../../simulator/envelope/random.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';

it('a pool of random bytes gives out what its source gives, each byte once', () => {
  const asked: number[] = [];
  const source = seededRandom('pool');
  const pool = pooledRandom({
    bytes(length) {
      asked.push(length);
      return source.bytes(length);
    },
  });
  const expected = Buffer.from(seededRandom('pool').bytes(4096));
  const parts = [pool.bytes(32), pool.bytes(12), pool.bytes(4000)];
  expect(Buffer.concat(parts)).toEqual(expected.subarray(0, 4044));
  // What is overwritten is its owner's alone.
  parts[0]?.fill(0);
  expect(pool.bytes(8)).toEqual(Uint8Array.from(expected.subarray(4044, 4052)));
  expect(asked).toEqual([4096]);
  pool.bytes(100);
  pool.bytes(5000);
  expect(asked).toEqual([4096, 4096, 5000]);
});
