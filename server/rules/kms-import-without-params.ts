import { rule } from './rule.ts';
import { withAction } from './support/action-edits.ts';
import { keyPolicyOf } from './support/examples.ts';
import { administer } from './support/lockout-examples.ts';
import { allowedIn, allowingIn } from './support/spoken.ts';

const statement = (action: string): string => `
{
  "Sid": "Import key material",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Import" },
  "Action": ${action},
  "Resource": "*"
}`;

const admin = administer('"arn:aws:iam::111122223333:role/KeyAdmin"');

export const kmsImportWithoutParams = rule({
  id: 'kms-import-without-params',
  group: 'suspicious',
  kinds: ['key-policy'],
  aboutWhole: true,
  title: 'one half of importing key material',
  documentation: {
    what: 'A key policy that allows `kms:ImportKeyMaterial` and `kms:GetParametersForImport` to nobody, or the other way round.',
    why:
      'Importing takes both: GetParametersForImport hands out the public key to wrap the material with and the token that ' +
      'ImportKeyMaterial wants to see.',
    spares:
      'The two in the hands of different principals, the account with `kms:*`, and policies with something unknown.',
    bad: keyPolicyOf(admin, statement('["kms:ImportKeyMaterial"]')),
    good: keyPolicyOf(admin, statement('["kms:GetParametersForImport", "kms:ImportKeyMaterial"]')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Importing key material, permissions',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-permissions.html',
      },
    ],
  },
  check: {
    policy(policy, { kind, report }) {
      const allowed = allowedIn(policy);
      if (!allowed) return;
      for (const [half, other] of HALVES) {
        if (allowed.has(other) || !allowed.has(half)) continue;
        for (const owner of allowingIn(policy)) {
          const { action } = owner;
          const item = action?.negated
            ? undefined
            : action?.items.find(({ text }) => text.toLowerCase() === `kms:${half}`.toLowerCase());
          if (!item) continue;
          report({
            at: { path: item.path },
            message: `\`${item.text}\` is of no use without \`kms:${other}\`, which nobody is allowed`,
            why: 'importing key material takes both',
            next: `allow \`kms:${other}\`, too`,
            severity: kind.whole ? 'warning' : 'information',
            fixes: [withAction(item, owner, `kms:${other}`)],
          });
        }
      }
    },
  },
});

const HALVES = [
  ['ImportKeyMaterial', 'GetParametersForImport'],
  ['GetParametersForImport', 'ImportKeyMaterial'],
] as const;
