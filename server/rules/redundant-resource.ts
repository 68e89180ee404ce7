import type { Item } from '../../simulator/policy/document.ts';
import { compileGlob, type Glob } from '../../simulator/policy/syntax/glob.ts';
import { globCovers } from '../../simulator/policy/syntax/glob-relation.ts';
import { findExpressions } from '../../simulator/policy/syntax/placeholder.ts';
import { rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { coveredBy } from './support/redundant.ts';
import { policyChecks } from './support/sources.ts';

const statement = (resource: string): string => `
{
  "Sid": "UseKeys",
  "Effect": "Allow",
  "Action": "kms:DescribeKey",
  "Resource": ${resource}
}`;

const all = '"arn:aws:kms:us-east-1:111122223333:key/*"';
const one = '"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"';

export const redundantResource = rule({
  id: 'redundant-resource',
  group: 'style',
  kinds: policyKinds,
  title: 'a resource that another entry covers already',
  documentation: {
    what: 'An entry of `Resource` or `NotResource` that another entry of the same list covers.',
    why: 'It changes nothing, and hides that the other entry is as wide as it is.',
    spares: 'Resources with variables or placeholders.',
    bad: identityPolicyWith(statement(`[${all}, ${one}]`)),
    good: identityPolicyWith(statement(`[${all}]`)),
    sources: [policyChecks],
  },
  check: {
    statement({ resource }, { report }) {
      for (const { item, by } of coveredBy(resource?.items ?? [], read, covers)) {
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
  /** Part by part, since a wildcard of one part of an ARN does not reach into the next; none where it is no ARN. */
  readonly parts: readonly Glob[];
}

function read({ text }: Item): Entry | undefined {
  if (0 < findExpressions(text).length) return undefined;
  const parts = /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(text)?.slice(1) ?? [];
  return { text, parts: parts.map((part) => compileGlob(part)) };
}

function covers(wide: Entry, narrow: Entry): boolean {
  if (wide.text === '*' || wide.text === narrow.text) return true;
  return (
    0 < wide.parts.length &&
    wide.parts.length === narrow.parts.length &&
    wide.parts.every((part, index) => {
      const other = narrow.parts[index];
      return other !== undefined && globCovers(part, other);
    })
  );
}
