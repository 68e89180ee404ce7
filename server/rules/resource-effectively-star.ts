import type { Item } from '../../simulator/policy/document.ts';
import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import { compileGlob } from '../../simulator/policy/syntax/glob.ts';
import { globCovers } from '../../simulator/policy/syntax/glob-relation.ts';
import { hole } from './holes.ts';
import { type Fix, rule } from './rule.ts';
import { likelyAccount } from './support/accounts.ts';
import { identityPolicyWith } from './support/examples.ts';
import { allowsOfKms, isMoreThanLooking, narrowsKeys, resourcesOf } from './support/kms-resources.ts';
import { elementPage } from './support/sources.ts';

const statement = (resource: string): string => `
{
  "Sid": "DecryptOrders",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": "${resource}"
}`;

export const resourceEffectivelyStar = rule({
  id: 'resource-effectively-star',
  group: 'hardening',
  kinds: ['iam-policy'],
  title: 'an ARN that is as wide as `"*"`',
  documentation: {
    what: 'A `Resource` of an identity policy such as `arn:aws:kms:*:*:key/*`, which stands for every key of every account.',
    why: 'It looks narrower than `"*"` and is not: keys that other accounts share are covered as well.',
    spares: 'ARNs with an account; actions that only look at keys; statements with a condition that narrows the keys.',
    bad: identityPolicyWith(statement('arn:aws:kms:*:*:key/*')),
    good: identityPolicyWith(statement('arn:aws:kms:*:111122223333:key/*')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Best practices for IAM policies',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html',
      },
      elementPage('resource'),
    ],
  },
  check: {
    statement(statement, context) {
      const wide = resourcesOf(statement).filter(({ text }) => isEveryKey(text));
      if (wide.length === 0 || statement.conditions.some(narrowsKeys)) return;
      if (!allowsOfKms(statement, isMoreThanLooking)) return;
      for (const item of wide) {
        context.report({
          at: { path: item.path },
          message: `\`${item.text}\` is every key of every account`,
          why: 'no field of it narrows anything, so keys that other accounts share are covered',
          next: 'name the account, or the keys',
          fixes: ofAccount(item, likelyAccount(context.policy).id),
        });
      }
    },
  },
});

const EVERY_ID = compileGlob('key/*');

function isEveryKey(text: string): boolean {
  const arn = parseArn(text, 'resource');
  // AWS takes the fields that are missing after a wildcard to be anything.
  if (arn.kind === 'not-an-arn') return /^arn:[^:]*:kms(?::\*){1,2}$/.test(text);
  if (arn.kind !== 'arn' || arn.unknown.length > 0 || arn.service !== 'kms') return false;
  return /^\*+$/.test(arn.region) && /^\*+$/.test(arn.account) && globCovers(compileGlob(arn.resource), EVERY_ID);
}

function ofAccount({ text, path }: Item, account: string): Fix[] {
  const { kind, spans } = parseArn(text, 'resource');
  if (kind !== 'arn') return [];
  const narrowed = text.slice(0, spans.account.start) + hole(account) + text.slice(spans.account.end);
  return [
    {
      title: 'narrow to the keys of an account',
      safe: false,
      edits: [{ op: 'replace', place: { path }, text: JSON.stringify(narrowed) }],
    },
  ];
}
