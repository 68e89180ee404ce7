import type { Item, Statement } from '../../simulator/policy/document.ts';
import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import { hole } from './holes.ts';
import { type Fix, rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { isAboutNoResource, kmsActionsOf, reachOf, resourcesOf } from './support/kms-resources.ts';
import { kmsActions } from './support/sources.ts';

const statement = (resource: string): string => `
{
  "Sid": "DecryptOrders",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": "${resource}"
}`;

export const kmsAliasArnAsKey = rule({
  id: 'kms-alias-arn-as-key',
  group: 'invalid',
  kinds: ['iam-policy', 'scp', 'rcp', 'vpce-policy'],
  title: 'an alias as the resource of actions on keys',
  documentation: {
    what: 'The ARN of an alias in `Resource`, where no action of the statement is one on aliases.',
    why:
      'In `Resource` the ARN of an alias is the alias and not the key behind it. AWS KMS asks for the key, also where the ' +
      'call names the alias, so the statement never applies. Keys are told by their alias with a condition on ' +
      '`kms:ResourceAliases`.',
    spares:
      'Statements with `kms:CreateAlias`, `kms:UpdateAlias` or `kms:DeleteAlias`, or a wildcard that covers them.',
    bad: identityPolicyWith(statement('arn:aws:kms:us-east-1:111122223333:alias/orders')),
    good: identityPolicyWith(statement('arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Using IAM policies with AWS KMS, specifying KMS keys',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html',
      },
      kmsActions,
    ],
  },
  check: {
    statement(statement, { report }) {
      if (!isAboutKeysOnly(statement)) return;
      for (const item of resourcesOf(statement)) {
        const { keys, aliases } = reachOf(item.text);
        if (keys || !aliases) continue;
        report({
          at: { path: item.path },
          message: `\`${item.text}\` is the alias and not the key behind it`,
          why: `AWS KMS asks for the key, so nothing is ${statement.effect === 'Deny' ? 'denied' : 'allowed'}`,
          next: 'name the key, or test `kms:ResourceAliases` in a condition',
          fixes: fixesOf(item, statement),
        });
      }
    },
  },
});

/** Whether some action is one on keys and none may be one on aliases. */
function isAboutKeysOnly({ action }: Statement): boolean {
  if (!action || action.negated) return false;
  let onKeys = false;
  for (const item of action.items) {
    const covered = kmsActionsOf(item);
    if (!covered || covered.some(({ resources }) => resources.includes('alias'))) return false;
    onKeys ||= covered.some((each) => !isAboutNoResource(each));
  }
  return onKeys;
}

function fixesOf(item: Item, statement: Statement): Fix[] {
  const { text, path } = item;
  const arn = parseArn(text);
  const head = text.slice(0, arn.spans.resource.start);
  const replacement = (resource: string) =>
    ({ op: 'replace', place: { path }, text: JSON.stringify(head + resource) }) as const;
  const named: Fix = { title: 'name the key', safe: false, edits: [replacement(`key/${hole('key-id')}`)] };
  const isPlain = /^alias\/[\w/-]+$/.test(arn.resource);
  if (!isPlain || resourcesOf(statement).length !== 1 || 0 < statement.conditions.length) return [named];
  const condition = { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': arn.resource } };
  return [
    named,
    {
      title: 'test `kms:ResourceAliases` in a condition',
      safe: false,
      edits: [replacement('key/*'), { op: 'set', path: [...statement.path, 'Condition'], value: condition }],
    },
  ];
}
