import type { ActionItem } from '../../simulator/policy/document.ts';
import { actionGlob } from '../../simulator/policy/syntax/action.ts';
import type { Glob } from '../../simulator/policy/syntax/glob.ts';
import { globCovers } from '../../simulator/policy/syntax/glob-relation.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { coveredBy } from './support/redundant.ts';
import { defaultKeyPolicy, policyChecks } from './support/sources.ts';

const statement = (action: string): string => `
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ${action},
  "Resource": "*"
}`;

export const redundantAction = rule({
  id: 'redundant-action',
  group: 'style',
  kinds: policyKinds,
  yieldsTo: [
    'kms-reencrypt-action',
    'action-unknown',
    'action-not-in-key-policy',
    'action-foreign-service-in-key-policy',
  ],
  title: 'an action that another entry covers already',
  documentation: {
    what: 'An entry of `Action` or `NotAction` that another entry of the same list covers.',
    why: 'It changes nothing, and hides that the other entry is as wide as it is.',
    spares: '`kms:UpdatePrimaryRegion` beside `kms:Update*`, both of which the console writes for multi-Region keys.',
    bad: keyPolicyWith(statement('["kms:Generate*", "kms:GenerateDataKey"]')),
    good: keyPolicyWith(statement('["kms:Generate*"]')),
    sources: [policyChecks, defaultKeyPolicy],
  },
  check: {
    statement({ action }, { report }) {
      for (const { item, by } of coveredBy(action?.items ?? [], read, covers)) {
        report({
          at: { path: item.path },
          message: `\`${item.text}\` is covered by \`${by.text}\``,
          why: 'it changes nothing',
          next: 'remove it',
          related: [{ place: { path: by.path }, message: 'the entry that covers it' }],
          fixes: [{ title: `remove \`${item.text}\``, safe: true, edits: [{ op: 'remove', path: item.path }] }],
          tags: ['unnecessary'],
        });
      }
    },
  },
});

interface Entry {
  readonly text: string;
  readonly everything: boolean;
  readonly glob: Glob;
}

function read({ text, pattern }: ActionItem): Entry | undefined {
  if (pattern.kind !== 'pattern') return undefined;
  return { text, everything: pattern.everything, glob: actionGlob(text) };
}

function covers(wide: Entry, narrow: Entry): boolean {
  if (wide.everything) return true;
  if (wide.text === 'kms:Update*' && narrow.text === 'kms:UpdatePrimaryRegion') return false;
  return globCovers(wide.glob, narrow.glob);
}
