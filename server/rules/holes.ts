/**
 * Holes are what a fix leaves for the user to fill in: an account, a Region, a key of the encryption context. Edits carry
 * them between two characters of Unicode's private use, which no policy may hold, until it is known what the client can do.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const HOLE = /\uE000([^\uE001]*)\uE001/g;

/** A hole that says what it is for, or holds a likely value: `hole('111122223333')`. */
export function hole(text: string): string {
  return `${OPEN}${text}${CLOSE}`;
}

export function hasHoles(text: string): boolean {
  return text.includes(OPEN);
}

/** The text with each hole as it is, for clients and programs that fill nothing in. */
export function withoutHoles(text: string): string {
  return text.replaceAll(HOLE, '$1');
}

/** The text as a snippet: equal holes are one, filled in together. */
export function asSnippet(text: string): string {
  const numbers = new Map<string, number>();
  const parts = text.split(HOLE);
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return part.replaceAll(/[\\$}]/g, '\\$&');
      const number = numbers.get(part) ?? numbers.size + 1;
      numbers.set(part, number);
      return `\${${number}:${part.replaceAll(/[\\$}]/g, '\\$&')}}`;
    })
    .join('');
}
