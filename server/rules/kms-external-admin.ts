import type { PolicyDocument, PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { limitsGrants } from './support/grant-limits.ts';
import { allows, homeAccount, isForeign } from './support/home-account.ts';
import { identityCenter, kmsActions } from './support/sources.ts';

const statement = (action: string): string => `
{
  "Sid": "Share with the partner",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::444455556666:root" },
  "Action": ${action},
  "Resource": "*"
}`;

export const kmsExternalAdmin = rule({
  id: 'kms-external-admin',
  group: 'exposure',
  kinds: ['key-policy'],
  yieldsTo: ['kms-root-wrong-account'],
  title: 'a principal of another account that may hand out grants',
  documentation: {
    what:
      'A statement that allows `kms:CreateGrant` or `kms:RevokeGrant` to a principal of another account without a condition ' +
      'on the grants, also by `kms:*`.',
    why:
      'Most of what administers a key works in its own account alone; grants are the exception. With `kms:CreateGrant` the ' +
      'other account can lend the key to anybody, and with `kms:RevokeGrant` it can take the grants of others away.',
    spares:
      'The recipe of AWS for other accounts, with `kms:GrantIsForAWSResource`; other limits on the grants; the account of ' +
      'the delegated administrator, in a policy for IAM Identity Center; and policies that do not tell which account owns ' +
      'the key. `kms:CreateGrant` alone, which AWS has a whole account get so that it can lend the key to Auto Scaling, is ' +
      'for information.',
    bad: keyPolicyWith(statement('"kms:*"')),
    good: keyPolicyWith(statement('["kms:Decrypt", "kms:DescribeKey"]')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Allowing users in other accounts to use a KMS key',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
      },
      kmsActions,
      {
        title: 'Amazon EC2 Auto Scaling User Guide: Required AWS KMS key policy for use with encrypted volumes',
        url: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
      },
      identityCenter,
    ],
  },
  check: {
    policy(policy, { facts, report }) {
      const home = homeAccount(policy, facts);
      if (home === undefined) return;
      const delegated = isForIdentityCenter(policy);
      for (const owner of policy.statements) {
        const powers = powersOf(owner);
        if (powers.length === 0) continue;
        for (const item of owner.principal?.items ?? []) {
          if (!isForeign(item, home) || (delegated && isAccount(item))) continue;
          report({
            at: { path: item.path },
            message: `\`${item.text}\` is not of the key's account ${home}, and may use ${powers.join(' and ')}`,
            why: 'these work from other accounts, too: grants can lend the key to anybody',
            next: 'allow the actions that it needs, and grants with `kms:GrantIsForAWSResource` alone',
            ...(isAccount(item) && isOfRecipe(owner) ? { severity: 'information' } : {}),
          });
        }
      }
    },
  },
});

/** What a statement allows with grants, where it says nothing of which grants. */
const powersOf = perStatement((owner): readonly string[] => {
  const { effect, readable, principal, conditions } = owner;
  if (effect !== 'Allow' || !readable || !principal || principal.negated || conditions.some(limitsGrants)) return [];
  return ['CreateGrant', 'RevokeGrant'].filter((name) => allows(owner, name)).map((name) => `\`kms:${name}\``);
});

function isAccount({ pattern }: PrincipalItem): boolean {
  return pattern.kind === 'account';
}

/** Whether a statement allows `kms:CreateGrant`, by its name, and nothing else. */
function isOfRecipe({ action }: Statement): boolean {
  return action?.negated === false && action.items.every(({ text }) => text.toLowerCase() === 'kms:creategrant');
}

const IDENTITY_CENTER: ReadonlySet<string> = new Set(['identitystore', 'sso']);

/** AWS has the account that administers Identity Center get all actions on the key. */
function isForIdentityCenter({ statements }: PolicyDocument): boolean {
  return statements.some(
    ({ effect, principal }) =>
      effect === 'Allow' &&
      principal?.items.some(({ pattern }) => pattern.kind === 'service' && IDENTITY_CENTER.has(pattern.service)),
  );
}
