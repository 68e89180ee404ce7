import { countingMembers, type JsonNode, toValue } from '../../../simulator/json/node.ts';

/**
 * A text for the value in which the order of members and lists does not matter, and a list of one is its entry: what has
 * the same text says the same. What is deeper than statements ever are says the same as nothing else.
 */
export function normalForm(node: JsonNode | undefined, depth = 0): string {
  if (MAX_DEPTH < depth) return `deep ${deep++}`;
  if (node?.type === 'array') {
    const elements = node.elements.map((each) => normalForm(each, depth + 1));
    return elements.length === 1 ? (elements[0] ?? '') : `[${elements.sort().join()}]`;
  }
  if (node?.type !== 'object') return JSON.stringify(toValue(node));
  const members = new Map(node.members.map(({ key, value }) => [key.value, normalForm(value, depth + 1)]));
  return `{${[...members]
    .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
    .sort()
    .join()}}`;
}

const MAX_DEPTH = 16;
let deep = 0;

/** A number that is the same for all that have the same normal form, and hardly ever for others. It is made many times faster. */
export function fingerprintOf(node: JsonNode | undefined, depth = 0): number {
  if (MAX_DEPTH < depth) return 0;
  if (node?.type === 'array') {
    const [only] = node.elements;
    if (node.elements.length === 1) return fingerprintOf(only, depth + 1);
    let sum = 1;
    for (const element of node.elements) sum = (sum + fingerprintOf(element, depth + 1)) | 0;
    return mixed(sum);
  }
  if (node?.type === 'object') {
    let sum = 2;
    for (const { key, value } of countingMembers(node))
      sum = (sum + mixed(hashOf(key.value) ^ fingerprintOf(value, depth + 1))) | 0;
    return sum;
  }
  return mixed(hashOf(String(toValue(node))));
}

function hashOf(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

/** Spreads what differs in a few bits over all of them, so that sums of such numbers are seldom the same. */
function mixed(hash: number): number {
  const spread = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return spread ^ (spread >>> 13);
}
