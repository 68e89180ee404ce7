import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { removalOf } from './support/principals.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (principal: string): string => `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": ["arn:aws:iam::111122223333:role/Orders"${principal}] },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const principalUniqueId = rule({
  id: 'principal-unique-id',
  group: 'suspicious',
  kinds: resourcePolicyKinds,
  title: 'a principal that was deleted',
  documentation: {
    what: 'A unique id such as `AROA…` or `AIDA…` in place of the ARN of a role or a user.',
    why:
      'AWS keeps a principal by its unique id and shows the ARN for it as long as the role or user is there. An id is ' +
      'what is left of one that was deleted. A new role of the same name has another id, so the entry matches nobody.',
    spares: 'Unique ids in conditions on `aws:userid`, where they belong.',
    bad: keyPolicyWith(statement(', "AROAEXAMPLEID12345678"')),
    good: keyPolicyWith(statement('')),
    sources: [
      {
        title: 'IAM User Guide: IAM identifiers, unique identifiers',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
      },
      elementPage('principal'),
      policyChecks,
    ],
  },
  check: {
    principal(item, statement, { report }) {
      const { text, path, pattern } = item;
      if (pattern.kind !== 'unique-id') return;
      const what = pattern.names === 'user' || pattern.names === 'role' ? pattern.names : 'principal';
      report({
        at: { path },
        message: `\`${text}\` is the id of a ${what} that was deleted`,
        why: 'a new one of the same name has another id, so the entry matches nobody',
        next: 'name the ARN of who took its place, or remove the entry',
        fixes: removalOf(item, statement),
      });
    },
  },
});
