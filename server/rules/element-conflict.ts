import { memberOf } from '../../simulator/json/node.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const PAIRS = [
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
] as const;

export const elementConflict = rule({
  id: 'element-conflict',
  group: 'invalid',
  kinds: policyKinds,
  title: 'an element beside its opposite',
  documentation: {
    what: 'A statement with both `Action` and `NotAction`, `Resource` and `NotResource`, or `Principal` and `NotPrincipal`.',
    why: 'The two exclude each other, and AWS rejects the policy.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*",
  "NotResource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`),
    sources: [elementPage('action'), policyChecks],
  },
  check: {
    statement({ object, path }, { report }) {
      for (const [name, opposite] of PAIRS) {
        if (!object || !memberOf(object, name) || !memberOf(object, opposite)) continue;
        report({
          at: { path: [...path, opposite], part: 'key' },
          message: `\`${opposite}\` stands beside \`${name}\``,
          why: 'the two exclude each other, and AWS rejects the policy',
          next: 'keep one of them',
          related: [{ place: { path: [...path, name], part: 'key' }, message: `\`${name}\` is here` }],
          fixes: [opposite, name].map((each) => ({
            title: `remove \`${each}\``,
            safe: false,
            edits: [{ op: 'remove', path: [...path, each] }],
          })),
        });
      }
    },
  },
});
