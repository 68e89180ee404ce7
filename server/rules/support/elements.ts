import { type JsonObject, memberOf } from '../../../simulator/json/node.ts';
import type { Statement } from '../../../simulator/policy/document.ts';
import { hasPlaceholder } from '../../../simulator/policy/syntax/placeholder.ts';
import { nearest } from '../../../simulator/text/nearest.ts';

/** The elements of a policy, in the order in which AWS writes them. */
export const policyElements = ['Version', 'Id', 'Statement'] as const;

/** The elements of a statement, in the order in which AWS writes them. */
export const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;

/** The statement's object where it has none of the elements, however they are spelt, and nothing can bring one in. */
export function statementWithout(statement: Statement, ...names: readonly string[]): JsonObject | undefined {
  const { object } = statement;
  return object && lacks(object, names, statementElements) ? object : undefined;
}

/**
 * Whether an object has none of the elements. A misspelt one counts as there, since `element-unknown` speaks of it; so
 * does whatever a template may bring in.
 */
export function lacks(object: JsonObject, names: readonly string[], elements: readonly string[]): boolean {
  return object.members.every(
    ({ key }) =>
      !names.includes(key.value) &&
      !bringsMembers(key.value) &&
      (elements.includes(key.value) || !names.includes(meantElement(key.value, elements) ?? '')),
  );
}

/** The element that a wrong name was probably meant to be: `effect`, `Effects`, `not_action`. */
export function meantElement(name: string, elements: readonly string[]): string | undefined {
  return nearest(name.replaceAll(/[\s_-]/g, ''), elements);
}

/** Whether a name belongs to a template that puts other members in its place: `Fn::If`, `Ref`, `<<`, `${…}`. */
export function bringsMembers(name: string): boolean {
  return name === 'Ref' || name === '<<' || name.startsWith('Fn::') || hasPlaceholder(name);
}

/** The first of the names that the object has: where a new member goes in front of. */
export function firstOf(object: JsonObject, ...names: readonly string[]): { readonly before?: string } {
  const before = names.find((name) => memberOf(object, name)?.value);
  return before === undefined ? {} : { before };
}
