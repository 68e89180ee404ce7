import type { JsonNode } from '../../../simulator/json/node.ts';
import { findExpressions } from '../../../simulator/policy/syntax/placeholder.ts';

/** The first policy variable or template expression below a node: what the policy's version gives another meaning. */
export function firstVariable(root: JsonNode): string | undefined {
  const pending: JsonNode[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === 'string') {
      const found = findExpressions(node.value)[0];
      if (found) return node.value.slice(found.start, found.end);
    } else if (node.type === 'array') {
      for (const element of node.elements.toReversed()) pending.push(element);
    } else if (node.type === 'object') {
      for (const { value } of node.members.toReversed()) if (value) pending.push(value);
    }
  }
  return undefined;
}

/** What a JSON value is, for messages: `a list`, `an object`, `null`. */
export function typeInWords({ type }: JsonNode): string {
  switch (type) {
    case 'array':
      return 'a list';
    case 'object':
      return 'an object';
    case 'null':
      return '`null`';
    default:
      return `a ${type}`;
  }
}
