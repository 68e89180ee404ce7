import type { PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import { kmsResource } from '../../simulator/policy/syntax/arn-kms.ts';
import { rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { allowsOfKms, resourcesOf, worksAcrossAccounts } from './support/kms-resources.ts';

const statement = (account: string): string => `
{
  "Sid": "DecryptOrders",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": "arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}`;

const facts = { account: '111122223333' };

export const kmsCrossaccountIamOnly = rule({
  id: 'kms-crossaccount-iam-only',
  group: 'style',
  kinds: ['iam-policy'],
  yieldsTo: ['kms-arn-account-typo'],
  title: 'a key of another account in an identity policy',
  documentation: {
    what: 'An `Allow` of an identity policy on keys of an account other than the own one.',
    why:
      'Across accounts both sides have to allow the call: the key policy of the other account, for the principal or for its ' +
      'account, and an identity policy. Most operations that administer a key do not work across accounts at all.',
    spares:
      'Every policy where the own account is not known from the settings, from `.kms-lens.json` or from a scenario, ARNs with a ' +
      'wildcard or a placeholder for the account, and keys whose policy lets the account in, where a scenario names or holds both policies.',
    bad: { ...identityPolicyWith(statement('444455556666')), facts },
    good: { ...identityPolicyWith(statement('111122223333')), facts },
    sources: [
      {
        title: 'AWS KMS Developer Guide: Allowing users in other accounts to use a KMS key',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
      },
    ],
  },
  check: {
    statement(statement, { facts: { account, keyPolicies }, report }) {
      if (account === undefined || !allowsOfKms(statement, () => true)) return;
      const advice = adviceFor(statement, account);
      for (const { text, path } of resourcesOf(statement)) {
        const owner = ownerOf(text);
        if (owner === undefined || owner === account) continue;
        if (keyPolicies?.has(text) && mayLetIn(keyPolicies.get(text), account)) continue;
        report({
          at: { path },
          message: `\`${text}\` is of account ${owner}, not of ${account}`,
          ...advice,
        });
      }
    },
  },
});

/** Whether some Allow of a key policy is for the account, for somebody of it, or for everybody. What was not read may. */
function mayLetIn(keyPolicy: PolicyDocument | undefined, account: string): boolean {
  if (!keyPolicy) return true;
  return keyPolicy.statements.some(
    ({ effect, principal }) =>
      effect !== 'Deny' &&
      (principal?.negated === true ||
        principal?.items.some(({ text }) => text === '*' || text === account || text.includes(`::${account}:`)) ===
          true),
  );
}

/** The account whose keys an ARN names; undefined where it names others, too, or none. */
function ownerOf(text: string): string | undefined {
  const arn = parseArn(text, 'resource');
  const resource = kmsResource(arn);
  if (!resource || arn.unknown.length !== 0 || !/^\d{12}$/.test(arn.account)) return undefined;
  return resource.type === 'key' || (resource.type === 'pattern' && resource.keys) ? arn.account : undefined;
}

function adviceFor(statement: Statement, account: string): { why: string; next: string } {
  if (!allowsOfKms(statement, worksAcrossAccounts))
    return {
      why: 'none of the actions works on keys of other accounts, so nothing is allowed on it',
      next: 'remove it, or name a key of the own account',
    };
  return {
    why: 'an identity policy allows nothing there unless the key policy does, too',
    next: `see that the key policy lets ${account} in`,
  };
}
