import { rule } from './rule.ts';
import { grantConstraintsPage, grantWith } from './support/grants.ts';

export const grantConstraintEmpty = rule({
  id: 'grant-constraint-empty',
  group: 'invalid',
  kinds: ['grant'],
  title: 'a constraint without a pair',
  documentation: {
    what: '`EncryptionContextSubset` or `EncryptionContextEquals` without a pair in it.',
    why: 'A constraint on the encryption context needs one pair at least; CreateGrant rejects a request with an empty one.',
    spares: 'An empty `Constraints`, and the output of ListGrants.',
    bad: grantWith({ Constraints: { EncryptionContextSubset: {} } }),
    good: grantWith({ Constraints: { EncryptionContextSubset: { order: '42' } } }),
    sources: [grantConstraintsPage],
  },
  check: {
    grant({ contexts, listed }, { isBroken, report }) {
      if (listed) return;
      for (const { object, name, path } of contexts) {
        if (0 < object.members.length || isBroken(object)) continue;
        report({
          at: { path },
          message: `\`${name}\` has no pair`,
          why: 'AWS KMS rejects the request',
          next: 'add a pair of the encryption context, or remove the constraint',
          fixes: [{ title: `remove \`${name}\``, safe: false, edits: [{ op: 'remove', path }] }],
        });
      }
    },
  },
});
