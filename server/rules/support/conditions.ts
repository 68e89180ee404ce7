import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import type { ConditionKey } from '../../../simulator/facts/types.ts';
import { type JsonObject, memberOf, toValue } from '../../../simulator/json/node.ts';
import type { Place } from '../../../simulator/json/place.ts';
import type { Condition, Statement } from '../../../simulator/policy/document.ts';
import { type Operator, parseOperator } from '../../../simulator/policy/syntax/operator.ts';
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

/** Whether the condition is true for a request that lacks the key; undefined where that cannot be read. */
export function holdsWithoutKey({ operator, values }: Condition): boolean | undefined {
  if (operator.base === undefined) return undefined;
  if (operator.base === 'Null') {
    const asked = values.map(({ text }) => text.toLowerCase());
    if (asked.includes('true')) return true;
    return asked.every((value) => value === 'false') ? false : undefined;
  }
  return operator.ifExists || (operator.set ? operator.set === 'ForAllValues' : operator.negated);
}

/** What follows for the statement where the key is never in a request. */
export function effectWithoutKey(condition: Condition, { effect }: Statement): string {
  const holds = holdsWithoutKey(condition);
  if (holds === undefined) return 'so the condition does not test what it seems to';
  if (holds) return 'so the condition restricts nothing';
  return `so the ${effect === 'Deny' ? '`Deny`' : 'statement'} never applies`;
}

/** More is hardly written by hand, and looking through all for each would cost the square. */
const MAX_SEARCHED = 200;

/** Whether another condition of the statement demands that the request has the key, or may do so. */
export function demandsKey({ conditions }: Statement, { key }: Condition): boolean {
  return (
    MAX_SEARCHED < conditions.length ||
    conditions.some((other) => other.key.lower === key.lower && holdsWithoutKey(other) !== true)
  );
}

/** A member of a `Condition`, and the object that it stands in. */
export interface OperatorMember {
  readonly operator: Operator;
  readonly place: Place;
  readonly all: JsonObject;
}

/** The operators of a statement, also those that have no keys. */
export function operatorsOf({ object, path }: Statement): OperatorMember[] {
  const all = object && memberOf(object, 'Condition')?.value;
  if (all?.type !== 'object') return [];
  return all.members.map(({ key }) => new MemberOfCondition(key.value, path, all));
}

/** Nearly always nothing is wrong with it, and nobody asks where it stands. */
class MemberOfCondition implements OperatorMember {
  readonly operator: Operator;
  readonly all: JsonObject;
  private readonly name: string;
  private readonly path: Statement['path'];

  constructor(name: string, path: Statement['path'], all: JsonObject) {
    this.operator = parseOperator(name);
    this.all = all;
    this.name = name;
    this.path = path;
  }

  get place(): Place {
    return { path: [...this.path, 'Condition', this.name], part: 'key' };
  }
}

/** Gives an operator another name with all its keys, where no other member has the name. */
export function renamed({ place, all }: OperatorMember, name: string, safe: boolean): Fix[] {
  if (!isSmall(all) || memberOf(all, name)) return [];
  return [{ title: `change to \`${name}\``, safe, edits: [{ op: 'replace', place, text: JSON.stringify(name) }] }];
}

/** Whether a text is what AWS will see: no policy variable and no template expression stands in it. */
export function isLiteral(text: string): boolean {
  return findExpressions(text).length === 0;
}

/** Puts the condition under another operator, where the key is not taken there. */
export function underOperator(condition: Condition, statement: Statement, operator: string, safe: boolean): Fix[] {
  const { path, operatorPath, key } = condition;
  const blocks = blocksOf(condition, statement);
  const member = blocks && memberOf(blocks.block, key.text);
  if (!blocks || !member?.value) return [];
  const { all, block } = blocks;
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
  const block = blocksOf(condition, statement)?.block;
  if (!block || (name.toLowerCase() !== condition.key.lower && hasKey(block, name.toLowerCase()))) return [];
  const edit = { op: 'replace', place: atKey(condition), text: JSON.stringify(name) } as const;
  return [{ title: `change to \`${name}\``, safe, edits: [edit] }];
}

/** Takes the condition out, and what is empty then. */
export function withoutCondition(condition: Condition, statement: Statement): Fix[] {
  const { path, operatorPath } = condition;
  const blocks = blocksOf(condition, statement);
  if (!blocks) return [];
  const { all, block } = blocks;
  const emptied = block.members.length === 1;
  const removed = emptied && all.members.length === 1 ? operatorPath.slice(0, -1) : emptied ? operatorPath : path;
  return [{ title: 'remove the condition', safe: false, edits: [{ op: 'remove', path: removed }] }];
}

/** Puts a text in place of a value. */
export function withValue(path: Place['path'], text: string, safe: boolean): Fix {
  return {
    title: `change to \`${text}\``,
    safe,
    edits: [{ op: 'replace', place: { path }, text: JSON.stringify(text) }],
  };
}

/** The `Condition` and the operator's object in it, where they are small enough to be looked through for each finding. */
function blocksOf({ operator }: Condition, { object }: Statement): { all: JsonObject; block: JsonObject } | undefined {
  const all = object && isSmall(object) ? memberOf(object, 'Condition')?.value : undefined;
  if (all?.type !== 'object' || !isSmall(all)) return undefined;
  const block = memberOf(all, operator.text)?.value;
  return block?.type === 'object' && isSmall(block) ? { all, block } : undefined;
}

function isSmall({ members }: JsonObject): boolean {
  return members.length <= MAX_SEARCHED;
}

/** Capitals do not count in condition keys. */
function hasKey({ members }: JsonObject, lower: string): boolean {
  return members.some(({ key }) => key.value.toLowerCase() === lower);
}
