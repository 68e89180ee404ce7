import { covers } from '../../simulator/access/grant/pairs.ts';
import type { ContextConstraint } from '../../simulator/policy/grant.ts';
import { rule } from './rule.ts';
import { grantConstraintsPage, grantWith, isOpen } from './support/grants.ts';

export const grantBothContextConstraints = rule({
  id: 'grant-both-context-constraints',
  group: 'suspicious',
  kinds: ['grant'],
  title: 'two constraints on the encryption context in one grant',
  documentation: {
    what: 'The input of CreateGrant with both `EncryptionContextSubset` and `EncryptionContextEquals`.',
    why: 'AWS documents them as the two forms of one constraint, of which a grant has one. Beside `EncryptionContextEquals` a subset can only say the same again, or something that no request fulfils.',
    spares: 'A constraint without a pair, pairs that are not filled in, and the output of ListGrants.',
    bad: grantWith({
      Constraints: {
        EncryptionContextEquals: { order: '42', stage: 'prod' },
        EncryptionContextSubset: { order: '42' },
      },
    }),
    good: grantWith({ Constraints: { EncryptionContextEquals: { order: '42', stage: 'prod' } } }),
    sources: [grantConstraintsPage],
  },
  check: {
    grant({ contexts, listed }, { report }) {
      const [subset, equals] = contexts;
      if (listed || !subset || !equals || ![subset, equals].every(isFilled)) return;
      report({
        at: { path: subset.path, part: 'key' },
        message: 'the grant has both an `EncryptionContextSubset` and an `EncryptionContextEquals`',
        why: `AWS documents one of them for a grant${besides(equals, subset)}`,
        next: 'keep `EncryptionContextEquals` for exactly these pairs, or `EncryptionContextSubset` where there may be others',
        related: [{ place: { path: equals.path, part: 'key' }, message: 'the other one' }],
        fixes: [subset, equals].map(({ name, path }) => ({
          title: `remove \`${name}\``,
          safe: false,
          edits: [{ op: 'remove', path }],
        })),
      });
    },
  },
});

/** The command line prints both with an empty value, for one to be filled in and the other removed. */
function isFilled({ object }: ContextConstraint): boolean {
  return object.members.some(({ value }) => value && !(value.type === 'string' && value.value === ''));
}

/** What the subset adds to the exact pairs, where both can be read. */
function besides(equals: ContextConstraint, subset: ContextConstraint): string {
  const isRead = [equals, subset].every(
    ({ object, pairs }) =>
      pairs.length === object.members.length && !pairs.some(({ key, text }) => isOpen(key) || isOpen(text)),
  );
  if (!isRead) return '';
  return covers(valuesOf(equals), valuesOf(subset))
    ? ', and the subset restricts nothing beside the exact pairs'
    : ', and no request fulfils these two';
}

function valuesOf({ pairs }: ContextConstraint): Record<string, string> {
  return Object.fromEntries(pairs.map(({ key, text }) => [key, text]));
}
