import { foldCase } from '../../simulator/policy/syntax/fold-case.ts';
import { rule } from './rule.ts';
import { countingMembers, grantConstraintsPage, grantWith, isOpen } from './support/grants.ts';

export const grantConstraintCase = rule({
  id: 'grant-constraint-case',
  group: 'style',
  kinds: ['grant'],
  title: 'keys of a constraint that differ in capitals alone',
  documentation: {
    what: 'Two pairs of one `EncryptionContextSubset` or `EncryptionContextEquals` whose keys are the same but for capitals.',
    why: 'The encryption context of a request tells such keys apart, but for AWS KMS capitals do not count in the keys of a constraint. Which of the two pairs a request has to have is not documented.',
    spares: 'Keys that a template fills in, and different capitals in two constraints.',
    bad: grantWith({ Constraints: { EncryptionContextSubset: { order: '42', Order: '42' } } }),
    good: grantWith({ Constraints: { EncryptionContextSubset: { order: '42' } } }),
    sources: [grantConstraintsPage],
  },
  check: {
    grant({ contexts }, { report }) {
      for (const { object, path } of contexts) {
        const seen = new Map<string, string>();
        for (const name of countingMembers(object).keys()) {
          const first = seen.get(foldCase(name));
          if (first === undefined) seen.set(foldCase(name), name);
          if (first === undefined || isOpen(name)) continue;
          report({
            at: { path: [...path, name], part: 'key' },
            message: `\`${name}\` and \`${first}\` differ in capitals alone`,
            why: 'capitals do not count in the keys of a constraint, so which pair a request must have is uncertain',
            next: 'spell the key as the callers do, once',
            related: [{ place: { path: [...path, first], part: 'key' }, message: 'the same key' }],
          });
        }
      }
    },
  },
});
