import { KmsError } from './errors.ts';

interface PageRequest {
  readonly Limit?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface Page {
  readonly NextMarker?: string;
  readonly Truncated: boolean;
}

/**
 * One page of a list, which is sorted by what `idOf` says. A marker names the last element of the page before, so that
 * pages neither repeat nor miss anything that stays.
 */
export function pageOf<T>(
  all: readonly T[],
  idOf: (each: T) => string,
  { Limit, Marker }: PageRequest,
  usual: number,
): { readonly page: readonly T[]; readonly more: Page } {
  const after = Marker === undefined ? undefined : readMarker(Marker);
  const start = after === undefined ? 0 : firstAfter(all, idOf, after);
  const page = all.slice(start, start + (Limit ?? usual));
  const last = page.at(-1);
  const isTruncated = start + page.length < all.length && last !== undefined;
  return {
    page,
    more: isTruncated ? { NextMarker: markerOf(idOf(last)), Truncated: true } : { Truncated: false },
  };
}

const MARK = 'kms-lens ';

const markerOf = (id: string): string => Buffer.from(`${MARK}${id}`).toString('base64');

function readMarker(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString();
  if (!text.startsWith(MARK))
    throw new KmsError('InvalidMarkerException', '', 'give the NextMarker of the page before');
  return text.slice(MARK.length);
}

function firstAfter<T>(all: readonly T[], idOf: (each: T) => string, after: string): number {
  const at = all.findIndex((each) => after < idOf(each));
  return at < 0 ? all.length : at;
}
