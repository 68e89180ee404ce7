/** Documents that findings in others rest on. */
export class Consulted {
  private readonly readers = new Map<string, Set<string>>();

  has(uri: string): boolean {
    return this.readers.has(uri);
  }

  /** @param by the document whose findings rest on it */
  add(uri: string, by: string): void {
    const readers = this.readers.get(uri);
    if (readers) readers.add(by);
    else this.readers.set(uri, new Set([by]));
  }

  /** The documents whose findings rest on one. */
  readersOf(uri: string): readonly string[] {
    return [...(this.readers.get(uri) ?? [])];
  }
}
