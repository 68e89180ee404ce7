import type { ContextOf } from './context.ts';
import { arnMatches, matches, readPattern } from './pattern.ts';
import type { Truth } from './truth.ts';

/** Whether a value of the request and one of the policy satisfy an operator. */
type Comparison = (given: string, written: string, variables: ContextOf | undefined) => Truth;

const anyCase = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const text =
  (wildcards: boolean, same?: (a: string, b: string) => boolean): Comparison =>
  (given, written, variables) => {
    const tokens = readPattern(written, { wildcards, variables });
    if (tokens === 'unknown') return 'unknown';
    return tokens !== 'unresolved' && matches(tokens, given, same);
  };

const arn: Comparison = (given, written, variables) => arnMatches(written, given, variables);

const number =
  (holds: (given: number, written: number) => boolean): Comparison =>
  (given, written) =>
    holds(Number(given), Number(written));

const date =
  (holds: (given: number, written: number) => boolean): Comparison =>
  (given, written) =>
    holds(instant(given), instant(written));

/** The operators without their `Not`. */
export const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: text(false),
  StringEqualsIgnoreCase: text(false, anyCase),
  StringLike: text(true),
  ArnEquals: arn,
  ArnLike: arn,
  NumericEquals: number((given, written) => given === written),
  NumericLessThan: number((given, written) => given < written),
  NumericLessThanEquals: number((given, written) => given <= written),
  NumericGreaterThan: number((given, written) => given > written),
  NumericGreaterThanEquals: number((given, written) => given >= written),
  DateEquals: date((given, written) => given === written),
  DateLessThan: date((given, written) => given < written),
  DateLessThanEquals: date((given, written) => given <= written),
  DateGreaterThan: date((given, written) => given > written),
  DateGreaterThanEquals: date((given, written) => given >= written),
  Bool: (given, written) => anyCase(given, written),
  BinaryEquals: (given, written) => given === written,
  IpAddress: (given, written) => inRange(given, written),
};

/** Seconds since 1970 or ISO 8601. */
function instant(written: string): number {
  return /^\d+$/.test(written) ? Number(written) * 1000 : Date.parse(written);
}

/** Families never match each other. */
function inRange(address: string, range: string): boolean {
  const [network = '', prefix] = range.split('/');
  const given = bitsOf(address);
  const wanted = bitsOf(network);
  if (given.length !== wanted.length) return false;
  const length = prefix === undefined ? wanted.length : Number(prefix);
  return given.slice(0, length) === wanted.slice(0, length);
}

/** An address as a text of 32 or 128 zeros and ones. */
function bitsOf(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  const [before = '', after = ''] = address.split('::');
  const head = before.split(':').filter(Boolean);
  const tail = after.split(':').filter(Boolean);
  const middle = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...middle, ...tail].map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0')).join('');
}
