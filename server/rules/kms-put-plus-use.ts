import type { PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { allows } from './support/home-account.ts';
import { administer, delegation } from './support/lockout-examples.ts';

const use = (role: string): string => `
{
  "Sid": "Use",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/${role}" },
  "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
  "Resource": "*"
}`;

const admin = administer('"arn:aws:iam::111122223333:role/KeyAdmin"');

export const kmsPutPlusUse = rule({
  id: 'kms-put-plus-use',
  group: 'hardening',
  kinds: ['key-policy'],
  title: 'one principal that both administers and uses the key',
  documentation: {
    what: 'A user or role that statements allow both `kms:PutKeyPolicy` and `kms:Decrypt`, `kms:Sign` or the like.',
    why:
      'Who administers a key need not see what it protects, and who uses it need not be able to open it to others. Where the ' +
      'two are one, a single stolen credential does both.',
    spares: 'The account, and `kms:*` or `*`, of which other rules speak.',
    bad: keyPolicyOf(delegation, admin, use('KeyAdmin')),
    good: keyPolicyOf(delegation, admin, use('Orders')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Least-privilege permissions',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/least-privilege.html',
      },
    ],
  },
  check: {
    policy({ statements }, { report }) {
      const managers = new Map<string, PrincipalItem>();
      for (const statement of statements)
        for (const item of managersIn(statement)) if (!managers.has(item.text)) managers.set(item.text, item);
      if (managers.size === 0) return;
      const told = new Set<string>();
      for (const statement of statements) {
        const used = usedIn(statement);
        if (!used) continue;
        for (const { text, path } of peopleIn(statement)) {
          const manager = managers.get(text);
          if (!manager || told.has(text)) continue;
          told.add(text);
          report({
            at: { path },
            message: `\`${text}\` may use the key with \`kms:${used}\` and change its policy`,
            why: 'one stolen credential both decrypts and opens the key to others',
            next: 'give the two to different roles',
            related:
              manager.path === path ? [] : [{ place: { path: manager.path }, message: 'may change the policy here' }],
          });
        }
      }
    },
  },
});

const USES = ['Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'Sign', 'GenerateMac', 'DeriveSharedSecret'];

const usedIn = perStatement((statement) => USES.find((name) => isNamed(statement, name)));

const managersIn = perStatement((statement) => (isNamed(statement, 'PutKeyPolicy') ? peopleIn(statement) : []));

/** Whether a statement allows an action, and not merely along with all others. */
function isNamed(statement: Statement, name: string): boolean {
  const { effect, readable, action } = statement;
  if (effect !== 'Allow' || !readable || !action || action.negated) return false;
  return allows(statement, name) && !action.items.some(({ pattern }) => pattern.name === '*');
}

function peopleIn({ principal }: Statement): PrincipalItem[] {
  if (!principal || principal.negated) return [];
  return principal.items.filter(({ pattern: { kind } }) => kind === 'user' || kind === 'role');
}
