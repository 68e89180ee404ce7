import { type Fix, rule } from './rule.ts';
import { withValue } from './support/conditions.ts';
import { createGrantPage, grantWith, isOpen } from './support/grants.ts';

export const grantNameCharset = rule({
  id: 'grant-name-charset',
  group: 'invalid',
  kinds: ['grant'],
  title: 'a name that no grant can have',
  documentation: {
    what: 'A `Name` with other characters than letters, digits and `:/_-`, or with more than 256 of them.',
    why: 'AWS KMS rejects such a name.',
    spares: 'Empty names, the output of ListGrants, and what a template fills in.',
    bad: grantWith({ Name: 'orders worker' }),
    good: grantWith({ Name: 'orders-worker' }),
    sources: [createGrantPage],
  },
  check: {
    grant({ name, listed }, { report }) {
      if (listed || !name || name.text === '' || isOpen(name.text)) return;
      const { text, path } = name;
      const foreign = FOREIGN.exec(text);
      if (foreign) {
        const start = foreign.index;
        report({
          at: { path, span: { start, end: start + foreign[0].length } },
          message: 'the name has characters that names of grants cannot have',
          why: 'AWS KMS rejects the request',
          next: 'use letters, digits and `:/_-`',
          fixes: fixesOf(text, path),
        });
      } else if (MAX_LENGTH < text.length) {
        report({
          at: { path },
          message: `the name has ${text.length} characters, and names of grants have ${MAX_LENGTH} at most`,
          why: 'AWS KMS rejects the request',
          next: 'shorten it',
        });
      }
    },
  },
});

const MAX_LENGTH = 256;
const FOREIGN = /[^a-zA-Z0-9:/_-]+/;

/** Another name is for somebody to choose: later requests must give the same one to get the same grant. */
function fixesOf(text: string, path: readonly (string | number)[]): Fix[] {
  const mended = text.trim().split(FOREIGN).filter(Boolean).join('-');
  return mended === '' || MAX_LENGTH < mended.length ? [] : [withValue(path, mended, false)];
}
