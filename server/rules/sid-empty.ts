import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const rest = `"Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"`;

export const sidEmpty = rule({
  id: 'sid-empty',
  group: 'style',
  kinds: policyKinds,
  title: 'an empty `Sid`',
  documentation: {
    what: 'A `Sid` that is an empty text.',
    why: 'It names nothing. A name such as `Decrypt orders` says in every message which statement decided; no `Sid` at all is fine, too.',
    bad: keyPolicyWith(`{\n  "Sid": "",\n  ${rest}\n}`),
    good: keyPolicyWith(`{\n  ${rest}\n}`),
    sources: [elementPage('sid'), policyChecks],
  },
  check: {
    statement({ sid, path }, { report }) {
      if (sid !== '') return;
      report({
        at: { path: [...path, 'Sid'] },
        message: 'the `Sid` is empty',
        why: 'it names nothing',
        next: 'name what the statement is for, or remove it',
        fixes: [{ title: 'remove it', safe: true, edits: [{ op: 'remove', path: [...path, 'Sid'] }] }],
      });
    },
  },
});
