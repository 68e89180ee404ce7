import type { PrincipalItem } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { rootArn } from './support/accounts.ts';
import { withValue } from './support/conditions.ts';
import { keyPolicyOf } from './support/examples.ts';
import { lockoutOf, severityOfWhole } from './support/lockout.ts';
import { delegation, putKeyPolicy } from './support/lockout-examples.ts';
import { defaultKeyPolicy } from './support/sources.ts';

export const kmsRootWrongAccount = rule({
  id: 'kms-root-wrong-account',
  group: 'invalid',
  kinds: ['key-policy'],
  aboutWhole: true,
  title: 'the account of another key in place of its own',
  documentation: {
    what:
      'A key policy that names an account as a whole, and neither that account nor any other principal belongs to the ' +
      'account of the key.',
    why:
      'A policy that was copied from a key elsewhere lets that account in and its own out. Nobody in the account of the key ' +
      'could change the policy, so PutKeyPolicy and CreateKey reject it unless they are told to bypass the lockout safety ' +
      'check.',
    spares:
      'Every policy where the account of the key is not known from the settings or from `.kms-lens.json`, and policies with ' +
      'everyone or a placeholder as a principal.',
    bad: { ...keyPolicyOf(delegation), facts: { account: '444455556666' } },
    good: { ...keyPolicyOf(delegation), facts: { account: '111122223333' } },
    sources: [defaultKeyPolicy, putKeyPolicy],
  },
  check: {
    policy(policy, { kind, facts, report }) {
      const lockout = lockoutOf(policy, facts);
      if (lockout?.fault !== 'wrong-account' || facts.account === undefined) return;
      const [first, ...others] = lockout.accounts.map(({ item }) => item);
      if (!first) return;
      report({
        at: { path: first.path },
        message: `\`${first.text}\` is not the account of the key, which is ${facts.account}`,
        why: 'no statement allows anybody there anything, so nobody could ever change the policy',
        next: 'name the account of the key',
        severity: severityOfWhole(kind, 'error'),
        related: others
          .slice(0, MAX_NAMED)
          .map(({ path }) => ({ place: { path }, message: 'this account is not, either' })),
        fixes: [fixOf(first, facts.account)],
      });
    },
  },
});

const MAX_NAMED = 3;

/** Written as it was: as an ARN, or as the number alone. */
function fixOf({ text, path }: PrincipalItem, account: string): Fix {
  const [, partition] = text.split(':');
  return withValue(path, partition === undefined ? account : rootArn(account, partition), false);
}
