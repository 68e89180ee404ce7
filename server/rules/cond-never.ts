import type { Condition, ConditionValue, Statement } from '../../simulator/policy/document.ts';
import { type Finding, rule } from './rule.ts';
import { isAlwaysPresent } from './support/always-present.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators, globalConditionKeys } from './support/condition-sources.ts';
import { atKey, factOf, isLiteral } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condNever = rule({
  id: 'cond-never',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'a condition that no request satisfies',
  documentation: {
    what: '`StringNotLike` with `*`, or `Null` `true`, on a key that is in every request, and a value that one condition demands and another rules out.',
    why: 'All conditions of a statement have to hold at once. A statement with one that never holds allows nothing and denies nothing.',
    spares:
      'Keys that some requests lack, for which a negated condition holds, and whatever a variable or a template fills in.',
    bad: keyPolicyWithCondition('"Null": { "aws:PrincipalAccount": "true" }'),
    good: keyPolicyWithCondition('"Null": { "aws:PrincipalOrgID": "true" }'),
    sources: [conditionOperators, globalConditionKeys, policyChecks],
  },
  check: {
    statement(statement, { report }) {
      const demanded = new Map<string, Condition>();
      for (const condition of statement.conditions)
        if (isPlain(condition, 'StringEquals')) demanded.set(condition.key.lower, condition);
      for (const condition of statement.conditions) {
        const finding = impossible(condition, statement) ?? contradicted(condition, statement, demanded);
        if (finding) report(finding);
      }
    },
  },
});

/** A condition that fails for any value of a key that is never absent. */
function impossible(condition: Condition, statement: Statement): Finding | undefined {
  const { operator, values, key } = condition;
  const fact = factOf(condition);
  if (!fact || !isAlwaysPresent(fact) || operator.set || operator.ifExists) return undefined;
  const rulesOut = operator.base === 'StringNotLike' && values.some(({ text }) => /^\*+$/.test(text));
  const [only, ...others] = values;
  const wantsNone = operator.base === 'Null' && others.length === 0 && only?.text.toLowerCase() === 'true';
  if (!rulesOut && !wantsNone) return undefined;
  return {
    at: atKey(condition),
    message: `no request satisfies the condition on \`${key.text}\``,
    why: `every request has the key, so ${effectOf(statement)}`,
    next: 'remove the condition, or say which values are meant',
  };
}

/** A condition that rules out every value that another one demands. */
function contradicted(
  condition: Condition,
  statement: Statement,
  demanded: ReadonlyMap<string, Condition>,
): Finding | undefined {
  const other = demanded.get(condition.key.lower);
  if (!other || !isPlain(condition, 'StringNotEquals')) return undefined;
  const out = new Set(condition.values.map(({ text }) => text));
  if (!other.values.every(({ text }) => out.has(text))) return undefined;
  return {
    at: atKey(condition),
    message: `\`${condition.key.text}\` cannot have a value that \`StringEquals\` demands and \`StringNotEquals\` rules out`,
    why: `all conditions have to hold at once, so ${effectOf(statement)}`,
    next: 'remove one of them, or put them into statements of their own',
    related: [{ place: atKey(other), message: 'the condition that demands it' }],
  };
}

/** Longer lists are hardly written by hand, and each may be compared with several. */
const MAX_COMPARED = 200;

/** A comparison of one text with fixed ones: no set operator, nothing to be filled in. */
function isPlain({ operator, values, key }: Condition, name: string): boolean {
  return (
    key.kind === 'key' &&
    operator.text === name &&
    0 < values.length &&
    values.length <= MAX_COMPARED &&
    values.every(isFixed)
  );
}

function isFixed({ text }: ConditionValue): boolean {
  return isLiteral(text);
}

function effectOf({ effect }: Statement): string {
  return effect === 'Deny' ? 'the `Deny` never applies' : 'the statement never applies';
}
