/** More than this takes too long to wait for. */
export const MOST_RANDOM = 2 ** 30;

const SIZE = /^(\d+)(B|KiB|MiB|GiB)$/;
const RANDOM = 'random:';

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** How many bytes `random:10MiB` stands for; undefined for other texts, and for too many. */
export function randomSize(text: string): number | undefined {
  const size = text.startsWith(RANDOM) ? parseSize(text.slice(RANDOM.length)) : undefined;
  return size === undefined || MOST_RANDOM < size ? undefined : size;
}

/** How many bytes `10MiB` stands for; undefined for other texts. */
export function parseSize(text: string): number | undefined {
  const [, count, unit = ''] = SIZE.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? Number.NaN);
}

/** Whether a payload that stands in the file itself has no bytes. */
export function isEmptyPayload(text: string): boolean {
  return /^(text:|base64:|hex:)$/.test(text) || randomSize(text) === 0;
}
