import type { ContextValue } from '../context-value.ts';
import type { Element, Item } from '../document.ts';
import { parseArn } from '../syntax/arn.ts';
import { kmsResource } from '../syntax/arn-kms.ts';
import { compileArnPattern } from '../syntax/arn-pattern.ts';
import { compileGlob } from '../syntax/glob.ts';
import { globCovers, globsOverlap } from '../syntax/glob-relation.ts';
import { compileTemplateArn } from '../syntax/template.ts';
import { parseTemplate } from '../syntax/variable.ts';
import { any, not, type Truth } from '../truth.ts';
import { lookupIn } from './lookup.ts';

/** The key that a request is about; its id may not be known. */
export interface KeyToMatch {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly id?: string;
}

export type ValueOf = (key: string) => ContextValue;

export interface ResourceMatch {
  readonly matched: Truth;
  /** The value that nobody can decide on, and whether for want of the key's id or of what stands in it. */
  readonly undecided?: { readonly why: 'key' | 'text'; readonly text: string; readonly path: Item['path'] };
}

/** `key` undefined: an action without a resource, which only `*` covers. */
export type KeyMatcher = (key: KeyToMatch | undefined, valueOf: ValueOf) => ResourceMatch;

/**
 * Compiles a Resource or NotResource element. In a key policy `"*"` is the key that the policy is attached to; a key's
 * ARN is compared with it. Source: KMS Developer Guide, "Key policies"; IAM User Guide, "Resource".
 */
export function compileResource(element: Element<Item> | undefined, version: string | undefined): KeyMatcher {
  if (!element) return () => ({ matched: false });
  const items = element.items.map((item) => ({ item, match: compileItem(item.text, version) }));
  return (key, valueOf) => {
    let undecided: ResourceMatch['undecided'];
    const truths: Truth[] = [];
    for (const { item, match } of items) {
      const truth = match(key, valueOf);
      if (truth === 'unknown') undecided ??= { why: isKeyArn(item.text) ? 'key' : 'text', ...item };
      truths.push(truth);
    }
    const covered = any(truths);
    const matched = element.negated ? not(covered) : covered;
    return matched === 'unknown' && undecided ? { matched, undecided } : { matched };
  };
}

type ItemMatcher = (key: KeyToMatch | undefined, valueOf: ValueOf) => Truth;

function compileItem(text: string, version: string | undefined): ItemMatcher {
  if (text === '*') return () => true;
  const arn = parseArn(text, 'resource');
  if (arn.kind === 'unknown' || arn.unknown.length > 0) return unknownItem(arn);
  const template = parseTemplate(text, { version });
  if (template.variables.length > 0 || template.hasPlaceholder) {
    const pattern = compileTemplateArn(template, { element: 'resource' });
    const widened = compileArnPattern(pattern.widened, { element: 'resource', escaped: true });
    return (key, valueOf) => {
      if (!key) return false;
      const hasUnknown =
        template.hasPlaceholder || template.variables.some((name) => valueOf(name.toLowerCase()).state === 'unknown');
      if (hasUnknown || key.id === undefined)
        return compareWidened(widened.matches, pattern.widened, key) === false ? false : 'unknown';
      return pattern.matches(arnOf(key, key.id), lookupIn(valueOf)) === 'match';
    };
  }
  const pattern = compileArnPattern(text, { element: 'resource' });
  if (!pattern.readable) return () => false;
  return (key) => {
    if (!key) return false;
    return key.id === undefined ? compareWidened(pattern.matches, text, key) : pattern.matches(arnOf(key, key.id));
  };
}

/** A placeholder may come to name the key, unless the segments around it already rule that out. */
function unknownItem(arn: ReturnType<typeof parseArn>): ItemMatcher {
  if (arn.kind !== 'arn') return (key) => (key ? 'unknown' : false);
  const resource = kmsResource(arn);
  const mayBeKey = resource === undefined || !('keys' in resource) || resource.keys;
  const fits = (segment: 'partition' | 'region' | 'account', value: string): boolean =>
    arn.unknown.includes(segment) || compileGlob(arn[segment]).matches(value);
  return (key) => {
    if (!key || !mayBeKey) return false;
    const isPossible = fits('partition', key.partition) && fits('region', key.region) && fits('account', key.account);
    return isPossible ? 'unknown' : false;
  };
}

const EVERY_KEY = compileGlob('key/*');
/** No id that KMS gives out, so only patterns that cover every id match it. */
const SAMPLE_ID = '00000000-0000-0000-0000-000000000000';

/** Compares a pattern with a key of unknown id: sure only where every id, or none, would match. */
function compareWidened(matches: (arn: string) => boolean, pattern: string, key: KeyToMatch): Truth {
  const resource = compileGlob(pattern.split(':').slice(5).join(':') || '*');
  const prefix = `arn:${key.partition}:kms:${key.region}:${key.account}:`;
  const head = pattern.split(':').slice(0, 5).join(':');
  const headMatches = compileArnPattern(`${head}:*`).matches(`${prefix}key/${SAMPLE_ID}`);
  if (!headMatches) return matches(`${prefix}key/${SAMPLE_ID}`);
  if (globCovers(resource, EVERY_KEY)) return true;
  return globsOverlap(resource, EVERY_KEY) ? 'unknown' : false;
}

const arnOf = (key: KeyToMatch, id: string): string =>
  `arn:${key.partition}:kms:${key.region}:${key.account}:key/${id}`;

const isKeyArn = (text: string): boolean => /^arn:[^:]*:kms:/.test(text);
