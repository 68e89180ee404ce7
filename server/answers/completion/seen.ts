import type { JsonNode } from '../../../simulator/json/node.ts';
import type { SourceDocument } from '../../documents/source.ts';

/**
 * The names that a document uses, each with how often. They are looked up in the text and not in the policy: a document
 * of a megabyte is searched in milliseconds, and a text that is being written need not be whole.
 */
export interface Seen {
  /** ARNs of accounts, users, roles and sessions. */
  readonly principals: Counts;
  readonly accounts: Counts;
  /** ARNs of keys and aliases. */
  readonly resources: Counts;
  readonly regions: Counts;
}

export type Counts = ReadonlyMap<string, number>;

const kept = new WeakMap<SourceDocument, Seen>();

export function seenIn(source: SourceDocument): Seen {
  let seen = kept.get(source);
  if (!seen) {
    seen = new SeenInText(source.text);
    kept.set(source, seen);
  }
  return seen;
}

const ARN = /"(arn:[a-z-]+:([a-z0-9-]+):[a-z0-9-]*:(\d{12}):([^"\\\s]+))"/g;
const ACCOUNT = /"(\d{12})"/g;
/** Of an ARN, or of the host name of a service. */
const REGION = /:([a-z]{2,4}(?:-[a-z]+)+-\d):\d{12}:|\.([a-z]{2,4}(?:-[a-z]+)+-\d)\.amazonaws\.com"/g;
const PRINCIPAL = /^(root|user\/|role\/|assumed-role\/)/;

/** Most questions need one kind of name only. */
class SeenInText implements Seen {
  private readonly text: string;
  private ofArns: SeenArns | undefined;
  private allAccounts: Counts | undefined;
  private allRegions: Counts | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get principals(): Counts {
    return this.arns.principals;
  }

  get resources(): Counts {
    return this.arns.resources;
  }

  get accounts(): Counts {
    this.allAccounts ??= countMatches(new Map(this.arns.accounts), this.text, ACCOUNT);
    return this.allAccounts;
  }

  get regions(): Counts {
    this.allRegions ??= countMatches(new Map(), this.text, REGION);
    return this.allRegions;
  }

  private get arns(): SeenArns {
    this.ofArns ??= searchArns(this.text);
    return this.ofArns;
  }
}

type SeenArns = Omit<Seen, 'regions'>;

function searchArns(text: string): SeenArns {
  const seen = {
    principals: new Map<string, number>(),
    accounts: new Map<string, number>(),
    resources: new Map<string, number>(),
  };
  for (const [, arn = '', service, account = '', resource = ''] of text.matchAll(ARN)) {
    count(seen.accounts, account);
    if (service === 'kms') count(seen.resources, arn);
    else if ((service === 'iam' || service === 'sts') && PRINCIPAL.test(resource) && !/[*?$]/.test(resource))
      count(seen.principals, arn);
  }
  return seen;
}

/** What the first group that took part says, match by match. */
function countMatches(counts: Map<string, number>, text: string, pattern: RegExp): Counts {
  for (const [, first, second = ''] of text.matchAll(pattern)) count(counts, first ?? second);
  return counts;
}

/** The strings that stand under members of a name, in any capitals, alone or in lists. */
export function stringsUnder(root: JsonNode | undefined, name: string): Counts {
  const wanted = name.toLowerCase();
  const strings = new Map<string, number>();
  const left: JsonNode[] = root ? [root] : [];
  for (let node = left.pop(); node; node = left.pop()) {
    if (node.type === 'array') for (const each of node.elements) push(left, each);
    if (node.type !== 'object') continue;
    for (const { key, value } of node.members) {
      if (!value) continue;
      push(left, value);
      if (key.value.length !== wanted.length || key.value.toLowerCase() !== wanted) continue;
      for (const each of value.type === 'array' ? value.elements : [value])
        if (each.type === 'string') count(strings, each.value);
    }
  }
  return strings;
}

function push(left: JsonNode[], node: JsonNode): void {
  if (node.type === 'object' || node.type === 'array') left.push(node);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
