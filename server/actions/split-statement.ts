import type { KmsAction } from '../../simulator/facts/types.ts';
import { toValue } from '../../simulator/json/node.ts';
import { parseJson } from '../../simulator/json/parse.ts';
import type { ActionItem, Statement } from '../../simulator/policy/document.ts';
import type { Written } from '../documents/append.ts';
import { unsupportedBy } from '../rules/support/action-support.ts';
import { isAboutNoResource, kmsActionsOf } from '../rules/support/kms-resources.ts';
import type { Action, ActionPlace, Offer } from './action.ts';
import { changed, plainValue, withEntries } from './support/entries.ts';
import { freeSid, indexOf, withStatements } from './support/statements.ts';
import { goesWithUse, isAdministrative, isCryptographic } from './support/uses.ts';

/** Makes two statements of one, which together say what it said. */
export const splitStatement: Action = {
  id: 'split-statement',
  kind: 'refactor.rewrite',
  kinds: ['key-policy', 'iam-policy'],
  offers(place) {
    const { statement } = place;
    if (!statement?.readable || !statement.action || statement.action.negated) return [];
    return [administration(place, statement), withoutKey(place, statement)].filter((offer) => offer !== undefined);
  },
};

/** What becomes of an entry of `Action`: the texts that stay, and those that go into the new statement. */
interface Halves {
  readonly stay: readonly string[];
  readonly go: readonly string[];
}

function administration(place: ActionPlace, statement: Statement): Offer | undefined {
  const items = statement.action?.items ?? [];
  if (statement.effect !== 'Allow' || items.some(({ pattern }) => pattern.everything || isAll(pattern.name)))
    return undefined;
  const actions = items.flatMap((item) => (item.pattern.service === 'kms' ? (kmsActionsOf(item) ?? []) : []));
  if (!actions.some(isCryptographic) || !actions.some(isAdministrative)) return undefined;
  const text = split(place, statement, 'administration', (item) => halved(item, place));
  if (text === undefined) return undefined;
  return {
    title: 'Split off administration',
    detail: 'Using the key and administering it become statements of their own. Nobody is allowed more or less.',
    text,
  };
}

/** All actions are meant by it, those of tomorrow included. */
const isAll = (name: string): boolean => /^[*?]*$/.test(name);

/** Only a wildcard that covers both kinds of actions is written out. */
function halved({ text, pattern, ...item }: ActionItem, { kind }: ActionPlace): Halves {
  const actions = pattern.service === 'kms' ? kmsActionsOf({ text, pattern, ...item }) : undefined;
  const matters = (actions ?? []).filter((action) => kind !== 'key-policy' || !isAboutNoResource(action));
  const use = matters.filter(goesWithUse);
  if (use.length === matters.length) return { stay: [text], go: [] };
  if (use.length === 0) return { stay: [], go: [text] };
  return { stay: use.map(fullName), go: matters.filter((action) => !goesWithUse(action)).map(fullName) };
}

const fullName = ({ name }: KmsAction): string => `kms:${name}`;

/** Conditions on what only some of the actions have keep the others from ever being allowed, or denied. */
function withoutKey(place: ActionPlace, statement: Statement): Offer | undefined {
  const kind = { kind: place.kind, candidates: [place.kind], whole: true };
  const found = unsupportedBy(statement, { kind }, (name) => name).find(({ all }) => !all);
  if (!found) return undefined;
  const gone = new Set(found.items);
  const key = found.condition.key.text;
  const text = split(place, statement, 'other actions', (item) =>
    gone.has(item) ? { stay: [], go: [item.text] } : { stay: [item.text], go: [] },
  );
  if (text === undefined) return undefined;
  return {
    title: `Split off the actions that never have \`${key}\``,
    detail: 'Both statements keep the conditions, so that the same is allowed and denied as before.',
    text,
  };
}

/** Undefined where a comment stands among the actions, or one half would be empty. */
function split(
  { document, policy }: ActionPlace,
  statement: Statement,
  purpose: string,
  halve: (item: ActionItem) => Halves,
): string | undefined {
  const { action, object, sid } = statement;
  const node = action && plainValue(document, action.path);
  if (!node || !object || (node.type === 'array' && node.elements.length !== action.items.length)) return undefined;
  const { text } = document;
  const stay: string[] = [];
  const go: string[] = [];
  for (const [index, item] of action.items.entries()) {
    const halves = halve(item);
    const element = node.type === 'array' ? node.elements[index] : node;
    const own = element ? text.slice(element.start, element.end) : JSON.stringify(item.text);
    stay.push(...halves.stay.map((each) => (each === item.text ? own : JSON.stringify(each))));
    go.push(...halves.go);
  }
  const [only, ...others] = [...new Set(go)];
  if (only === undefined || stay.length === 0) return undefined;
  const value = toValue(object) as Record<string, Written>;
  const second = {
    ...value,
    ...(sid === undefined ? {} : { Sid: freeSid(sidFor(sid, purpose), policy) }),
    Action: others.length === 0 ? only : [only, ...others],
  };
  const left = changed(text, [withEntries(text, node, [...new Set(stay)])]);
  return withStatements({ text: left, parsed: parseJson(left) }, [second], indexOf(statement));
}

/** `Use the key, administration`, or where no spaces stand `UseTheKeyAdministration`. */
function sidFor(sid: string, purpose: string): string {
  if (sid.includes(' ')) return `${sid}, ${purpose}`;
  const words = purpose.split(' ').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return sid + words.join('');
}
