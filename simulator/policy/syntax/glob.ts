import { foldCase } from './fold-case.ts';
import { ANY_ONE, ANY_RUN, type GlobOptions, globTokens } from './glob-tokens.ts';

/** A compiled pattern of `*` (any run of characters) and `?` (exactly one character). */
export interface Glob extends GlobOptions {
  readonly pattern: string;
  /** The only text that matches (capitals aside, where they do not count), or undefined where there are wildcards. */
  readonly literal: string | undefined;
  /** Takes time proportional to the value for most patterns, to the value times the pattern at worst. */
  matches(value: string): boolean;
}

/** Compiles a pattern once, so that matching many values is cheap. Every string is a pattern. */
export function compileGlob(pattern: string, options: GlobOptions = {}): Glob {
  return new CompiledGlob(pattern, options);
}

const LITERAL = 0;
const ANYTHING = 1;
const AFFIXES = 2;
const ONE_PIECE = 3;
const PIECES = 4;

/** What stands between two runs: a text, or units in which a `?` may stand. */
interface Piece {
  readonly text: string | undefined;
  /** UTF-16 code units and ANY_ONE. */
  readonly units: readonly number[];
}

class CompiledGlob implements Glob {
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly escaped: boolean;
  readonly literal: string | undefined;
  // Which of the cases below applies: one class with a switch keeps the callers' call sites monomorphic.
  private readonly shape: number;
  private readonly text: string;
  private readonly prefix: string;
  private readonly suffix: string;
  private readonly pieces: readonly Piece[];
  private readonly shortest: number;
  private readonly hasAnyOne: boolean;

  constructor(pattern: string, options: GlobOptions) {
    const tokens = globTokens(pattern, options);
    this.pattern = pattern;
    this.ignoreCase = options.ignoreCase === true;
    this.escaped = options.escaped === true;
    this.hasAnyOne = tokens.includes(ANY_ONE);
    this.pieces = toPieces(tokens);
    this.prefix = this.pieces[0]?.text ?? '';
    this.suffix = this.pieces.at(-1)?.text ?? '';
    this.text = this.prefix;
    this.shortest = this.pieces.reduce((sum, piece) => sum + piece.units.length, 0);
    this.shape = shapeOf(this.pieces, this.hasAnyOne);
    this.literal = this.shape === LITERAL ? toText(globTokens(pattern, { escaped: this.escaped })) : undefined;
  }

  matches(value: string): boolean {
    const given = this.ignoreCase ? foldCase(value) : value;
    switch (this.shape) {
      case LITERAL:
        return given === this.text;
      case ANYTHING:
        return true;
      case AFFIXES:
        return this.shortest <= given.length && given.startsWith(this.prefix) && given.endsWith(this.suffix);
      default:
        return this.matchesPieces(given);
    }
  }

  private matchesPieces(value: string): boolean {
    // A `?` is one character, not half of one: such values are rare, so only they pay for the slower comparison.
    if (this.hasAnyOne && SURROGATE.test(value)) return matchesTokens(globTokens(this.pattern, this), value);
    if (value.length < this.shortest) return false;
    const first = this.pieces[0];
    const last = this.pieces.at(-1);
    if (first === undefined || last === undefined) return value === '';
    if (this.shape === ONE_PIECE) return value.length === this.shortest && standsAt(first, value, 0);
    const end = value.length - last.units.length;
    if (!standsAt(first, value, 0) || !standsAt(last, value, end)) return false;
    // Taking each middle piece at the first place where it stands leaves the most room for the rest: no backtracking.
    let at = first.units.length;
    for (let i = 1; i < this.pieces.length - 1; i++) {
      const piece = this.pieces[i];
      if (piece === undefined) continue;
      const found = findPiece(piece, value, at, end);
      if (found < 0) return false;
      at = found + piece.units.length;
    }
    return true;
  }
}

const SURROGATE = /[\ud800-\udfff]/;

function shapeOf(pieces: readonly Piece[], hasAnyOne: boolean): number {
  if (pieces.length === 1) return hasAnyOne ? ONE_PIECE : LITERAL;
  if (2 < pieces.length || hasAnyOne) return PIECES;
  return pieces.every((piece) => piece.units.length === 0) ? ANYTHING : AFFIXES;
}

/** The pieces around the runs: n runs give n + 1 pieces, the first and the last possibly empty. */
function toPieces(tokens: readonly number[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (let i = 0; i <= tokens.length; i++) {
    if (i < tokens.length && tokens[i] !== ANY_RUN) continue;
    pieces.push(toPiece(tokens.slice(start, i)));
    start = i + 1;
  }
  return pieces;
}

function toPiece(tokens: readonly number[]): Piece {
  if (tokens.includes(ANY_ONE)) {
    const units = tokens.flatMap((token) => (token === ANY_ONE ? [ANY_ONE] : unitsOf(String.fromCodePoint(token))));
    return { text: undefined, units };
  }
  const text = toText(tokens);
  return { text, units: unitsOf(text) };
}

function toText(tokens: readonly number[]): string {
  let text = '';
  for (const token of tokens) text += String.fromCodePoint(token);
  return text;
}

function unitsOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

function standsAt(piece: Piece, value: string, at: number): boolean {
  if (piece.text !== undefined) return value.startsWith(piece.text, at);
  const { units } = piece;
  if (value.length < at + units.length) return false;
  for (let i = 0; i < units.length; i++) {
    const unit = units[i];
    if (unit !== ANY_ONE && unit !== value.charCodeAt(at + i)) return false;
  }
  return true;
}

/** The first place from `from` on where the piece stands and ends before `end`, or -1. */
function findPiece(piece: Piece, value: string, from: number, end: number): number {
  const latest = end - piece.units.length;
  if (piece.text !== undefined) {
    if (latest < from) return -1;
    const index = value.indexOf(piece.text, from);
    return index <= latest ? index : -1;
  }
  for (let at = from; at <= latest; at++) {
    if (standsAt(piece, value, at)) return at;
  }
  return -1;
}

/** The same by whole characters, with a single place to come back to. */
function matchesTokens(tokens: readonly number[], value: string): boolean {
  const characters = Array.from(value, (character) => character.codePointAt(0) ?? 0);
  let token = 0;
  let run = -1;
  let mark = 0;
  let at = 0;
  while (at < characters.length) {
    if (tokens[token] === ANY_RUN) {
      run = token++;
      mark = at;
    } else if (token < tokens.length && (tokens[token] === ANY_ONE || tokens[token] === characters[at])) {
      token++;
      at++;
    } else if (run < 0) {
      return false;
    } else {
      token = run + 1;
      at = ++mark;
    }
  }
  return tokens.slice(token).every((rest) => rest === ANY_RUN);
}
