/**
 * Folds a text so that two texts that differ by capitals alone become equal. Each character stays one character of the
 * same length, so that offsets hold. Beyond ASCII this is what Java's `equalsIgnoreCase` compares; AWS does not document
 * its own folding.
 */
export function foldCase(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

export function foldCodePoint(codePoint: number): number {
  return foldCharacter(String.fromCodePoint(codePoint)).codePointAt(0) ?? codePoint;
}

const BEYOND_ASCII = /[^\0-\x7f]/;

function foldCharacter(character: string): string {
  const upper = character.toUpperCase();
  const lower = (upper.length === character.length ? upper : character).toLowerCase();
  return lower.length === character.length ? lower : character;
}
