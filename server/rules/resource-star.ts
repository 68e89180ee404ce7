import { rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { allowsOfKms, isMoreThanLooking, narrowsKeys, resourcesOf } from './support/kms-resources.ts';
import { elementPage } from './support/sources.ts';

const statement = (resource: string): string => `
{
  "Sid": "RotateOrders",
  "Effect": "Allow",
  "Action": ["kms:EnableKeyRotation", "kms:DisableKeyRotation"],
  "Resource": "${resource}"
}`;

export const resourceStar = rule({
  id: 'resource-star',
  group: 'hardening',
  kinds: ['iam-policy'],
  yieldsTo: ['kms-star-resource-crossaccount'],
  title: 'every key of the account',
  documentation: {
    what: 'An identity policy that allows changing keys on `"*"`.',
    why:
      'It holds for every key whose key policy lets identity policies decide, those to come included. AWS advises to name ' +
      'the keys.',
    spares:
      'Actions that only look at keys, or that are about no key, such as `kms:CreateKey`; statements with a condition that ' +
      'narrows the keys. Of actions that work on the keys of other accounts, too, `kms-star-resource-crossaccount` speaks.',
    bad: identityPolicyWith(statement('*')),
    good: identityPolicyWith(statement('arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Best practices for IAM policies',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html',
      },
      elementPage('resource'),
    ],
  },
  check: {
    statement(statement, { report }) {
      const star = resourcesOf(statement).find(({ text }) => text === '*');
      if (!star || statement.conditions.some(narrowsKeys) || !allowsOfKms(statement, isMoreThanLooking)) return;
      report({
        at: { path: star.path },
        message: '`*` is every key of the account',
        why: 'those to come included',
        next: 'name the keys, or narrow it with a condition such as `aws:ResourceTag`',
      });
    },
  },
});
