import type { JsonObject } from '../../simulator/json/node.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { normalForm } from './support/normal-form.ts';
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
      for (const each of statements) {
        if (!each.object || !each.readable) continue;
        const meaning = meaningOf(each.object);
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

/** The statement without its Sid, with lists of one as their entry and longer ones in order. */
function meaningOf(object: JsonObject): string {
  const rest = object.members.filter(({ key }) => key.value !== 'Sid');
  return normalForm({ ...object, members: rest });
}
