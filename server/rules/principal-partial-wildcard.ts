import { memberOf } from '../../simulator/json/node.ts';
import type { PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import { isAccountId, parseArn } from '../../simulator/policy/syntax/arn.ts';
import { type Fix, rule } from './rule.ts';
import { rootArn } from './support/accounts.ts';
import { keyPolicyWith } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

export const principalPartialWildcard = rule({
  id: 'principal-partial-wildcard',
  group: 'invalid',
  kinds: resourcePolicyKinds,
  title: 'a wildcard for a part of a principal',
  documentation: {
    what: 'A principal under `AWS` with `*` or `?` in it, such as `arn:aws:iam::111122223333:role/app-*`.',
    why:
      'A principal is a name and no pattern: only a lone `"*"` stands for everyone. AWS rejects the policy for an ' +
      'invalid principal. Patterns of principals are written as a condition on `aws:PrincipalArn`.',
    spares:
      'The lone `"*"`, what a template expression may become, and other kinds of principals than those under `AWS`.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/orders-*" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "*" },
  "Action": "kms:Decrypt",
  "Resource": "*",
  "Condition": {
    "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/orders-*" }
  }
}`),
    sources: [elementPage('principal'), policyChecks],
  },
  check: {
    principal(item, statement, { report }) {
      if (item.type !== 'AWS' || !hasPartialWildcard(item)) return;
      report({
        at: { path: item.path },
        message: `the principal \`${item.text}\` has a wildcard in it`,
        why: 'a principal is a name and no pattern, so AWS rejects the policy',
        next: 'write `"*"` as the principal and the pattern as a condition on `aws:PrincipalArn`',
        fixes: [byCondition(statement), byAccount(item)].filter((fix) => fix !== undefined),
      });
    },
  },
});

/** Whether a wildcard stands in the name itself; one that a template expression may bring in does not count. */
function hasPartialWildcard({ pattern }: PrincipalItem): boolean {
  const isName = pattern.kind === 'partial-wildcard' || pattern.kind === 'unknown';
  return isName && pattern.problems.some(({ code }) => code === 'wildcard');
}

/** `"*"` with the patterns as a condition, where the statement names nothing else but users and roles. */
function byCondition({ object, path, principal, conditions }: Statement): Fix | undefined {
  if (!object || !principal) return undefined;
  const named = principal.items.every(
    (item) => hasPartialWildcard(item) || item.pattern.kind === 'role' || item.pattern.kind === 'user',
  );
  const operator = principal.negated ? 'ArnNotLike' : 'ArnLike';
  const isTaken = conditions.some((each) => each.operator.text === operator && each.key.lower === 'aws:principalarn');
  const condition = memberOf(object, 'Condition')?.value;
  if (!named || isTaken || (condition && condition.type !== 'object')) return undefined;
  const patterns = principal.items.map(({ text }) => text);
  return {
    title: `change to \`"*"\` with a condition on \`aws:PrincipalArn\``,
    safe: false,
    edits: [
      { op: 'replace', place: { path: principal.path, part: 'member' }, text: '"Principal": { "AWS": "*" }' },
      {
        op: 'set',
        path: [...path, 'Condition', operator, 'aws:PrincipalArn'],
        value: patterns.length === 1 ? patterns[0] : patterns,
      },
    ],
  };
}

/** The whole account, whose identity policies then decide; where the pattern says which account. */
function byAccount({ text, path }: PrincipalItem): Fix | undefined {
  const { account } = parseArn(text);
  if (!isAccountId(account)) return undefined;
  const root = rootArn(account);
  return {
    title: `change to \`${root}\`, so that the account's identity policies decide`,
    safe: false,
    edits: [{ op: 'replace', place: { path }, text: JSON.stringify(root) }],
  };
}
