import { actionNames, findAction } from '../../../simulator/facts/actions.ts';
import { kmsOperations } from '../../../simulator/facts/operations.ts';
import type { KmsAction } from '../../../simulator/facts/types.ts';
import type { ActionItem, Condition, Item, Statement } from '../../../simulator/policy/document.ts';
import { expandAction } from '../../../simulator/policy/syntax/action.ts';
import { hasWildcard, parseArn } from '../../../simulator/policy/syntax/arn.ts';
import { isKeyId, kmsResource } from '../../../simulator/policy/syntax/arn-kms.ts';

/** Which resources of KMS a text can stand for. */
export interface Reach {
  readonly keys: boolean;
  readonly aliases: boolean;
}

const ALL: Reach = { keys: true, aliases: true };
const NONE: Reach = { keys: false, aliases: false };

/** What a value of `Resource` can stand for; everything where that cannot be told. */
export function reachOf(text: string): Reach {
  if (isBareKey(text)) return NONE;
  const arn = parseArn(text, 'resource');
  if (arn.kind !== 'arn' || arn.unknown.includes('service') || hasWildcard(arn.service)) return ALL;
  const resource = kmsResource(arn);
  if (!resource || resource.type === 'other') return NONE;
  if (resource.type === 'key' || resource.type === 'alias')
    return { keys: resource.type === 'key', aliases: resource.type === 'alias' };
  return { keys: resource.keys, aliases: resource.aliases };
}

/** Whether a text is what people write for a key where only its ARN will do: an id, `key/…`, `alias/…`. */
export function isBareKey(text: string): boolean {
  return isKeyId(text.replace(/^key\//, '')) || /^alias\/[\w/-]+$/.test(text);
}

/** Whether a text may turn out to be `*` when something else fills it in, or is it. */
export function mayBeEverything(text: string): boolean {
  return text === '*' || (!text.startsWith('arn:') && !isBareKey(text));
}

/** The actions of KMS that an entry covers; undefined where that cannot be told. */
export function kmsActionsOf({ pattern }: ActionItem): readonly KmsAction[] | undefined {
  if (pattern.kind === 'unknown') return undefined;
  if (pattern.kind === 'malformed') return [];
  if (!pattern.wildcards)
    return pattern.service === 'kms' ? [findAction(pattern.name)].filter((each) => each !== undefined) : [];
  return expandAction(pattern, FULL_NAMES).flatMap((name) => findAction(name.slice(PREFIX.length)) ?? []);
}

const PREFIX = 'kms:';
const FULL_NAMES = actionNames.map((name) => PREFIX + name);

/** Whether the action is about no key and no alias, so that only `"*"` covers it. */
export function isAboutNoResource({ resources }: KmsAction): boolean {
  return resources.every((type) => type === 'none');
}

/** Whether the action changes, uses or shares a key; to look at one is harmless. */
export function isMoreThanLooking({ access, resources }: KmsAction): boolean {
  return resources.includes('key') && access.some((level) => level !== 'Read' && level !== 'List');
}

/** Whether the action can be used on keys of other accounts. */
export function worksAcrossAccounts({ name }: KmsAction): boolean {
  return ACROSS.has(name);
}

const ACROSS: ReadonlySet<string> = new Set(
  kmsOperations
    .filter(({ crossAccount }) => crossAccount === 'yes')
    .flatMap(({ permissions }) => permissions.map(({ action }) => action)),
);

/** Whether an entry of the statement's `Action` under `kms:` allows something of this sort. */
export function allowsOfKms({ effect, action }: Statement, sort: (action: KmsAction) => boolean): boolean {
  if (effect !== 'Allow' || !action || action.negated) return false;
  return action.items.some((item) => item.pattern.service === 'kms' && kmsActionsOf(item)?.some(sort));
}

/** Whether a condition leaves only some keys, or only what a service does with them. */
export function narrowsKeys({ key }: Condition): boolean {
  if (key.kind === 'unknown') return true;
  return /^(?:aws:resource|kms:resourcealiases|kms:requestalias|kms:viaservice|kms:encryptioncontext|aws:calledvia|kms:keyorigin|kms:granteeprincipal)/.test(
    key.lower,
  );
}

/** The entries of a `Resource`; none for `NotResource`, which is another question. */
export function resourcesOf({ resource }: Statement): readonly Item[] {
  return resource && !resource.negated ? resource.items : [];
}
