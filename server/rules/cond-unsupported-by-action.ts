import { actionNames, findAction } from '../../simulator/facts/actions.ts';
import { conditionKeysOf } from '../../simulator/facts/condition-keys.ts';
import type { ActionItem, Condition, Statement } from '../../simulator/policy/document.ts';
import { expandAction } from '../../simulator/policy/syntax/action.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, factOf, holdsWithoutKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsActions, policyChecks } from './support/sources.ts';

/** The global keys that only some requests to AWS KMS can have. */
const TAG_KEYS: ReadonlySet<string> = new Set(['aws:RequestTag/${TagKey}', 'aws:ResourceTag/${TagKey}', 'aws:TagKeys']);

export const condUnsupportedByAction = rule({
  id: 'cond-unsupported-by-action',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a tag condition on an action that has no such tags',
  documentation: {
    what: '`aws:RequestTag/…`, `aws:TagKeys` or `aws:ResourceTag/…` in a statement with kms actions whose requests never have that key.',
    why: 'Only requests that set or remove tags have tags in them, and only actions on a key have a tagged resource. An `Allow` never applies to the other actions, and a `Deny` lets them through.',
    spares:
      'Wildcards that cover an action with the key, actions of other services, and conditions that hold without the key. `aws:ResourceTag` is judged in IAM policies alone.',
    bad: keyPolicyWithCondition('"StringEquals": { "aws:RequestTag/team": "orders" }'),
    good: keyPolicyWithCondition('"StringEquals": { "aws:RequestTag/team": "orders" }', {
      action: '"kms:TagResource"',
    }),
    sources: [kmsActions, globalConditionKeys, policyChecks],
  },
  check: {
    statement(statement, { kind, report }) {
      const { action, conditions, effect } = statement;
      if (!action || action.negated || !effect) return;
      const known = new Map<string, Unsupported>();
      for (const condition of conditions) {
        const name = factOf(condition)?.name;
        if (!name || !TAG_KEYS.has(name) || !isTest(condition)) continue;
        if (name.startsWith('aws:ResourceTag') && kind.kind !== 'iam-policy') continue;
        const found = known.get(name) ?? unsupported(action.items, name);
        known.set(name, found);
        if (found.named.length === 0 && !found.all) continue;
        const { text } = condition.key;
        const dead = found.all && effect === 'Allow';
        report({
          at: atKey(condition),
          message: found.all
            ? `no action of the statement has \`${text}\` in its requests`
            : `requests for ${inWords(found.named)} never have \`${text}\``,
          why: consequence(statement, found.all),
          next: found.all
            ? 'remove the condition, or name actions that have the key'
            : 'put those actions into a statement of their own',
          ...(dead ? {} : { severity: 'warning' }),
        });
      }
    },
  },
});

interface Unsupported {
  /** The actions that are named outright and never have the key. */
  readonly named: readonly string[];
  /** Whether that goes for all that the statement covers. */
  readonly all: boolean;
}

function unsupported(items: readonly ActionItem[], key: string): Unsupported {
  const lacks = (name: string): boolean => !conditionKeysOf(name).includes(key);
  const named = items.filter(({ pattern }) => isKms(pattern) && !pattern.wildcards && isKnownWithout(pattern.name));
  const all = items.every(({ pattern }) => {
    if (!isKms(pattern)) return false;
    const covered = expandAction(pattern, ALL);
    return 0 < covered.length && covered.every((each) => lacks(each.slice(PREFIX.length)));
  });
  return { named: [...new Set(named.map(({ text }) => text))], all: all && 0 < items.length };

  function isKnownWithout(name: string): boolean {
    return findAction(name) !== undefined && lacks(name);
  }
}

const PREFIX = 'kms:';
const ALL = actionNames.map((name) => PREFIX + name);

function isKms({ kind, service }: ActionItem['pattern']): boolean {
  return kind === 'pattern' && service === 'kms';
}

/** Whether the condition asks for a value, so that a request without the key fails it. */
function isTest(condition: Condition): boolean {
  return condition.operator.base !== 'Null' && holdsWithoutKey(condition) === false;
}

function consequence({ effect }: Statement, all: boolean): string {
  if (effect === 'Deny') return all ? 'the `Deny` never applies' : 'the `Deny` does not apply to them';
  return all ? 'the statement never applies' : 'the statement does not allow them';
}

const MAX_NAMED = 3;

function inWords(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
