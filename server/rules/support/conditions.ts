import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import type { ConditionKey } from '../../../simulator/facts/types.ts';
import { type JsonObject, memberOf, toValue } from '../../../simulator/json/node.ts';
import { type Place, resolvePath } from '../../../simulator/json/place.ts';
import type { Condition, Statement } from '../../../simulator/policy/document.ts';
import { findExpressions } from '../../../simulator/policy/syntax/placeholder.ts';
import type { Fix } from '../rule.ts';

/** What is known of the key; undefined for keys of other services, unknown names and keys that a template fills in. */
export function factOf({ key }: Condition): ConditionKey | undefined {
  return key.kind === 'key' ? findConditionKey(key.text)?.key : undefined;
}

export function atKey({ path }: Condition): Place {
  return { path, part: 'key' };
}

export function atOperator({ operatorPath }: Condition): Place {
  return { path: operatorPath, part: 'key' };
}

/** Whether the condition is true for a request that lacks the key; undefined where the operator cannot be read. */
export function holdsWithoutKey({ operator, values }: Condition): boolean | undefined {
  if (operator.base === undefined) return undefined;
  if (operator.base === 'Null') return values.some(({ text }) => text.toLowerCase() === 'true');
  return operator.ifExists || (operator.set ? operator.set === 'ForAllValues' : operator.negated);
}

/** What follows for the statement where the key is never in a request. */
export function effectWithoutKey(condition: Condition, { effect }: Statement): string {
  if (holdsWithoutKey(condition)) return 'so the condition restricts nothing';
  return `so the ${effect === 'Deny' ? '`Deny`' : 'statement'} never applies`;
}

/** A statement with more conditions is hardly written by hand, and looking through them for each would cost the square. */
const MAX_SEARCHED = 200;

/** Whether another condition of the statement demands that the request has the key, or there are too many to tell. */
export function demandsKey({ conditions }: Statement, { key }: Condition): boolean {
  return (
    MAX_SEARCHED < conditions.length ||
    conditions.some((other) => other.key.lower === key.lower && holdsWithoutKey(other) === false)
  );
}

/** Whether a text is what AWS will see: no policy variable and no template expression stands in it. */
export function isLiteral(text: string): boolean {
  return findExpressions(text).length === 0;
}

/** Puts the condition under another operator, where the key is not taken there. */
export function underOperator(condition: Condition, statement: Statement, operator: string, safe: boolean): Fix[] {
  const { path, operatorPath, key } = condition;
  const all = statement.object && memberOf(statement.object, 'Condition')?.value;
  const block = objectOf(statement, operatorPath);
  const member = block && memberOf(block, key.text);
  if (all?.type !== 'object' || !block || !member?.value) return [];
  const title = `change to \`${operator}\``;
  const target = memberOf(all, operator);
  if (!target && block.members.length === 1) {
    const place: Place = { path: operatorPath, part: 'key' };
    return [{ title, safe, edits: [{ op: 'replace', place, text: JSON.stringify(operator) }] }];
  }
  if (target && (target.value?.type !== 'object' || hasKey(target.value, key.lower))) return [];
  const set = {
    op: 'set',
    path: [...operatorPath.slice(0, -1), operator, key.text],
    value: toValue(member.value),
  } as const;
  const emptied = block.members.length === 1;
  return [{ title, safe, edits: [{ op: 'remove', path: emptied ? operatorPath : path }, set] }];
}

/** Gives the condition another key, where the operator does not have it yet. */
export function withKey(condition: Condition, statement: Statement, name: string, safe: boolean): Fix[] {
  const block = objectOf(statement, condition.operatorPath);
  if (!block || (name.toLowerCase() !== condition.key.lower && hasKey(block, name.toLowerCase()))) return [];
  const edit = { op: 'replace', place: atKey(condition), text: JSON.stringify(name) } as const;
  return [{ title: `change to \`${name}\``, safe, edits: [edit] }];
}

/** Puts a text in place of a value. */
export function withValue(path: Place['path'], text: string, safe: boolean): Fix {
  return {
    title: `change to \`${text}\``,
    safe,
    edits: [{ op: 'replace', place: { path }, text: JSON.stringify(text) }],
  };
}

function objectOf(statement: Statement, path: Place['path']): JsonObject | undefined {
  const node = statement.object && resolvePath(statement.object, path.slice(statement.path.length))?.node;
  return node?.type === 'object' ? node : undefined;
}

/** Capitals do not count in condition keys. */
function hasKey({ members }: JsonObject, lower: string): boolean {
  return members.some(({ key }) => key.value.toLowerCase() === lower);
}
