import { fromValue, type JsonNode, type JsonObject, memberOf, toValue } from '../../json/node.ts';
import type { Path } from '../../json/place.ts';
import { CompiledPolicy } from '../../policy/compile.ts';
import { readPolicy } from '../../policy/document.ts';
import type { ProposedStatement } from './statement.ts';

/** A policy with one statement more, and the change as JSON Patch has it: `add` at `path`. */
export interface Extended {
  readonly policy: CompiledPolicy;
  /** Where it is added: it ends in `-`, after the last member of a list. Empty: the whole policy is new. */
  readonly path: Path;
  readonly add: unknown;
}

/** The version of a policy that is made from nothing. */
export const NEW_VERSION = '2012-10-17';

/** Adds a statement at the end of a policy; undefined where the policy is no object and takes none. */
export function withStatement(policy: CompiledPolicy | undefined, statement: ProposedStatement): Extended | undefined {
  if (!policy) {
    const add = { Version: NEW_VERSION, Statement: [statement] };
    return { policy: new CompiledPolicy(readPolicy(fromValue(add))), path: [], add };
  }
  const { root, base } = policy.policy;
  if (root.type !== 'object') return undefined;
  const list = [...base, 'Statement'];
  const present = memberOf(root, 'Statement')?.value;
  const added = fromValue(statement);
  const statements = present?.type === 'array' ? [...present.elements, added] : present ? [present, added] : [added];
  const changed = new CompiledPolicy(readPolicy(withMember(root, 'Statement', statements), base), policy.document);
  if (present?.type === 'array') return { policy: changed, path: [...list, '-'], add: statement };
  // A lone statement becomes the first of a list.
  return { policy: changed, path: list, add: present ? [toValue(present), statement] : [statement] };
}

function withMember(object: JsonObject, name: string, elements: readonly JsonNode[]): JsonObject {
  const at = { start: -1, end: -1 };
  const others = object.members.filter(({ key }) => key.value !== name);
  const value: JsonNode = { type: 'array', elements, ...at };
  return { ...object, members: [...others, { key: { type: 'string', value: name, ...at }, value, ...at }] };
}
