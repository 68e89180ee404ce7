import type { RequestValues } from '../context-value.ts';
import type { Element, Item } from '../document.ts';
import { parseArn } from '../syntax/arn.ts';
import { kmsResource } from '../syntax/arn-kms.ts';
import { type ArnPattern, compileArnPattern } from '../syntax/arn-pattern.ts';
import { compileGlob } from '../syntax/glob.ts';
import { globCovers, globsOverlap } from '../syntax/glob-relation.ts';
import { compileTemplateArn } from '../syntax/template.ts';
import { parseTemplate } from '../syntax/variable.ts';
import { any, not, type Truth } from '../truth.ts';
import { lookupIn } from './lookup.ts';

/** What a request is about, ready to be compared. */
export interface ResourceTarget {
  readonly type: 'key' | 'alias';
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** Undefined for a key whose id is not known. */
  readonly arn: string | undefined;
}

export interface ResourceMatch {
  readonly matched: Truth;
  /** The value that nobody can decide on, and whether for want of the key's id or of what stands in it. */
  readonly undecided?: { readonly why: 'key' | 'text'; readonly text: string; readonly path: Item['path'] };
}

/** `target` undefined: an action without a resource, which only `*` covers. */
export type ResourceMatcher = (target: ResourceTarget | undefined, request: RequestValues) => ResourceMatch;

const MATCH: ResourceMatch = { matched: true };
const NO_MATCH: ResourceMatch = { matched: false };

/**
 * Compiles a Resource or NotResource element. In a key policy `"*"` is the key that the policy is attached to; a key's
 * ARN is compared with it. Source: KMS Developer Guide, "Key policies"; IAM User Guide, "Resource".
 */
export function compileResource(element: Element<Item> | undefined, version: string | undefined): ResourceMatcher {
  if (!element) return () => NO_MATCH;
  const { negated } = element;
  if (element.items.some(({ text }) => text === '*')) return () => (negated ? NO_MATCH : MATCH);
  const items = element.items.map((item) => ({ item, match: compileItem(item.text, version) }));
  return (target, request) => {
    let undecided: ResourceMatch['undecided'];
    let covered: Truth = false;
    for (const { item, match } of items) {
      const truth = match(target, request);
      if (truth === 'unknown') undecided ??= { why: isKeyArn(item.text) ? 'key' : 'text', ...item };
      covered = any([covered, truth]);
    }
    const matched = negated ? not(covered) : covered;
    if (matched === 'unknown') return undecided ? { matched, undecided } : { matched };
    return matched ? MATCH : NO_MATCH;
  };
}

type ItemMatcher = (target: ResourceTarget | undefined, request: RequestValues) => Truth;

function compileItem(text: string, version: string | undefined): ItemMatcher {
  const template = parseTemplate(text, { version });
  // Variables work after the fifth colon only; elsewhere they stand for nothing.
  if (!template.hasPlaceholder && /\$\{[^*?$}]/.test(text.split(':').slice(0, 5).join(':'))) return () => false;
  const arn = parseArn(text, 'resource');
  if (arn.kind === 'unknown' || arn.unknown.length > 0) return unknownItem(arn);
  if (template.variables.length > 0 || template.hasPlaceholder) return templateItem(template);
  // What stands literally in a policy without variables may look like an escape of one.
  const escaped = version === '2012-10-17';
  const pattern = compileArnPattern(text, { element: 'resource', escaped });
  if (!pattern.readable) return () => false;
  const withoutId = whateverId(pattern, escaped);
  // One key after the other is asked about often, and comparing a text is cheaper than matching it.
  let last: string | undefined;
  let lastMatched = false;
  return (target) => {
    if (!target) return false;
    if (target.arn === undefined) return withoutId(target);
    if (target.arn !== last) {
      lastMatched = pattern.matches(target.arn);
      last = target.arn;
    }
    return lastMatched;
  };
}

function templateItem(template: ReturnType<typeof parseTemplate>): ItemMatcher {
  const pattern = compileTemplateArn(template, { element: 'resource' });
  const widened = compileArnPattern(pattern.widened, { element: 'resource', escaped: true });
  const withoutId = whateverId(widened, true);
  const names = template.variables.map((name) => name.toLowerCase());
  return (target, request) => {
    if (!target) return false;
    const isOpen = template.hasPlaceholder || names.some((name) => request.get(name).state === 'unknown');
    if (target.arn === undefined) return withoutId(target) === false ? false : 'unknown';
    if (isOpen) return widened.matches(target.arn) ? 'unknown' : false;
    return pattern.matches(target.arn, lookupIn(request)) === 'match';
  };
}

/** A placeholder may come to name the resource, unless the segments around it already rule that out. */
function unknownItem(arn: ReturnType<typeof parseArn>): ItemMatcher {
  if (arn.kind !== 'arn') return (target) => (target ? 'unknown' : false);
  const resource = kmsResource(arn);
  const reach = resource !== undefined && 'keys' in resource ? resource : { keys: true, aliases: true };
  const segments = (['partition', 'region', 'account'] as const).flatMap((segment) =>
    arn.unknown.includes(segment) ? [] : [{ segment, glob: compileGlob(arn[segment]) }],
  );
  return (target) => {
    if (!target || !(target.type === 'key' ? reach.keys : reach.aliases)) return false;
    return segments.every(({ segment, glob }) => glob.matches(target[segment])) ? 'unknown' : false;
  };
}

const EVERY_KEY = compileGlob('key/*');
/** No id that KMS gives out, so only patterns that cover every id match it. */
const SAMPLE = 'key/00000000-0000-0000-0000-000000000000';

/** Compares a pattern with a key of unknown id: sure only where every id, or none, would match. */
function whateverId({ pattern, matches }: ArnPattern, escaped: boolean): (target: ResourceTarget) => Truth {
  const fields = pattern.split(':');
  const resource = compileGlob(fields.slice(5).join(':') || '*', { escaped });
  const head = compileArnPattern(`${fields.slice(0, 5).join(':')}:*`, { escaped });
  const truth: Truth = globCovers(resource, EVERY_KEY) || (globsOverlap(resource, EVERY_KEY) && 'unknown');
  return ({ partition, region, account }) => {
    const sample = `arn:${partition}:kms:${region}:${account}:${SAMPLE}`;
    return head.matches(sample) ? truth : matches(sample);
  };
}

const isKeyArn = (text: string): boolean => /^arn:[^:]*:kms:/.test(text);
