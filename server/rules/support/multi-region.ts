import type { Item, PolicyDocument, Statement } from '../../../simulator/policy/document.ts';
import { perStatement } from '../../../simulator/policy/per-statement.ts';
import { parseArn } from '../../../simulator/policy/syntax/arn.ts';
import { kmsResource } from '../../../simulator/policy/syntax/arn-kms.ts';
import type { Span } from '../../../simulator/policy/syntax/problem.ts';
import { isRegionShape } from '../../../simulator/policy/syntax/region.ts';
import { resourcesOf } from './kms-resources.ts';

/** A multi-Region key that a `Resource` names in one Region. */
export interface PinnedKey {
  readonly statement: Statement;
  readonly item: Item;
  readonly id: string;
  readonly region: string;
  /** Where the Region stands in the ARN. */
  readonly span: Span;
}

/** The multi-Region keys in `Resource`, each in one Region. */
export function pinnedKeys(statements: PolicyDocument['statements']): PinnedKey[] {
  return statements.flatMap((statement) => pinnedIn(statement).map((each) => ({ ...each, statement })));
}

const pinnedIn = perStatement((statement): readonly Omit<PinnedKey, 'statement'>[] => {
  const pinned: Omit<PinnedKey, 'statement'>[] = [];
  for (const item of resourcesOf(statement)) {
    if (!item.text.includes(':key/mrk-')) continue;
    const arn = parseArn(item.text, 'resource');
    const key = kmsResource(arn);
    if (key?.type !== 'key' || !key.multiRegion || arn.unknown.length > 0 || !isRegionShape(arn.region)) continue;
    pinned.push({ item, id: key.id, region: arn.region, span: arn.spans.region });
  }
  return pinned;
});

/** The Regions in which each of the keys is named, by its id. */
export function regionsOf(keys: Iterable<PinnedKey>): ReadonlyMap<string, ReadonlySet<string>> {
  const regions = new Map<string, Set<string>>();
  for (const { id, region } of keys) regions.set(id, (regions.get(id) ?? new Set()).add(region));
  return regions;
}
