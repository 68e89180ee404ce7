import type { KindAnswer } from '../../documents/kinds.ts';

/** What AWS does with a statement that lacks its `Action` or its `Resource`. */
export function withoutEffect({ kind, candidates }: KindAnswer, effect: 'Allow' | 'Deny' | undefined): string {
  const verb = effect === 'Deny' ? 'denies' : 'allows';
  if (kind === 'key-policy') return `AWS KMS accepts the key policy all the same, but the statement ${verb} nothing`;
  if (candidates.includes('key-policy'))
    return `AWS rejects the policy; as a key policy it is accepted, but the statement ${verb} nothing`;
  return 'AWS rejects the policy';
}
