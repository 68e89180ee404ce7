import type { JsonNode } from '../../../simulator/json/node.ts';
import { valueOf } from '../../../simulator/json/node.ts';
import type { PrincipalPattern } from '../../../simulator/policy/syntax/principal.ts';
import type { SourceDocument } from '../../documents/source.ts';

/** The names that a document uses, each with how often. */
export interface Seen {
  /** ARNs of accounts, users, roles and sessions. */
  readonly principals: Counts;
  readonly accounts: Counts;
  readonly services: Counts;
  /** ARNs of keys and aliases. */
  readonly resources: Counts;
  readonly regions: Counts;
  /** The values that each condition key is compared with, by its name in small letters. */
  readonly values: ReadonlyMap<string, Counts>;
}

type Counts = ReadonlyMap<string, number>;

const kept = new WeakMap<SourceDocument, Seen>();

export function seenIn(source: SourceDocument): Seen {
  const known = kept.get(source);
  if (known) return known;
  const seen = new Collector();
  for (const statement of source.policy?.policy.statements ?? []) {
    for (const { pattern } of statement.principal?.items ?? []) seen.principal(pattern);
    for (const { text } of statement.resource?.items ?? []) seen.text(text);
    for (const { key, values } of statement.conditions) for (const { text } of values) seen.value(key.lower, text);
  }
  if (source.kind.kind === 'grant') seen.grants(source.parsed.root);
  kept.set(source, seen);
  return seen;
}

const NAMED: ReadonlySet<PrincipalPattern['kind']> = new Set(['account', 'user', 'role', 'assumed-role']);

class Collector implements Seen {
  readonly principals = new Map<string, number>();
  readonly accounts = new Map<string, number>();
  readonly services = new Map<string, number>();
  readonly resources = new Map<string, number>();
  readonly regions = new Map<string, number>();
  readonly values = new Map<string, Map<string, number>>();

  principal(pattern: PrincipalPattern): void {
    if (NAMED.has(pattern.kind)) count(this.principals, pattern.text);
    if (pattern.kind === 'service') count(this.services, pattern.text);
    if (pattern.account) count(this.accounts, pattern.account);
  }

  value(key: string, text: string): void {
    const values = this.values.get(key) ?? new Map<string, number>();
    this.values.set(key, values);
    count(values, text);
    this.text(text);
    if (/^\d{12}$/.test(text)) count(this.accounts, text);
    const region = /^[a-z0-9-]+\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/.exec(text)?.[1];
    if (region) count(this.regions, region);
  }

  /** An ARN says an account and often a Region. */
  text(text: string): void {
    const [, service, region, account] = /^arn:[a-z-]+:([a-z0-9-]+):([a-z0-9-]*):(\d{12}):./.exec(text) ?? [];
    if (account) count(this.accounts, account);
    if (region) count(this.regions, region);
    if (service === 'kms') count(this.resources, text);
    if (service === 'iam' && !/[*?]/.test(text)) count(this.principals, text);
  }

  grants(node: JsonNode | undefined): void {
    if (node?.type === 'array') for (const each of node.elements) this.grants(each);
    if (node?.type !== 'object') return;
    this.grants(valueOf(node, 'Grants'));
    for (const name of ['KeyId', 'GranteePrincipal', 'RetiringPrincipal', 'IssuingAccount']) {
      const value = valueOf(node, name);
      if (value?.type === 'string') this.text(value.value);
    }
  }
}

/** Names of this document first, then of the others, the most frequent first; what is being written does not count. */
export function seenNames(
  { source, others, typed }: { source: SourceDocument; others: readonly SourceDocument[]; typed: string },
  pick: (seen: Seen) => Counts | undefined,
): readonly { readonly name: string; readonly here: boolean }[] {
  const here = [...(pick(seenIn(source)) ?? [])].filter(([name, times]) => name !== typed || times > 1);
  const there = others.flatMap((other) => [...(pick(seenIn(other)) ?? [])]);
  const names = new Map<string, boolean>();
  for (const [name] of here.sort(byCount)) names.set(name, true);
  for (const [name] of there.sort(byCount)) if (!names.has(name)) names.set(name, false);
  return [...names].map(([name, isHere]) => ({ name, here: isHere }));
}

type Count = readonly [name: string, times: number];

const byCount = (a: Count, b: Count): number => b[1] - a[1];

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
