/** More than this takes too long to wait for. */
const MOST_RANDOM = 2 ** 30;

const RANDOM = /^random:(\d+)(B|KiB|MiB|GiB)$/;

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** How many bytes `random:10MiB` stands for; undefined for other texts, and for too many. */
export function randomSize(text: string): number | undefined {
  const [, count, unit = ''] = RANDOM.exec(text) ?? [];
  const size = count === undefined ? undefined : Number(count) * (UNITS[unit] ?? Number.NaN);
  return size === undefined || MOST_RANDOM < size ? undefined : size;
}

/** Whether a payload that stands in the file itself has no bytes. */
export function isEmptyPayload(text: string): boolean {
  return /^(text:|base64:|hex:)$/.test(text) || randomSize(text) === 0;
}
