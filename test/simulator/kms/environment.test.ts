import { describe, expect, it } from 'vitest';
import { ManualClock, seededRandom, systemClock, systemRandom } from '../../../simulator/kms/environment.ts';

describe('clocks', () => {
  it('stands still until it is moved, and only forward', () => {
    const clock = new ManualClock(1000);
    expect(clock.now()).toBe(1000);
    clock.advance(250.5);
    expect(clock.now()).toBe(1250.5);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
    expect(clock.now()).toBe(1250.5);
  });

  it('takes real time from the system', () => {
    const first = systemClock.now();
    expect(Math.abs(first - Date.now())).toBeLessThan(60_000);
    expect(systemClock.now()).toBeGreaterThanOrEqual(first);
  });
});

describe('random sources', () => {
  it('repeats itself for the same seed, however much is taken at once', () => {
    const whole = Buffer.from(seededRandom('seed').bytes(100));
    const parts = seededRandom('seed');
    expect(Buffer.concat([parts.bytes(1), parts.bytes(0), parts.bytes(37), parts.bytes(62)])).toEqual(whole);
  });

  it('differs for another seed and never repeats a block', () => {
    expect(seededRandom('one').bytes(32)).not.toEqual(seededRandom('other').bytes(32));
    const random = seededRandom('one');
    expect(random.bytes(16)).not.toEqual(random.bytes(16));
  });

  it('gives as many bytes as asked for', () => {
    expect(systemRandom.bytes(33)).toHaveLength(33);
    expect(systemRandom.bytes(32)).not.toEqual(systemRandom.bytes(32));
  });
});
