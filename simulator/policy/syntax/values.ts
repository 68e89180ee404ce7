import { problem, spanOf } from './problem.ts';
import { type ParsedValue, readable, unreadable } from './value.ts';

/** A decimal number, exact: doubles alone would take 9007199254740993 for its neighbour. */
export interface Decimal {
  /** The nearest double. */
  readonly number: number;
  readonly negative: boolean;
  /** The digits without point and leading zeros; empty for zero. */
  readonly digits: string;
  /** How many of the digits stand after the point; negative for a whole number of tens. */
  readonly scale: number;
}

export type DecimalProblemCode =
  | 'number'
  /** `1e3`: AWS documents integers and decimals only. */
  | 'exponent'
  /** Too long or too large to be meant. */
  | 'number-size';

/** Reads a value of the Numeric operators. */
export function parseDecimal(text: string): ParsedValue<Decimal, DecimalProblemCode> {
  const match = text.length <= 1000 ? DECIMAL.exec(text) : null;
  if (match === null)
    return unreadable(text, /^[+-]?[0-9.]+$/.test(text) && 1000 < text.length ? 'number-size' : 'number');
  const [, sign, whole = '', fraction = '', bare = '', exponent] = match;
  const power = exponent === undefined ? 0 : Number(exponent);
  if (300 < Math.abs(power)) return unreadable(text, 'number-size');
  const digits = `${whole}${fraction}${bare}`.replace(/^0+/, '');
  const value: Decimal = {
    number: Number(text),
    negative: sign === '-' && digits !== '',
    digits,
    scale: digits === '' ? 0 : fraction.length + bare.length - power,
  };
  return exponent === undefined ? readable(text, value) : readable(text, value, [problem('exponent', spanOf(text))]);
}

/** Below zero where `a` is the smaller, zero where they are equal. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  // Up to 15 digits a double tells all decimals apart and keeps their order.
  if (a.digits.length <= 15 && b.digits.length <= 15 && Math.abs(a.scale) < 250 && Math.abs(b.scale) < 250) {
    return Math.sign(a.number - b.number);
  }
  const scale = Math.max(a.scale, b.scale);
  const difference = unscaled(a, scale) - unscaled(b, scale);
  return difference < 0n ? -1 : difference === 0n ? 0 : 1;
}

/** Reads a value of Bool and Null: `true` or `false`, capitals aside. */
export function parseBoolean(text: string): ParsedValue<boolean, 'boolean'> {
  const lower = text.toLowerCase();
  if (lower === 'true') return readable(text, true);
  if (lower === 'false') return readable(text, false);
  return unreadable(text, 'boolean', MEANT.get(lower.trim()));
}

export type Base64ProblemCode =
  | 'base64'
  /** `-` and `_` of the URL alphabet. */
  | 'base64-url'
  | 'base64-padding';

/** Reads a value of BinaryEquals: base64 with its padding (RFC 4648, section 4). */
export function parseBase64(text: string): ParsedValue<Uint8Array, Base64ProblemCode> {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    if (text.length % 4 === 0) return readable(text, decode(text));
    const stripped = text.replace(/=+$/, '');
    const padded = stripped.padEnd(Math.ceil(stripped.length / 4) * 4, '=');
    return stripped.length % 4 === 1 ? unreadable(text, 'base64') : unreadable(text, 'base64-padding', padded);
  }
  if (!/^[\w-]*={0,2}$/.test(text)) return unreadable(text, 'base64');
  const plain = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  if (plain.length % 4 === 1) return unreadable(text, 'base64');
  return unreadable(text, 'base64-url', plain.padEnd(Math.ceil(plain.length / 4) * 4, '='));
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

const DECIMAL = /^([+-])?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,4}))?$/;

function unscaled(value: Decimal, scale: number): bigint {
  const digits = BigInt(`${value.digits}${'0'.repeat(scale - value.scale)}` || '0');
  return value.negative ? -digits : digits;
}

const MEANT: ReadonlyMap<string, string> = new Map([
  ['true', 'true'],
  ['yes', 'true'],
  ['on', 'true'],
  ['1', 'true'],
  ['false', 'false'],
  ['no', 'false'],
  ['off', 'false'],
  ['0', 'false'],
]);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decode(text: string): Uint8Array {
  const stripped = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((stripped.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of stripped) {
    held = ((held << 6) | ALPHABET.indexOf(character)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}
