/**
 * Where each decoded character of a JSON string stands in its text. `raw` is the text of the string with its quotes;
 * the result has one entry per decoded UTF-16 code unit, an offset into `raw`, and one more for the closing quote.
 */
export function stringOffsets(raw: string): Uint32Array {
  const offsets: number[] = [];
  let at = 1;
  const end = raw.length > 1 && raw.endsWith('"') && !endsInEscape(raw) ? raw.length - 1 : raw.length;
  while (at < end) {
    offsets.push(at);
    if (raw.charCodeAt(at) !== BACKSLASH) {
      at += 1;
      continue;
    }
    const isUnicode = raw.charAt(at + 1) === 'u' && /^[0-9a-fA-F]{4}$/.test(raw.slice(at + 2, at + 6));
    at += isUnicode ? 6 : 2;
  }
  offsets.push(Math.min(at, end));
  return Uint32Array.from(offsets);
}

/** Text to stand between the quotes of a JSON string. */
export function escapeForString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const BACKSLASH = 0x5c;

function endsInEscape(raw: string): boolean {
  let backslashes = 0;
  for (let at = raw.length - 2; 0 <= at && raw.charCodeAt(at) === BACKSLASH; at--) backslashes += 1;
  return backslashes % 2 === 1;
}
