import { createScanner, type JSONScanner } from 'jsonc-parser';

// The scanner's token kinds and errors. Its types declare them as ambient const enums, which isolated modules cannot read.
export const Token = {
  OpenBraceToken: 1,
  CloseBraceToken: 2,
  OpenBracketToken: 3,
  CloseBracketToken: 4,
  CommaToken: 5,
  ColonToken: 6,
  NullKeyword: 7,
  TrueKeyword: 8,
  FalseKeyword: 9,
  StringLiteral: 10,
  NumericLiteral: 11,
  LineCommentTrivia: 12,
  BlockCommentTrivia: 13,
  Unknown: 16,
  EOF: 17,
} as const;

export const Scan = {
  None: 0,
  UnexpectedEndOfComment: 1,
  UnexpectedEndOfString: 2,
  UnexpectedEndOfNumber: 3,
  InvalidCharacter: 6,
} as const;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;

/** Brackets, colons and commas by their character. */
const MARKS: Readonly<Record<number, number>> = {
  123: Token.OpenBraceToken,
  125: Token.CloseBraceToken,
  91: Token.OpenBracketToken,
  93: Token.CloseBracketToken,
  44: Token.CommaToken,
  [COLON]: Token.ColonToken,
};

const isSpace = (code: number): boolean => code === SPACE || code === 0x09 || code === 0x0a || code === 0x0d;

/**
 * The tokens of a JSON text, one at a time. Marks and plain strings, which is nearly all that a policy has, are read here:
 * for those the scanner would take most of the time that it takes to parse.
 */
export class Tokens {
  kind: number = Token.Unknown;
  start = 0;
  end: number;
  /** The decoded characters of a string, the digits of a number. */
  value = '';
  error: number = Scan.None;
  private readonly text: string;
  private scanner: JSONScanner | undefined;

  constructor(text: string) {
    this.text = text;
    this.end = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  next(): void {
    const { text } = this;
    const start = this.pastSpace();
    const code = text.charCodeAt(start);
    const mark = MARKS[code];
    if (mark !== undefined) return this.found(mark, start, start + 1, '');
    const end = code === QUOTE ? this.endOfPlainString(start) : 0;
    if (0 < end) return this.found(Token.StringLiteral, start, end, text.slice(start + 1, end - 1));
    this.scanner ??= createScanner(text, false);
    const { scanner } = this;
    scanner.setPosition(start);
    const kind = scanner.scan();
    const offset = scanner.getTokenOffset();
    this.found(kind, offset, offset + scanner.getTokenLength(), scanner.getTokenValue());
    this.error = scanner.getTokenError();
  }

  /** Goes on from an offset, as if what stands before it had been read. */
  moveTo(offset: number): void {
    this.end = offset;
  }

  colonFollows(): boolean {
    return this.text.charCodeAt(this.pastSpace()) === COLON;
  }

  private found(kind: number, start: number, end: number, value: string): void {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.value = value;
    this.error = Scan.None;
  }

  /** The offset after the closing quote; 0 for a string with escapes or with characters that cannot stand in one. */
  private endOfPlainString(start: number): number {
    const { text } = this;
    for (let at = start + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return at + 1;
      if (code === BACKSLASH || code < SPACE) return 0;
    }
    return 0;
  }

  private pastSpace(): number {
    const { text } = this;
    let at = this.end;
    while (isSpace(text.charCodeAt(at))) at++;
    return at;
  }
}
