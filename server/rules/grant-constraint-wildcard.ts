import { rule } from './rule.ts';
import { grantConstraintsPage, grantWith, isOpen } from './support/grants.ts';

export const grantConstraintWildcard = rule({
  id: 'grant-constraint-wildcard',
  group: 'suspicious',
  kinds: ['grant'],
  title: 'a wildcard in a constraint, which is taken as a plain character',
  documentation: {
    what: 'A `*` in a value of `EncryptionContextSubset` or `EncryptionContextEquals`.',
    why: 'Constraints of grants have no wildcards. The value in the request has to be the same, letter by letter, the star included.',
    spares: 'What a template fills in.',
    bad: grantWith({ Constraints: { EncryptionContextSubset: { 'aws:s3:arn': 'arn:aws:s3:::orders/*' } } }),
    good: grantWith({ Constraints: { EncryptionContextSubset: { 'aws:s3:arn': 'arn:aws:s3:::orders' } } }),
    sources: [grantConstraintsPage],
  },
  check: {
    grant({ contexts }, { report }) {
      for (const { text, path } of contexts.flatMap(({ pairs }) => pairs)) {
        const start = text.indexOf('*');
        if (start === -1 || isOpen(text)) continue;
        report({
          at: { path, span: { start, end: start + 1 } },
          message: 'constraints of grants have no wildcards',
          why: `only a request with exactly \`${text}\` in its encryption context fits`,
          next: 'write the whole value, or use a key policy with `StringLike`',
        });
      }
    },
  },
});
