import { createCipheriv, createHash, randomBytes, randomFillSync } from 'node:crypto';

/** Where the simulator takes time from. */
export interface Clock {
  /** Milliseconds since the start of 1970 UTC, possibly with a fraction. Never runs backwards. */
  now(): number;
}

/** Where the simulator takes key material, nonces and ids from. */
export interface RandomSource {
  bytes(length: number): Uint8Array;
}

/** What comes in from outside, so that a run can be repeated exactly. */
export interface Environment {
  readonly clock: Clock;
  readonly random: RandomSource;
}

export const systemClock: Clock = { now: () => performance.timeOrigin + performance.now() };

/** Asking the system takes longer than what most calls do with the few bytes that they need, so it is asked for many at once. */
class SystemRandom implements RandomSource {
  private readonly pool = Buffer.alloc(POOL);
  private used = POOL;

  bytes(length: number): Uint8Array {
    if (length > POOL / 8) return randomBytes(length);
    if (this.used + length > POOL) {
      randomFillSync(this.pool);
      this.used = 0;
    }
    const given = Buffer.from(this.pool.subarray(this.used, this.used + length));
    // Nobody else may have what somebody has.
    this.pool.fill(0, this.used, this.used + length);
    this.used += length;
    return given;
  }
}

const POOL = 4096;

export const systemRandom: RandomSource = new SystemRandom();

export const systemEnvironment: Environment = { clock: systemClock, random: systemRandom };

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number;

  /** `start` in milliseconds since the start of 1970 UTC. */
  constructor(start = 0) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError(`a clock cannot be moved by \`${milliseconds}\` milliseconds`);
    this.#now += milliseconds;
  }
}

/**
 * The same bytes for the same seed: the AES-256-CTR key stream under the seed's SHA-256. For repeatable scenarios and
 * tests; whoever knows the seed knows every key made from it.
 */
export function seededRandom(seed: string): RandomSource {
  const stream = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), new Uint8Array(16));
  return { bytes: (length) => stream.update(new Uint8Array(length)) };
}
