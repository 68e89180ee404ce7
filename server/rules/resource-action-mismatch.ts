import type { Statement } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { isAboutNoResource, isBareKey, kmsActionsOf, reachOf, resourcesOf } from './support/kms-resources.ts';
import { elementPage, kmsActions } from './support/sources.ts';

const statement = (resource: string): string => `
{
  "Sid": "ReadReports",
  "Effect": "Allow",
  "Action": ["s3:GetObject", "kms:Decrypt"],
  "Resource": ["arn:aws:s3:::amzn-s3-demo-bucket/*"${resource}]
}`;

export const resourceActionMismatch = rule({
  id: 'resource-action-mismatch',
  group: 'invalid',
  kinds: ['iam-policy', 'scp', 'rcp', 'vpce-policy'],
  title: 'an action on keys with resources of other services only',
  documentation: {
    what: 'An action of AWS KMS in a statement whose `Resource` names neither a key nor an alias.',
    why: 'An action applies to resources of its own service. Beside those of others it does nothing, and nobody is told.',
    spares:
      'Statements with `NotResource`, template expressions, and what is more special: aliases in place of keys ' +
      '(`kms-alias-arn-as-key`), ids in place of ARNs (`kms-keyid-as-resource`), actions about no key ' +
      '(`kms-nonkey-action-with-key-arn`).',
    bad: identityPolicyWith(statement('')),
    good: identityPolicyWith(
      statement(', "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"'),
    ),
    sources: [kmsActions, elementPage('resource')],
  },
  check: {
    statement(statement, { report }) {
      const { action, effect } = statement;
      if (!action || action.negated || !namesOthersOnly(statement)) return;
      const dead = action.items.filter(
        (item) =>
          item.pattern.service === 'kms' && kmsActionsOf(item)?.some((each) => !isAboutNoResource(each)) === true,
      );
      const [first, ...others] = dead;
      if (!first) return;
      const more = others.length === 0 ? '' : ` and ${others.length} more of AWS KMS`;
      report({
        at: { path: first.path },
        message: `\`${first.text}\`${more} beside resources that are no keys`,
        why: `actions on keys ${effect === 'Deny' ? 'deny' : 'allow'} nothing on other resources`,
        next: 'add the ARN of the key to `Resource`',
      });
    },
  },
});

function namesOthersOnly(statement: Statement): boolean {
  const items = resourcesOf(statement);
  return (
    0 < items.length &&
    items.every(({ text }) => {
      const { keys, aliases } = reachOf(text);
      return !keys && !aliases && !isBareKey(text);
    })
  );
}
