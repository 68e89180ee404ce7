import { actionNames, findAction } from '../../../simulator/facts/actions.ts';
import { supportsConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { newerActions } from '../../../simulator/facts/overlay.ts';
import { toValue } from '../../../simulator/json/node.ts';
import type { ActionItem, Condition, Statement } from '../../../simulator/policy/document.ts';
import { expandAction, parseActionPattern } from '../../../simulator/policy/syntax/action.ts';
import { remembered } from '../../../simulator/text/remembered.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { atKey, factOf, holdsWithoutKey } from './conditions.ts';

/** Entries of a statement whose requests never have a condition's key. */
export interface Unsupported {
  readonly condition: Condition;
  readonly items: readonly ActionItem[];
  /** Whether that goes for all entries of the statement. */
  readonly all: boolean;
}

/**
 * The first condition on each of the wanted keys of AWS KMS that some entries of `Action` cannot satisfy, or, in a `Deny`,
 * cannot fail. `wanted` gives a name to the keys that are spoken of together.
 */
export function unsupportedBy(
  statement: Statement,
  { kind }: Pick<RuleContext, 'kind'>,
  wanted: (name: string) => string | undefined,
): Unsupported[] {
  const { action, conditions, effect } = statement;
  if (!action || action.negated || !effect) return [];
  let found: Map<string, Unsupported> | undefined;
  for (const condition of conditions) {
    const name = factOf(condition)?.name;
    const topic = name?.startsWith('kms:') ? wanted(name) : undefined;
    const holds = holdsWithoutKey(condition);
    if (name === undefined || topic === undefined || holds === undefined || found?.has(topic)) continue;
    if (effect === 'Allow' && holds) continue;
    const lacking = lackingIn(name, kind.candidates.includes('key-policy'));
    const items = action.items.filter(({ text }) => lacking(text));
    if (items.length === 0) continue;
    found ??= new Map();
    found.set(topic, { condition, items, all: items.length === action.items.length });
  }
  return found ? [...found.values()] : [];
}

/** Reports the entries at the key of the condition. */
export function reportUnsupported(unsupported: Unsupported, statement: Statement, { report }: RuleContext): void {
  const { condition, items, all } = unsupported;
  const { text } = condition.key;
  const isAllow = statement.effect === 'Allow';
  report({
    at: atKey(condition),
    message: `requests for ${inWords(items.map((item) => item.text))} never have \`${text}\``,
    why: consequence(unsupported, statement),
    next: `${onlyFor(text)}${all ? 'remove the condition' : 'put the others into a statement of their own'}`,
    ...(isAllow ? {} : { severity: 'warning' }),
    related: items.slice(0, MAX_NAMED).map((item) => ({
      place: { path: item.path },
      message: `\`${item.text}\` has no \`${text}\``,
    })),
    fixes: () => (isAllow && !all ? moved(unsupported, statement) : []),
  });
}

const PREFIX = 'kms:';
const ALL = actionNames.map((name) => PREFIX + name);

/** Actions of which AWS does not say what keys they have, or that nobody calls. */
const UNTOLD: ReadonlySet<string> = new Set([...newerActions.map(({ name }) => name), 'SynchronizeMultiRegionKey']);

type Lacking = (entry: string) => boolean;

const known = new Map<string, Lacking>();

/**
 * Whether an entry names actions without the key alone; in a key policy leaving out those that it cannot allow anyway, of
 * which another rule speaks.
 */
function lackingIn(key: string, inKeyPolicy: boolean): Lacking {
  const memo = `${key} ${inKeyPolicy}`;
  const before = known.get(memo);
  if (before) return before;
  const names = actionNames.filter((name) => {
    if (UNTOLD.has(name) || supportsConditionKey(name, key)) return false;
    return !inKeyPolicy || findAction(name)?.resources.some((type) => type !== 'none');
  });
  const without = new Set(names.map((name) => PREFIX + name));
  const lacking = remembered((entry) => {
    const pattern = parseActionPattern(entry);
    const covered = pattern.service === 'kms' ? expandAction(pattern, ALL) : [];
    return 0 < covered.length && covered.every((each) => without.has(each));
  });
  known.set(memo, lacking);
  return lacking;
}

function consequence({ condition, all }: Unsupported, { effect }: Statement): string {
  if (effect === 'Allow') return all ? 'so the statement never applies' : 'so the statement does not allow them';
  if (holdsWithoutKey(condition)) return 'so the condition holds for all of them';
  return all ? 'so the `Deny` never applies' : 'so the `Deny` does not apply to them';
}

const MAX_NAMED = 3;

function inWords(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}

/** Which actions have the key, where they are few enough to be named. */
const onlyFor = remembered((key: string): string => {
  const names = actionNames.filter((name) => supportsConditionKey(name, key)).map((name) => `\`${PREFIX}${name}\``);
  if (names.length === 0 || MAX_NAMED < names.length) return '';
  return `only ${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} it; `;
});

/** Moves the entries into a statement of their own, without the condition. It allows more, so nobody does it unasked. */
function moved({ condition, items }: Unsupported, { object, path, action }: Statement): Fix[] {
  const index = path.at(-1);
  if (!object || !action || typeof index !== 'number') return [];
  const { Sid: _, Condition: conditions, ...rest } = toValue(object) as Record<string, unknown>;
  const gone = new Set(items.map((item) => item.path));
  const kept = action.items.filter((item) => !gone.has(item.path)).map(({ text }) => text);
  const left = without(conditions, condition);
  const value = {
    ...rest,
    [action.name]: items.map(({ text }) => text),
    ...(Object.keys(left).length === 0 ? {} : { Condition: left }),
  };
  return [
    {
      title: `move ${inWords(items.map(({ text }) => text))} into a statement without the condition`,
      safe: false,
      edits: [
        { op: 'set', path: action.path, value: kept },
        { op: 'insert', path: [...path.slice(0, -1), index + 1], value },
      ],
    },
  ];
}

/** The conditions without those on keys of the same name, template keys included. */
function without(conditions: unknown, { key }: Condition): Record<string, unknown> {
  const topic = key.stem.replace(/:$/, '');
  const blocks = Object.entries(conditions as Record<string, Record<string, unknown>>).map(([operator, block]) => {
    const members = Object.entries(block).filter(([name]) => !name.toLowerCase().startsWith(topic));
    return [operator, Object.fromEntries(members)] as const;
  });
  return Object.fromEntries(blocks.filter(([, block]) => Object.keys(block).length !== 0));
}
