import { type JsonObject, memberOf } from '../../../simulator/json/node.ts';
import { resolvePath } from '../../../simulator/json/place.ts';
import type { Condition, Statement } from '../../../simulator/policy/document.ts';
import type { Fix } from '../rule.ts';

/** The pairs of an encryption context where the value of a condition is an object of texts. */
export function pairsOf({ path }: Condition, { object, path: base }: Statement): Map<string, string> | undefined {
  const node = object && resolvePath(object, path.slice(base.length))?.node;
  if (node?.type !== 'object' || node.members.length === 0) return undefined;
  const pairs = new Map<string, string>();
  for (const { key, value } of node.members) {
    if (value?.type !== 'string' || key.value === '') return undefined;
    pairs.set(key.value, value.value);
  }
  return pairs;
}

/** Tests each pair with a condition key of its own, where none of the keys is taken. */
export function pairwise(
  pairs: ReadonlyMap<string, string>,
  condition: Condition,
  statement: Statement,
  safe: boolean,
): Fix | undefined {
  const block = blockOf(condition, statement);
  const members = [...pairs].map(([key, value]) => [`kms:EncryptionContext:${key}`, value] as const);
  if (!block || members.some(([name]) => memberOf(block, name)?.value)) return undefined;
  const text = members.map((member) => member.map((part) => JSON.stringify(part)).join(': ')).join(', ');
  const name = members.length === 1 ? `\`${members[0]?.[0]}\`` : '`kms:EncryptionContext:…` for each pair';
  return {
    title: `change to ${name}`,
    safe,
    edits: [{ op: 'replace', place: { path: condition.path, part: 'member' }, text }],
  };
}

function blockOf({ operatorPath }: Condition, { object, path }: Statement): JsonObject | undefined {
  const node = object && resolvePath(object, operatorPath.slice(path.length))?.node;
  return node?.type === 'object' ? node : undefined;
}
