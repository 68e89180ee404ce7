import { type Clock, systemClock } from '../kms/environment.ts';

/** Goes on as real time does, from wherever it was set to. */
export class RunningClock implements Clock {
  private readonly real: Clock;
  private offset = 0;

  /** @param start milliseconds since 1970. Left out: the real time. */
  constructor(start?: number, real: Clock = systemClock) {
    this.real = real;
    if (start !== undefined) this.offset = start - real.now();
  }

  now(): number {
    return this.real.now() + this.offset;
  }

  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError('a clock does not run backwards');
    this.offset += milliseconds;
  }
}
