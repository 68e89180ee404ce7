import { toValue } from '../json/node.ts';
import { parseJson } from '../json/parse.ts';
import { CompiledPolicy } from '../policy/compile.ts';
import { readPolicy } from '../policy/document.ts';

/** The policy of a key, as text and ready to decide. */
export interface KeyPolicy {
  readonly text: string;
  readonly compiled: CompiledPolicy;
}

/** Compiles the text of a policy. @param document what decisions call it; undefined where the text is no JSON object */
export function readKeyPolicy(text: string, document: string): KeyPolicy | undefined {
  const { root, problems } = parseJson(text);
  if (root?.type !== 'object' || problems.length > 0) return undefined;
  return { text, compiled: new CompiledPolicy(readPolicy(root), document) };
}

/** The text of a policy that exists only as a document, indented as AWS's own policies are. */
export function keyPolicyOf(compiled: CompiledPolicy): KeyPolicy {
  return { text: JSON.stringify(toValue(compiled.policy.root), null, 2), compiled };
}
