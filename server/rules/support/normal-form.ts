import { type JsonNode, toValue } from '../../../simulator/json/node.ts';

/**
 * A text for the value in which the order of members and lists does not matter, and a list of one is its entry: what has
 * the same text says the same.
 */
export function normalForm(node: JsonNode): string {
  return JSON.stringify(normal(node));
}

function normal(node: JsonNode | undefined): unknown {
  if (node?.type === 'array') {
    const elements = node.elements.map(normal);
    return elements.length === 1 ? elements[0] : elements.map((each) => JSON.stringify(each)).sort();
  }
  if (node?.type !== 'object') return toValue(node);
  const members = node.members.map(({ key, value }) => [key.value, normal(value)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
