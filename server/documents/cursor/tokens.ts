import { createScanner } from 'jsonc-parser';

export interface Token {
  /** `value`: a whole object or array, a number, or a word. */
  readonly type: 'string' | 'value' | 'comma' | 'colon';
  readonly start: number;
  readonly end: number;
  /** What a string says. */
  readonly value: string;
}

/** The string or word that the position is in, or behind whose last character it stands. */
export interface Touched {
  readonly type: 'string' | 'word';
  readonly start: number;
  readonly end: number;
  /** A string that has its closing quote. */
  readonly closed: boolean;
}

/** The scanner's kinds of token; its own names are ambient const enums. */
const Kind = { OpenBrace: 1, OpenBracket: 3, Comma: 5, Colon: 6, Null: 7, String: 10 } as const;
const Trivia = { LineComment: 12, BlockComment: 13, LineBreak: 14, Space: 15 } as const;
const END = 17;
const UNEXPECTED_END_OF_COMMENT = 1;
const UNEXPECTED_END_OF_STRING = 2;

/**
 * The tokens of one container from `from` up to the position. `skip` tells where a value that begins with a bracket
 * ends. Undefined inside comments and where brackets do not fit.
 */
export function tokensUpTo(
  text: string,
  from: number,
  offset: number,
  skip: (start: number) => number | undefined,
): { readonly tokens: readonly Token[]; readonly touched: Touched | undefined } | undefined {
  const scanner = createScanner(text, false);
  scanner.setPosition(from === 0 && text.charCodeAt(0) === 0xfeff ? 1 : from);
  const tokens: Token[] = [];
  for (;;) {
    const kind: number = scanner.scan();
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    if (kind === END || offset <= start) return { tokens, touched: undefined };
    switch (kind) {
      case Trivia.LineBreak:
      case Trivia.Space:
        break;
      case Trivia.LineComment:
        if (offset <= end) return undefined;
        break;
      case Trivia.BlockComment: {
        const error: number = scanner.getTokenError();
        if (offset < end || error === UNEXPECTED_END_OF_COMMENT) return undefined;
        break;
      }
      case Kind.OpenBrace:
      case Kind.OpenBracket: {
        const close = skip(start);
        if (close === undefined || offset < close) return undefined;
        tokens.push({ type: 'value', start, end: close, value: '' });
        scanner.setPosition(close);
        break;
      }
      case Kind.Comma:
      case Kind.Colon:
        tokens.push({ type: kind === Kind.Comma ? 'comma' : 'colon', start, end, value: '' });
        break;
      case Kind.String: {
        const error: number = scanner.getTokenError();
        const closed = error !== UNEXPECTED_END_OF_STRING;
        if (offset < end || (offset === end && !closed))
          return { tokens, touched: { type: 'string', start, end, closed } };
        tokens.push({ type: 'string', start, end, value: scanner.getTokenValue() });
        break;
      }
      default:
        if (kind < Kind.Null) return undefined;
        if (offset <= end) return { tokens, touched: { type: 'word', start, end, closed: false } };
        tokens.push({ type: 'value', start, end, value: '' });
    }
  }
}
