import { problem, type SyntaxProblem, spanOf } from './problem.ts';
import { type ParsedValue, readable, unreadable } from './value.ts';

export interface Instant {
  /** Since 1970-01-01T00:00:00Z; may have a fraction. */
  readonly milliseconds: number;
  /** How it was written. */
  readonly form: 'date' | 'epoch';
}

export type DateProblemCode =
  | 'date'
  /** A day, hour or minute that no calendar has: 30 February, 25:00. */
  | 'date-range'
  /** A time without its zone; read as UTC. */
  | 'zone-missing'
  /** A zone without its colon, `+0100`. */
  | 'zone-shape'
  /** Seconds since 1970 that would lie thousands of years ahead: milliseconds, most likely. */
  | 'epoch-milliseconds';

/**
 * Reads a value of the Date operators: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `YYYY-MM-DDThh:mm[:ss[.s]]` with `Z` or `±hh:mm`
 * (the W3C profile of ISO 8601), or seconds since 1970. Four digits are a year. AWS does not say which of the two it
 * takes them for.
 */
export function parseDate(text: string): ParsedValue<Instant, DateProblemCode> {
  if (64 < text.length) return unreadable(text, 'date');
  const match = W3C.exec(text);
  if (match === null) return EPOCH.test(text) ? epoch(text) : unreadable(text, 'date', repair(text));
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const days = dayNumber(Number(year), Number(month ?? '01'), Number(day ?? '01'));
  const offset = zoneMinutes(zone);
  const time = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)] as const;
  if (days === undefined || offset === undefined || 23 < time[0] || 59 < time[1] || 59 < time[2]) {
    return unreadable(text, 'date-range');
  }
  const seconds = days * 86_400 + (time[0] * 60 + time[1] - offset) * 60 + time[2];
  const milliseconds = seconds * 1000 + fractionToMilliseconds(fraction);
  return readable(text, { milliseconds, form: 'date' }, judgeZone(text, hour, zone));
}

const W3C =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,18}))?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;
const EPOCH = /^-?\d{1,17}(?:\.\d{1,18})?$/;

/** A second in the year 5138: what is larger was counted in milliseconds. */
const LATEST_EPOCH = 100_000_000_000;

function epoch(text: string): ParsedValue<Instant, DateProblemCode> {
  const [whole = '', fraction] = text.split('.');
  const seconds = Number(whole);
  const part = fractionToMilliseconds(fraction);
  const instant: Instant = { milliseconds: seconds * 1000 + (text.startsWith('-') ? -part : part), form: 'epoch' };
  if (Math.abs(seconds) < LATEST_EPOCH) return readable(text, instant);
  const suggestion = String(Math.floor(seconds / 1000));
  return readable(text, instant, [problem('epoch-milliseconds', spanOf(text), { suggestion })]);
}

/** Moves the point by text: multiplying would turn some thousandths into their neighbours. */
function fractionToMilliseconds(fraction = ''): number {
  return Number(`${fraction.slice(0, 3).padEnd(3, '0')}.${fraction.slice(3)}`);
}

/** Days since 1970, or undefined for a date that does not exist. */
function dayNumber(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  // Date.UTC takes years below 100 for those of the last century.
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() / 86_400_000 : undefined;
}

function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (23 < hours || 59 < minutes) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function judgeZone(
  text: string,
  hour: string | undefined,
  zone: string | undefined,
): readonly SyntaxProblem<DateProblemCode>[] {
  if (hour === undefined) return [];
  if (zone === undefined) return [problem('zone-missing', spanOf(text), { suggestion: `${text}Z` })];
  if (zone === 'Z' || zone.includes(':')) return [];
  return [problem('zone-shape', spanOf(text), { suggestion: `${text.slice(0, -2)}:${text.slice(-2)}` })];
}

/** Small letters, and a space where the T belongs, are what most often differs. */
function repair(text: string): string | undefined {
  const mended = text
    .trim()
    .toUpperCase()
    .replace(/^(\d{4}-\d{2}-\d{2}) +(?=\d)/, '$1T');
  return mended !== text && W3C.test(mended) ? mended : undefined;
}
