import type { Statement } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { policyKinds } from './support/kinds.ts';
import { isManagedByAws } from './support/lockout.ts';
import { nextFree } from './support/sids.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const file = 'orders.iam-policy.json';
const policy = (second: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "UseOrders",
      "Effect": "Allow",
      "Action": "kms:Decrypt",
      "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    },
    {
      "Sid": "${second}",
      "Effect": "Allow",
      "Action": "kms:ListAliases",
      "Resource": "*"
    }
  ]
}
`;

export const sidDuplicate = rule({
  id: 'sid-duplicate',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'two statements with the same `Sid`',
  documentation: {
    what: 'A `Sid` that an earlier statement of the policy has already.',
    why: 'IAM rejects an identity policy in which two statements share one. KMS accepts such a key policy, but then nobody can tell which of the two a message or a tool speaks of.',
    spares:
      'Empty ones, of which `sid-empty` speaks, those with a placeholder, and policies that AWS wrote for its managed keys: ' +
      'that of `aws/secretsmanager` has two of a name.',
    bad: { file, text: policy('UseOrders') },
    good: { file, text: policy('UseOrders2') },
    sources: [elementPage('sid'), policyChecks],
  },
  check: {
    policy(policy, { kind, report }) {
      if (isManagedByAws(policy)) return;
      const { statements } = policy;
      const first = new Map<string, Statement>();
      const taken = new Set(statements.map(({ sid }) => sid));
      if (taken.size === statements.length) return;
      const numbers = new Map<string, number>();
      const isRejected = kind.candidates.every((each) => each === 'iam-policy');
      for (const statement of statements) {
        const { sid, path } = statement;
        const earlier = sid ? first.get(sid) : undefined;
        if (!sid || sid.includes('${')) continue;
        if (!earlier) {
          first.set(sid, statement);
          continue;
        }
        const { name, number } = nextFree(sid, numbers.get(sid) ?? 2, taken);
        numbers.set(sid, number + 1);
        taken.add(name);
        report({
          at: { path: [...path, 'Sid'] },
          message: `the \`Sid\` \`${sid}\` is taken by an earlier statement`,
          why: isRejected ? 'AWS rejects the policy' : 'it does not tell which of the two is meant',
          next: 'give it a name of its own',
          severity: isRejected ? 'error' : 'warning',
          related: [{ place: { path: [...earlier.path, 'Sid'] }, message: 'it is here, too' }],
          fixes: [
            {
              title: `change to \`${name}\``,
              safe: true,
              edits: [{ op: 'replace', place: { path: [...path, 'Sid'] }, text: JSON.stringify(name) }],
            },
          ],
        });
      }
    },
  },
});
