import type { Statement } from '../../simulator/policy/document.ts';
import { hole } from './holes.ts';
import { type Fix, rule } from './rule.ts';
import { likelyAccount } from './support/accounts.ts';
import { identityPolicyWith } from './support/examples.ts';
import {
  allowsOfKms,
  isAboutNoResource,
  isMoreThanLooking,
  kmsActionsOf,
  narrowsKeys,
  resourcesOf,
  worksAcrossAccounts,
} from './support/kms-resources.ts';

const statement = (resource: string): string => `
{
  "Sid": "DecryptOrders",
  "Effect": "Allow",
  "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
  "Resource": "${resource}"
}`;

export const kmsStarResourceCrossaccount = rule({
  id: 'kms-star-resource-crossaccount',
  group: 'hardening',
  kinds: ['iam-policy'],
  yieldsTo: ['kms-nonkey-action-with-key-arn'],
  title: 'the use of every key, those of other accounts included',
  documentation: {
    what: 'An identity policy that allows cryptographic operations or grants on `"*"`.',
    why:
      'These actions work on keys of other accounts as well. Whoever has them on `"*"` may use every key that any account ' +
      'ever shares with this one, and encrypt data under a key that somebody else can take away.',
    spares:
      'Actions that only look at a key or that work in its own account alone; statements with a condition that narrows ' +
      'the keys, such as `aws:ResourceAccount`, `kms:ResourceAliases`, `aws:ResourceTag` or `kms:ViaService`.',
    bad: identityPolicyWith(statement('*')),
    good: identityPolicyWith(statement('arn:aws:kms:*:111122223333:key/*')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Best practices for IAM policies',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html',
      },
    ],
  },
  check: {
    statement(statement, context) {
      const star = resourcesOf(statement).find(({ text }) => text === '*');
      if (!star || statement.conditions.some(narrowsKeys)) return;
      if (!allowsOfKms(statement, (action) => isMoreThanLooking(action) && worksAcrossAccounts(action))) return;
      context.report({
        at: { path: star.path },
        message: '`*` is every key, those that other accounts share included',
        why: 'these actions work across accounts',
        next: 'name the keys, or those of the account: `arn:aws:kms:*:<account-id>:key/*`',
        fixes: isAboutKeysAlone(statement) ? [ofAccount(star.path, likelyAccount(context.policy).id)] : [],
      });
    },
  },
});

/** Whether the statement's other actions would do without `"*"` as well. */
function isAboutKeysAlone({ action }: Statement): boolean {
  return (
    action?.items.every((item) => {
      const covered = kmsActionsOf(item);
      return item.pattern.service === 'kms' && covered !== undefined && !covered.some(isAboutNoResource);
    }) ?? false
  );
}

function ofAccount(path: Statement['path'], account: string): Fix {
  const arn = `arn:aws:kms:*:${hole(account)}:key/*`;
  return {
    title: 'narrow to the keys of an account',
    safe: false,
    edits: [{ op: 'replace', place: { path }, text: JSON.stringify(arn) }],
  };
}
