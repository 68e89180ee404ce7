import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { hole } from './holes.ts';
import { type Fix, rule } from './rule.ts';
import { ACCOUNT_PLACEHOLDER, likelyAccount } from './support/accounts.ts';
import { keyPolicyWith } from './support/examples.ts';
import { kmsConditionKeys, policyChecks } from './support/sources.ts';

const statement = (condition: string): string => `
{
  "Sid": "Use through S3",
  "Effect": "Allow",
  "Principal": { "AWS": "*" },
  "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
  "Resource": "*",
  "Condition": {
    "StringEquals": { ${condition} }
  }
}`;

export const kmsWildcardPrincipalWeakCondition = rule({
  id: 'kms-wildcard-principal-weak-condition',
  group: 'exposure',
  kinds: ['key-policy'],
  title: '`"*"` with a condition that callers of any account can meet',
  documentation: {
    what:
      'An `Allow` for `"*"` in a key policy whose conditions say how the key is used, through which service, with which ' +
      'encryption context or from which address, but not whose callers may use it.',
    why:
      'Everybody can call through Amazon S3 or send an encryption context. Callers of every account meet such a condition, ' +
      'and all they need besides is an identity policy of their own.',
    spares:
      'Conditions that pin the account, the organization, the principal, the network or the source, such as the ' +
      '`kms:CallerAccount` of AWS managed keys; keys of identity providers, and names that are yet to be filled in.',
    bad: keyPolicyWith(statement('"kms:ViaService": "s3.us-east-1.amazonaws.com"')),
    good: keyPolicyWith(
      statement('"kms:CallerAccount": "111122223333", "kms:ViaService": "s3.us-east-1.amazonaws.com"'),
    ),
    sources: [kmsConditionKeys, policyChecks],
  },
  check: {
    principal({ path, pattern }, owner, context) {
      const { effect, readable, principal, conditions } = owner;
      if (pattern.kind !== 'everyone' || effect !== 'Allow' || !readable || !principal || principal.negated) return;
      const [first] = conditions;
      if (!first || conditions.some((each) => pins(each) || isUnknown(each))) return;
      const { id } = likelyAccount(context.policy);
      context.report({
        at: { path },
        message: '`*` with conditions that say nothing of whose callers they are',
        why: `callers of every account can meet a condition on \`${first.key.text}\``,
        next: 'add `kms:CallerAccount` or `aws:PrincipalOrgID`',
        related: [{ place: { path: first.path, part: 'key' }, message: 'what it depends on' }],
        fixes: [
          require(owner, 'kms:CallerAccount', id === ACCOUNT_PLACEHOLDER ? hole(id) : id),
          require(owner, 'aws:PrincipalOrgID', hole('<organization-id>')),
        ],
      });
    },
  },
});

const PINNING: ReadonlySet<string> = new Set([
  'kms:calleraccount',
  'kms:granteeserviceprincipal',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:userid',
]);

/** Whether a condition lets in the callers of somebody in particular alone. */
function pins({ operator, key, values }: Condition): boolean {
  if (operator.negated || operator.ifExists || operator.set === 'ForAllValues' || operator.base === 'Null')
    return false;
  return PINNING.has(key.stem) && values.every(({ text }) => !isOpen(key.stem, text));
}

/** A value that callers of any account have: `*`, `arn:aws:iam::*:role/App`. */
function isOpen(key: string, value: string): boolean {
  if (/^\**$/.test(value)) return true;
  return key === 'aws:principalarn' && /^arn:[^:]*:[^:]*:[^:]*:\*(?::|$)/.test(value);
}

function isUnknown({ operator, key }: Condition): boolean {
  return operator.base === undefined || key.kind !== 'key' || (key.service !== 'kms' && key.service !== 'aws');
}

function require({ path }: Statement, key: string, value: string): Fix {
  return {
    title: `require \`${key}\``,
    safe: false,
    edits: [{ op: 'set', path: [...path, 'Condition', 'StringEquals', key], value }],
  };
}
