import { type Clock, systemClock } from '../kms/environment.ts';

/** Goes on as real time does, from wherever it was set to. */
export class RunningClock implements Clock {
  private readonly real: Clock;
  private ahead = 0;

  /** @param start milliseconds since 1970. Left out: the real time. */
  constructor(start?: number, real: Clock = systemClock) {
    this.real = real;
    if (start !== undefined) this.ahead = start - real.now();
  }

  /** How far it is ahead of the real time, in milliseconds. */
  get offset(): number {
    return this.ahead;
  }

  now(): number {
    return this.real.now() + this.ahead;
  }

  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError('a clock does not run backwards');
    this.ahead += milliseconds;
  }
}
