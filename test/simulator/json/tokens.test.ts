import fc from 'fast-check';
import { createScanner } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { Token, Tokens } from '../../../simulator/json/tokens.ts';

const LINE_BREAK = 14;
const TRIVIA = 15;

/** The tokens as the scanner reads them by itself. */
function scanned(text: string): object[] {
  const scanner = createScanner(text, false);
  if (text.startsWith('\uFEFF')) scanner.setPosition(1);
  const tokens: object[] = [];
  for (let kind: number = Token.Unknown; kind !== Token.EOF; ) {
    kind = scanner.scan();
    if (kind === LINE_BREAK || kind === TRIVIA) continue;
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    const isMark = kind <= Token.ColonToken;
    tokens.push({ kind, start, end, value: isMark ? '' : scanner.getTokenValue(), error: scanner.getTokenError() });
  }
  return tokens;
}

function read(text: string): object[] {
  const tokens = new Tokens(text);
  const all: object[] = [];
  while (tokens.kind !== Token.EOF) {
    tokens.next();
    const { kind, start, end, value, error } = tokens;
    all.push({ kind, start, end, value: kind <= Token.ColonToken ? '' : value, error });
  }
  return all;
}

const pieces = [
  '"',
  '"a"',
  '"é\\n"',
  '\\',
  '\\u00',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '1.5e',
  '-',
  'true',
  'nul',
  '//',
  '/*',
  '*/',
];
const spaces = [' ', '\t', '\n', '\r', '\u0001', '\u00a0', '\uFEFF', '\ud83d', 'x'];

test('what is read without the scanner is what the scanner reads', () => {
  const text = fc.string({ unit: fc.constantFrom(...pieces, ...spaces), maxLength: 14 });
  fc.assert(
    fc.property(text, (given) => {
      expect(read(given)).toEqual(scanned(given));
    }),
    { numRuns: 5000 },
  );
});
