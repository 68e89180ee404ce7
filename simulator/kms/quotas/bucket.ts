/**
 * Tokens for one quota: as many as it allows in a second, and they come back at that rate. It begins full, so that what
 * comes at one moment passes up to the quota, and never more passes than the quota and what came back since.
 */
export class TokenBucket {
  private readonly rate: number;
  private tokens: number;
  private at: number;

  /** @param rate requests per second @param now in milliseconds */
  constructor(rate: number, now: number) {
    this.rate = rate;
    this.tokens = rate;
    this.at = now;
  }

  /** How many requests would pass now. */
  available(now: number): number {
    // What came back in thirds is whole again after three.
    return Math.floor(this.tokensAt(now) + ROUNDING);
  }

  /** Throws a RangeError where that many are not there. */
  take(count: number, now: number): void {
    if (!(0 <= count && count <= this.available(now))) throw new RangeError(`there are no ${count} tokens`);
    this.tokens = Math.max(0, this.tokensAt(now) - count);
    this.at = Math.max(this.at, now);
  }

  private tokensAt(now: number): number {
    const passed = Math.max(0, now - this.at);
    return Math.min(this.rate, this.tokens + (this.rate * passed) / 1000);
  }
}

const ROUNDING = 1e-6;
