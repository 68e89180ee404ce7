import type { TimelineLane, TimelineMoment } from '../../../server/protocol.ts';

export type ScaleName = 'time' | 'moments';

/** Where moments stand, in pixels from the left. */
export interface Scale {
  readonly width: number;
  /** Of the middle of a mark. */
  place(moment: number): number;
  /** Of the end of a bar, which reaches to the edges. */
  edge(moment: number): number;
  readonly ticks: readonly Tick[];
  /** So close together marks are drawn as one. */
  readonly apart: number;
}

export interface Tick {
  readonly left: number;
  /** Undefined: as wide as its text. */
  readonly width?: number;
  readonly text: string;
  readonly more?: string;
}

const DAY = 24 * 60 * 60 * 1000;
/** A mark with some air. */
const COLUMN = 31;
/** `2026-01-15 09:00:00` in two lines, with how much later below. */
const LABEL = 84;
/** A date among others by time. */
const DATE = 110;
/** Between an edge and the first mark. */
const PAD = 20;
const MARK = 26;

/** Where times differ too much, or a state lasts for no time, nobody sees anything by time. */
export function bestScale(moments: readonly TimelineMoment[], lanes: readonly TimelineLane[]): ScaleName {
  const at = (moment: number): number => moments[moment]?.at ?? 0;
  const span = at(moments.length - 1) - at(0);
  const gaps = moments.slice(1).map((each, index) => each.at - at(index));
  const least = Math.min(...gaps.filter((gap) => gap > 0));
  const isUnseen = lanes.some(({ spans }) => spans.some(({ from, to }) => at(from) === at(to) && from !== to));
  return span === 0 || span / least > MOST_TO_ONE || isUnseen ? 'moments' : 'time';
}

const MOST_TO_ONE = 1000;

/** @param isShown whether a moment has something to show; others take no room of their own */
export const scaleOf = (
  name: ScaleName,
  moments: readonly TimelineMoment[],
  room: number,
  isShown: (moment: number) => boolean,
): Scale => (name === 'time' ? byTime(moments, room) : byMoments(moments, room, isShown));

function byTime(moments: readonly TimelineMoment[], room: number): Scale {
  const width = Math.max(room, 480);
  const start = moments[0]?.at ?? 0;
  const last = moments.length - 1;
  const span = (moments[last]?.at ?? start) - start || 1;
  const placeOf = (at: number): number => PAD + ((at - start) / span) * (width - 2 * PAD);
  const place = (moment: number): number => placeOf(moments[moment]?.at ?? start);
  return {
    width,
    place,
    edge: (moment) => (moment === 0 ? 0 : moment === last ? width : place(moment)),
    ticks: datesIn(start, start + span, width / DATE).map(({ at, text }) => ({ left: placeOf(at), text })),
    apart: MARK,
  };
}

/** Moments of one time, and how many of them have columns. */
interface Group extends TimelineMoment {
  columns: number;
}

function byMoments(moments: readonly TimelineMoment[], room: number, isShown: (moment: number) => boolean): Scale {
  const groups: Group[] = [];
  /** Of each moment: its group and its column there. */
  const columns: (readonly [group: number, column: number])[] = [];
  for (const [index, moment] of moments.entries()) {
    if (isShown(index)) {
      if (groups.at(-1)?.at !== moment.at) groups.push({ ...moment, columns: 0 });
      const group = groups.at(-1);
      if (group) group.columns++;
    }
    columns.push([Math.max(0, groups.length - 1), (groups.at(-1)?.columns ?? 1) - 1]);
  }
  const least = groups.map((group) => Math.max(LABEL, group.columns * COLUMN));
  const stretch = Math.max(1, room / least.reduce((a, b) => a + b, 0));
  const widths = least.map((each) => each * stretch);
  let width = 0;
  const lefts = widths.map((each) => {
    const left = width;
    width += each;
    return left;
  });
  const place = (moment: number): number => {
    const [group = 0, column = 0] = columns[moment] ?? [];
    return (lefts[group] ?? 0) + ((column + 0.5) * (widths[group] ?? 0)) / (groups[group]?.columns ?? 1);
  };
  return {
    width,
    place,
    edge: (moment) => (moment === 0 ? 0 : moment === moments.length - 1 ? width : place(moment)),
    ticks: groups.map(({ at, time }, index) => {
      const before = groups[index - 1];
      const since = at - (before ?? moments[0] ?? { at }).at;
      const more = since === 0 ? 'start' : `+ ${durationOf(since)}`;
      return { left: lefts[index] ?? 0, width: widths[index] ?? 0, text: time, more };
    }),
    apart: MARK,
  };
}

const UNITS: readonly (readonly [milliseconds: number, name: string])[] = [
  [DAY, 'day'],
  [60 * 60 * 1000, 'hour'],
  [60 * 1000, 'minute'],
  [1000, 'second'],
];

/** `180 days`, `1 hour 30 minutes`: two units at most. */
export function durationOf(milliseconds: number): string {
  const parts: string[] = [];
  let rest = milliseconds;
  for (const [unit, name] of UNITS) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) parts.push(`${count.toLocaleString('en-US')} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.slice(0, 2).join(' ') || 'no time';
}

const STEPS: readonly number[] = [
  1000,
  5000,
  15_000,
  30_000,
  60_000,
  300_000,
  900_000,
  1_800_000,
  3_600_000,
  10_800_000,
  21_600_000,
  43_200_000,
  DAY,
  2 * DAY,
  7 * DAY,
];
const MONTHS: readonly number[] = [1, 2, 3, 6, 12, 24, 60, 120];

/** Round dates, so many of them as have room. */
function datesIn(start: number, end: number, most: number): { readonly at: number; readonly text: string }[] {
  const step = STEPS.find((each) => (end - start) / each <= most);
  if (step !== undefined) {
    const first = Math.ceil(start / step) * step;
    const count = Math.max(0, Math.floor((end - first) / step) + 1);
    return Array.from({ length: count }, (_, index) => first + index * step).map((at) => ({
      at,
      text: textOf(at, step),
    }));
  }
  const months = MONTHS.find((each) => (end - start) / (each * 30 * DAY) <= most) ?? 120;
  const dates: { at: number; text: string }[] = [];
  const from = new Date(start);
  for (let month = Math.ceil(from.getUTCMonth() / months) * months; ; month += months) {
    const at = Date.UTC(from.getUTCFullYear(), month);
    if (at > end) return dates;
    if (at >= start) dates.push({ at, text: new Date(at).toISOString().slice(0, months >= 12 ? 4 : 7) });
  }
}

function textOf(at: number, step: number): string {
  const iso = new Date(at).toISOString();
  if (step >= DAY) return iso.slice(0, 10);
  return `${iso.slice(5, 10)} ${iso.slice(11, step < 60_000 ? 19 : 16)}`;
}
