import type { LocalKmsRow, LocalKmsView } from '../../server/protocol.ts';

/** What was asked, a line for each request. */
export function requestsAsText({ of, url, rows, calls, denied }: LocalKmsView): string {
  const what = of ? `${of.name}${url === undefined ? '' : `, ${url}`}` : 'never started';
  const kept = rows.length < calls ? '; the latest are below' : '';
  return [
    `Local KMS: ${what}`,
    `${counted(calls, 'request')}, ${denied} denied${kept}`,
    '',
    ...rows.flatMap(linesOf),
    '',
  ].join('\n');
}

function linesOf(row: LocalKmsRow): string[] {
  const words = [row.time, row.region || '-', callerOf(row), row.operation || '-', ...row.keys, row.error ?? 'ok'];
  return [words.map(visible).join('  '), ...(row.because ? [`    ${visible(row.because).replaceAll('`', '')}`] : [])];
}

/** Who called, in words. */
export function callerOf({ principal, isFallback, isOfKms }: LocalKmsRow): string {
  if (isOfKms) return 'AWS KMS itself';
  return `${principal || 'nobody known'}${isFallback ? ' (fallback)' : ''}`;
}

/** `12 calls`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What requests bring is data. */
const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');
