import { findGrantOperation } from '../../simulator/facts/grant-operations.ts';
import { rule } from './rule.ts';
import { withValue } from './support/conditions.ts';
import { bareOperation, meantOperations } from './support/grant-operations.ts';
import { createGrantPage, grantWith, isOpen } from './support/grants.ts';

export const grantOpUnknown = rule({
  id: 'grant-op-unknown',
  group: 'invalid',
  kinds: ['grant'],
  title: 'an operation that no grant can allow',
  documentation: {
    what: 'An operation of a grant that is none of those CreateGrant takes: `kms:Decrypt` with its prefix, `ReEncrypt`, `PutKeyPolicy`.',
    why: 'CreateGrant takes a fixed set of names, without `kms:` and without wildcards, and rejects a request with any other.',
    spares: 'What a template fills in, and the output of ListGrants, which AWS KMS wrote itself.',
    bad: grantWith({ Operations: ['Decrypt', 'kms:GenerateDataKey'] }),
    good: grantWith({ Operations: ['Decrypt', 'GenerateDataKey'] }),
    sources: [createGrantPage],
  },
  check: {
    grant({ operations, listed }, { report }) {
      if (listed) return;
      const present = new Set(operations.map(({ text }) => text));
      for (const { text, path } of operations) {
        if (findGrantOperation(text) || isOpen(text)) continue;
        const meant = meantOperations(text);
        const free = meant.filter((name) => !present.has(name));
        // Two spellings of one operation would become the same entry twice.
        const alone =
          operations.length <= MAX_SEARCHED && operations.filter((each) => isSame(each.text, text)).length === 1;
        report({
          at: { path },
          message: /^kms:/i.test(text)
            ? `operations of grants have no \`kms:\`, as \`${text}\` does`
            : `no grant can allow \`${text}\``,
          why: 'AWS KMS rejects the request',
          next: meant[0] ? `write ${meant.map((name) => `\`${name}\``).join(' or ')}` : 'name an operation of grants',
          fixes: free.map((name) => withValue(path, name, alone && isSame(name, text))),
        });
      }
    },
  },
});

/** There are fewer operations than this; looking through longer lists for each entry would cost the square. */
const MAX_SEARCHED = 100;

const isSame = (a: string, b: string): boolean => bareOperation(a) === bareOperation(b);
