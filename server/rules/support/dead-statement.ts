import type { Statement } from '../../../simulator/policy/document.ts';
import type { KindAnswer } from '../../documents/kinds.ts';

/** What AWS does with a statement that lacks its `Action` or its `Resource`. */
export function withoutEffect({ kind, candidates }: KindAnswer, effect: 'Allow' | 'Deny' | undefined): string {
  const verb = effect === 'Deny' ? 'denies' : 'allows';
  if (kind === 'key-policy') return `AWS KMS accepts the key policy all the same, but the statement ${verb} nothing`;
  if (candidates.includes('key-policy'))
    return `AWS rejects the policy; as a key policy it is accepted, but the statement ${verb} nothing`;
  return 'AWS rejects the policy';
}

/** What an entry does whose action does not exist. */
export function effectOfDeadEntry({ effect, action }: Statement): string {
  if (action?.negated) return 'the entry excepts nothing';
  if (effect === 'Deny') return 'the entry denies nothing';
  return effect === 'Allow' ? 'the entry allows nothing' : 'the entry has no effect';
}
