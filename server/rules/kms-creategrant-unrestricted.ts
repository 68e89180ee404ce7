import type { Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { limitsGrants } from './support/grant-limits.ts';
import { kmsConditionKeys } from './support/sources.ts';

const statement = (more: string): string => `
{
  "Sid": "Lend the key to services",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
  "Resource": "*"${more}
}`;

export const kmsCreategrantUnrestricted = rule({
  id: 'kms-creategrant-unrestricted',
  group: 'hardening',
  kinds: ['key-policy'],
  title: '`kms:CreateGrant` for grants of any kind',
  documentation: {
    what: 'A statement that allows `kms:CreateGrant` and says nothing of the grants that may be made.',
    why:
      'Who may make any grant may lend any operation on the key to anybody, those included that they may not use themselves, ' +
      'and no policy shows it.',
    spares:
      'The account as the principal, wildcards such as `kms:Create*` of the default key policy, and statements with a ' +
      'condition on the grant: its operations, constraints, grantee or retiring principal, `kms:GrantIsForAWSResource`, or ' +
      '`kms:ViaService`.',
    bad: keyPolicyWith(statement('')),
    good: keyPolicyWith(
      statement(`,
  "Condition": {
    "Bool": { "kms:GrantIsForAWSResource": "true" }
  }`),
    ),
    sources: [
      kmsConditionKeys,
      {
        title: 'AWS KMS Developer Guide: Best practices for grants',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/grant-best-practices.html',
      },
    ],
  },
  check: {
    action({ text, path, pattern }, owner, { report }) {
      const { effect, action, readable, principal, conditions } = owner;
      if (effect !== 'Allow' || !readable || action?.negated || pattern.kind !== 'pattern') return;
      if (text.toLowerCase() !== 'kms:creategrant' || conditions.some(limitsGrants)) return;
      if (!principal || principal.negated || !namesSomeone(owner)) return;
      report({
        at: { path },
        message: `\`${text}\` allows grants of any kind to anybody`,
        why: 'whoever may make them can lend the key to others for every operation that grants know',
        next: 'add `kms:GrantIsForAWSResource`, or limit `kms:GrantOperations` and the grantee',
        fixes: fixesOf(owner),
      });
    },
  },
});

function namesSomeone({ principal }: Statement): boolean {
  return principal?.items.some(({ pattern: { kind } }) => !SPARED.has(kind)) ?? false;
}

const SPARED: ReadonlySet<string> = new Set(['account', 'unknown', 'malformed', 'partial-wildcard']);

/** The condition would take the other actions of the statement away, where there are any. */
function fixesOf({ path, action }: Statement): Fix[] {
  const others = action?.items.some(({ text }) => !/^kms:(?:Create|List|Revoke)Grants?$/i.test(text));
  if (others) return [];
  return [
    {
      title: 'require `kms:GrantIsForAWSResource`',
      safe: false,
      edits: [{ op: 'set', path: [...path, 'Condition', 'Bool', 'kms:GrantIsForAWSResource'], value: 'true' }],
    },
  ];
}
