const all: Map<string, unknown>[] = [];

/**
 * The same function with what it found for the last texts kept: policies repeat the same few actions, keys and ARNs a
 * thousand times. What it returns is shared, so it has to be immutable.
 */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const found = new Map<string, T>();
  all.push(found);
  return (text) => {
    if (text.length > LONGEST) return read(text);
    let result = found.get(text);
    if (result === undefined && !found.has(text)) {
      const copy = copyOf(text);
      result = read(copy);
      if (MOST <= found.size) found.clear();
      found.set(copy, result);
    }
    return result as T;
  };
}

/** Gives the memory back, for those who have no more texts to read. */
export function forgetTexts(): void {
  for (const found of all) found.clear();
}

/** A part of a text can keep the whole of it in memory; a copy does not. */
export function copyOf(text: string): string {
  return text.split('').join('');
}

/** Texts that are longer are rarely repeated. */
const LONGEST = 300;
const MOST = 4000;
