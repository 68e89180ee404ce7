const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How far people move a clock: past a wait, a deletion, a rotation. */
export const STRIDES: readonly (readonly [label: string, milliseconds: number])[] = [
  ['1 hour', HOUR],
  ['1 day', DAY],
  ['7 days', 7 * DAY],
  ['30 days', 30 * DAY],
  ['1 year', 365 * DAY],
];
