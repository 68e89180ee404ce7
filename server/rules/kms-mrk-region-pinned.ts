import type { Statement } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { isMoreThanLooking, kmsActionsOf, worksAcrossAccounts } from './support/kms-resources.ts';
import { pinnedKeys, regionsOf } from './support/multi-region.ts';

const statement = (region: string): string => `
{
  "Sid": "DecryptOrders",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": "arn:aws:kms:${region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
}`;

export const kmsMrkRegionPinned = rule({
  id: 'kms-mrk-region-pinned',
  group: 'suspicious',
  kinds: ['iam-policy'],
  title: 'a multi-Region key in one Region',
  documentation: {
    what: 'The ARN of a multi-Region key (`mrk-…`) with a Region in a `Resource` of an identity policy.',
    why:
      'The primary key and each of its replicas have ARNs that differ in the Region alone, and are keys of their own for ' +
      'policies. What one of them encrypted another decrypts, but this statement holds in one Region: after a ' +
      'failover it allows nothing, and a `Deny` is passed by in the next Region.',
    spares:
      'Administration, which happens in each Region by itself, policies that name the key in more than one Region, and conditions on `aws:RequestedRegion`.',
    bad: identityPolicyWith(statement('us-east-1')),
    good: identityPolicyWith(statement('*')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Control access to multi-Region keys',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html',
      },
    ],
  },
  check: {
    policy({ statements }, { report }) {
      const pinned = pinnedKeys(statements);
      if (pinned.length === 0) return;
      const regions = regionsOf(pinned);
      for (const { statement, item, id, span } of pinned) {
        if (1 < (regions.get(id)?.size ?? 0) || !usesKeys(statement)) continue;
        if (statement.conditions.some(({ key }) => key.lower === 'aws:requestedregion')) continue;
        const { start, end } = span;
        const widened = `${item.text.slice(0, start)}*${item.text.slice(end)}`;
        report({
          at: { path: item.path, span: { start, end } },
          message: `the multi-Region key \`${id}\` is named in one Region alone`,
          why: `its replicas are other keys for policies, so the statement ${statement.effect === 'Deny' ? 'denies' : 'allows'} nothing on them`,
          next: 'write `*` for the Region, unless just this one is meant',
          fixes: [
            {
              title: 'change the Region to `*`',
              safe: false,
              edits: [{ op: 'replace', place: { path: item.path }, text: JSON.stringify(widened) }],
            },
          ],
        });
      }
    },
  },
});

/** Whether it is about using the key; it is administered in each Region by itself, replicated from one. */
function usesKeys({ action }: Statement): boolean {
  if (!action || action.negated) return false;
  return action.items.some((item) =>
    kmsActionsOf(item)?.some((each) => isMoreThanLooking(each) && worksAcrossAccounts(each)),
  );
}
