import type { JsonObject } from '../../simulator/json/node.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { fingerprintOf, normalForm } from './support/normal-form.ts';
import { policyChecks } from './support/sources.ts';

const statement = (sid: string): string => `{
  "Sid": "${sid}",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const redundantStatement = rule({
  id: 'redundant-statement',
  group: 'style',
  kinds: policyKinds,
  title: 'a statement that says what another one says',
  documentation: {
    what: 'A statement that differs from an earlier one in its `Sid`, in the order of its lists or in lists of one, and in nothing else.',
    why: 'It changes nothing. Whoever removes one of the two later may think that access is gone.',
    bad: keyPolicyWith(`${statement('Decrypt orders')},\n${statement('Decrypt again')}`),
    good: keyPolicyWith(statement('Decrypt orders')),
    sources: [policyChecks],
  },
  check: {
    policy({ statements }, { report }) {
      const seen = new Map<string, Statement>();
      const once = new Set<number>();
      const often = new Set<number>();
      for (const print of statements.map(printOf)) {
        if (print === undefined) continue;
        if (once.has(print)) often.add(print);
        once.add(print);
      }
      if (often.size === 0) return;
      for (const each of statements) {
        if (!often.has(printOf(each) ?? Number.NaN)) continue;
        const meaning = meaningOf(each);
        if (meaning === undefined) continue;
        const earlier = seen.get(meaning);
        if (!earlier) {
          seen.set(meaning, each);
          continue;
        }
        report({
          at: { path: each.path },
          message: 'the statement says what an earlier one says',
          why: 'it changes nothing',
          next: 'remove it',
          related: [{ place: { path: earlier.path }, message: 'the earlier one' }],
          fixes: [{ title: 'remove the statement', safe: true, edits: [{ op: 'remove', path: each.path }] }],
          tags: ['unnecessary'],
        });
      }
    },
  },
});

/** What tells whether it is worth the time to compare statements. */
const printOf = perStatement((statement) => {
  const node = saidBy(statement);
  return node && fingerprintOf(node);
});

const meaningOf = perStatement((statement) => {
  const node = saidBy(statement);
  return node && normalForm(node);
});

/** The statement without its Sid; undefined where AWS does not read it. */
function saidBy({ object, readable }: Statement): JsonObject | undefined {
  if (!object || !readable) return undefined;
  return { ...object, members: object.members.filter(({ key }) => key.value !== 'Sid') };
}
