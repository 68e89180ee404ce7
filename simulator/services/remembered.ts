/** The plaintext of data keys as a service remembers it, each for one caller and for a time. */
export class Remembered {
  private readonly until = new Map<string, number>();

  has(who: string, what: string, now: number): boolean {
    return now < (this.until.get(`${who} ${what}`) ?? Number.NEGATIVE_INFINITY);
  }

  keep(who: string, what: string, until: number): void {
    this.until.set(`${who} ${what}`, until);
  }
}

export const MINUTE = 60_000;
