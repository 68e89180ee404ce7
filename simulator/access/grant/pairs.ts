import { foldCase } from '../../policy/syntax/fold-case.ts';

export type Pairs = Readonly<Record<string, string>>;

export interface ContextComparison {
  readonly matched: boolean;
  /** Whether it matches only because capitals in the names do not count. */
  readonly otherCase: boolean;
}

/** Compares a request's encryption context with a grant's: names without regard to capitals, values exactly. */
export function compareContext(
  constraint: 'EncryptionContextEquals' | 'EncryptionContextSubset',
  wanted: Pairs,
  given: Pairs,
): ContextComparison {
  const matched =
    covers(given, wanted, foldCase) && (constraint === 'EncryptionContextSubset' || sameSize(given, wanted));
  return { matched, otherCase: matched && !covers(given, wanted, (name) => name) };
}

/** Whether `given` has every pair of `wanted`. */
export function covers(given: Pairs, wanted: Pairs, fold: (name: string) => string = foldCase): boolean {
  const has = new Set(Object.entries(given).map(([name, value]) => JSON.stringify([fold(name), value])));
  return Object.entries(wanted).every(([name, value]) => has.has(JSON.stringify([fold(name), value])));
}

export function sameSize(a: Pairs, b: Pairs): boolean {
  return Object.keys(a).length === Object.keys(b).length;
}

export function shownPairs(pairs: Pairs): readonly string[] {
  return Object.entries(pairs).map(([name, value]) => `${name}=${value}`);
}
