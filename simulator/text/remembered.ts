const copies = new Map<string, string>();

const all: Map<string, unknown>[] = [copies];

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
      const copy = kept(text);
      result = read(copy);
      if (MOST <= found.size) found.clear();
      found.set(copy, result);
    }
    return result as T;
  };
}

/** The same characters without the document that they were read from: a part of a text keeps all of it in memory. */
export function kept(text: string): string {
  if (text.length > LONGEST) return copyOf(text);
  let copy = copies.get(text);
  if (copy === undefined) {
    copy = copyOf(text);
    if (MOST <= copies.size) copies.clear();
    copies.set(copy, copy);
  }
  return copy;
}

/** Gives the memory back, for those who have no more texts to read. */
export function forgetTexts(): void {
  for (const found of all) found.clear();
}

/** Two texts put together are written anew when a part is taken, and that part keeps no more than the two in memory. */
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}

/** Texts that are longer are rarely repeated. */
const LONGEST = 300;
const MOST = 4000;
