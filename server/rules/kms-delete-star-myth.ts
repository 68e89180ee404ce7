import { perStatement } from '../../simulator/policy/per-statement.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { allows } from './support/home-account.ts';
import { policyKinds } from './support/kinds.ts';

const statement = (action: string): string => `
{
  "Sid": "Keep the key",
  "Effect": "Deny",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ${action},
  "Resource": "*"
}`;

export const kmsDeleteStarMyth = rule({
  id: 'kms-delete-star-myth',
  group: 'style',
  kinds: policyKinds,
  title: 'a `Deny` of `kms:Delete*`, which does not keep keys from being deleted',
  documentation: {
    what: 'A `Deny` of `kms:Delete*` in a policy that does not deny `kms:ScheduleKeyDeletion`.',
    why:
      'Keys are not deleted by an action of that name. `kms:Delete*` is about aliases, imported key material and custom key ' +
      'stores; a key goes by `kms:ScheduleKeyDeletion`.',
    spares:
      '`Allow` statements, as the default key policy has one, and policies in which another `Deny` covers `kms:ScheduleKeyDeletion`.',
    bad: keyPolicyWith(statement('"kms:Delete*"')),
    good: keyPolicyWith(statement('["kms:Delete*", "kms:ScheduleKeyDeletion"]')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Deleting AWS KMS keys',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
      },
    ],
  },
  check: {
    policy({ statements }, { report }) {
      const found = statements.flatMap(starsIn);
      if (found.length === 0 || statements.some((each) => each.effect !== 'Allow' && mayDeny(each))) return;
      for (const { item, action } of found) {
        const isListed = item.path.length !== action?.path.length;
        report({
          at: { path: item.path },
          message: `\`${item.text}\` does not keep keys from being deleted`,
          why: 'a key is deleted by `kms:ScheduleKeyDeletion`',
          next: 'deny `kms:ScheduleKeyDeletion`, too',
          fixes: [
            {
              title: 'deny `kms:ScheduleKeyDeletion`, too',
              safe: false,
              edits: isListed
                ? [{ op: 'insert', path: [...item.path.slice(0, -1), action?.items.length ?? 0], value: SCHEDULE }]
                : [{ op: 'set', path: item.path, value: [item.text, SCHEDULE] }],
            },
          ],
        });
      }
    },
  },
});

const SCHEDULE = 'kms:ScheduleKeyDeletion';

const starsIn = perStatement(({ effect, action }) => {
  const items = effect === 'Deny' && action && !action.negated ? action.items : [];
  return items.filter(({ text }) => text.toLowerCase() === 'kms:delete*').map((item) => ({ item, action }));
});

/** Whether a statement denies scheduling, or may do so once it can be read. */
function mayDeny(statement: Parameters<typeof allows>[0]): boolean {
  const unknown = statement.action?.items.some(({ pattern }) => pattern.kind !== 'pattern') ?? true;
  return unknown || statement.effect === undefined || allows(statement, 'ScheduleKeyDeletion');
}
