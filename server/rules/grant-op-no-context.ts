import { findGrantOperation, type GrantOperation } from '../../simulator/facts/grant-operations.ts';
import type { Grant } from '../../simulator/policy/grant.ts';
import { rule } from './rule.ts';
import { createGrantGuide, grantConstraintsPage, grantWith } from './support/grants.ts';

export const grantOpNoContext = rule({
  id: 'grant-op-no-context',
  group: 'suspicious',
  kinds: ['grant'],
  yieldsTo: ['grant-op-vs-keyspec'],
  title: 'a constraint on the encryption context of operations that have none',
  documentation: {
    what: 'A grant with a constraint on the encryption context that allows operations for asymmetric and HMAC keys, such as `Sign`, or nothing but operations that do not look at the context, such as `DescribeKey`.',
    why: 'Only cryptographic operations with symmetric encryption keys take an encryption context. Grants for other keys cannot have the constraint, and other operations are allowed whatever it says.',
    spares:
      'Operations such as `DescribeKey` beside one that the constraint is about, and operations that a template fills in.',
    bad: grantWith({ Operations: ['DescribeKey'], Constraints: { EncryptionContextSubset: { order: '42' } } }),
    good: grantWith({
      Operations: ['Decrypt', 'DescribeKey'],
      Constraints: { EncryptionContextSubset: { order: '42' } },
    }),
    sources: [createGrantGuide, grantConstraintsPage],
  },
  check: {
    grant(grant, { report }) {
      const [context] = grant.contexts;
      if (!context) return;
      const facts = grant.operations.map(({ text }) => findGrantOperation(text));
      for (const [index, { text, path }] of grant.operations.entries()) {
        if (facts[index]?.contextConstraint !== 'impossible') continue;
        report({
          at: { path },
          message: `\`${text}\` is for keys that take no encryption context`,
          why: `a grant for such a key cannot have \`${context.name}\``,
          next: 'remove the operation or the constraint',
          related: [{ place: { path: context.path, part: 'key' }, message: 'the constraint' }],
        });
      }
      if (!isIgnoredByAll(grant, facts)) return;
      report({
        at: { path: context.path, part: 'key' },
        message: 'no operation of the grant has an encryption context',
        why: 'the constraint restricts nothing',
        next: 'remove it, or allow an operation such as `Decrypt`',
      });
    },
  },
});

/** Whether all operations are known and allowed whatever the constraint says. */
function isIgnoredByAll({ operations }: Grant, facts: readonly (GrantOperation | undefined)[]): boolean {
  return 0 < operations.length && facts.every((fact) => fact?.contextConstraint === 'ignored');
}
