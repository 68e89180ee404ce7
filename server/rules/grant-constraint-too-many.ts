import { rule } from './rule.ts';
import { createGrantGuide, grantConstraintsPage, grantWith, isOpen } from './support/grants.ts';

const pairs = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`part${index + 1}`, 'orders']));

export const grantConstraintTooMany = rule({
  id: 'grant-constraint-too-many',
  group: 'invalid',
  kinds: ['grant'],
  title: 'more in an encryption context constraint than a grant can hold',
  documentation: {
    what: 'An `EncryptionContextSubset` or `EncryptionContextEquals` of more than eight pairs, or a value of more than 384 characters.',
    why: 'AWS KMS rejects a grant with a larger constraint. Encryption contexts themselves may be larger.',
    spares: 'What a template fills in, and the output of ListGrants.',
    bad: grantWith({ Constraints: { EncryptionContextSubset: pairs(9) } }),
    good: grantWith({ Constraints: { EncryptionContextSubset: pairs(8) } }),
    sources: [createGrantGuide, grantConstraintsPage],
  },
  check: {
    grant({ contexts, listed }, { report }) {
      if (listed) return;
      for (const context of contexts) {
        const counting = new Set(context.object.members.map(({ key }) => key.value));
        if (MAX_PAIRS < counting.size && ![...counting].some(isOpen))
          report({
            at: { path: context.path, part: 'key' },
            message: `the constraint has ${counting.size} pairs, and a grant takes ${MAX_PAIRS} at most`,
            why: 'AWS KMS rejects the request',
            next:
              context.name === 'EncryptionContextSubset'
                ? 'keep those that matter'
                : 'ask for fewer by `EncryptionContextSubset`',
          });
        for (const { text, path } of context.pairs) {
          if (text.length <= MAX_LENGTH || isOpen(text)) continue;
          report({
            at: { path },
            message: `the value has ${text.length} characters, and constraints of grants take ${MAX_LENGTH} at most`,
            why: 'AWS KMS rejects the request',
            next: 'ask for another pair of the encryption context',
          });
        }
      }
    },
  },
});

const MAX_PAIRS = 8;
const MAX_LENGTH = 384;
