import { memberOf } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import type { PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import { hasWildcard, isAccountId, parseArn } from '../../simulator/policy/syntax/arn.ts';
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
      'invalid principal. Patterns of principals are written as a condition on `aws:PrincipalArn`, and the ARN of a ' +
      'role stands for all its sessions.',
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
  "Principal": "*",
  "Action": "kms:Decrypt",
  "Resource": "*",
  "Condition": {
    "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/orders-*" }
  }
}`),
    sources: [elementPage('principal'), policyChecks],
  },
  check: {
    statement(statement, { kind, report }) {
      const faulty = statement.principal?.items.filter((item) => item.type === 'AWS' && hasPartialWildcard(item)) ?? [];
      if (faulty.length === 0) return;
      const shared = byCondition(statement);
      for (const item of faulty) {
        const fixes = [shared];
        // A resource control policy takes no other principal than everyone.
        if (kind.kind !== 'rcp') fixes.push(byRole(item), byAccount(item));
        report({
          at: { path: item.path },
          message: `the principal \`${item.text}\` has a wildcard in it`,
          why: 'a principal is a name and no pattern, so AWS rejects the policy',
          next: remedy(item),
          fixes: fixes.filter((fix) => fix !== undefined),
        });
      }
    },
  },
});

/** Whether a wildcard stands in the name itself; one that a template expression may bring in does not count. */
function hasPartialWildcard({ pattern }: PrincipalItem): boolean {
  const isName = pattern.kind === 'partial-wildcard' || pattern.kind === 'unknown';
  return isName && pattern.problems.some(({ code }) => code === 'wildcard');
}

function remedy({ text }: PrincipalItem): string {
  if (roleOfSession(text)) return 'name the role, which stands for all its sessions';
  if (namesAccounts(text)) return 'name the accounts, or write `"*"` and a condition on `aws:PrincipalOrgID`';
  return 'write `"*"` as the principal and the pattern as a condition on `aws:PrincipalArn`';
}

/** `"*"` with the patterns as a condition, where the statement names nothing else but users and roles. */
function byCondition({ object, path, principal, conditions }: Statement): Fix | undefined {
  if (!object || !principal) return undefined;
  const named = principal.items.every(({ text }) => isUserOrRole(text));
  const operator = principal.negated ? 'ArnNotLike' : 'ArnLike';
  const isTaken = conditions.some((each) => each.operator.text === operator && each.key.lower === 'aws:principalarn');
  const condition = memberOf(object, 'Condition')?.value;
  if (!named || isTaken || (condition && condition.type !== 'object')) return undefined;
  const patterns = principal.items.map(({ text }) => text);
  return {
    title: `change to \`"*"\` with a condition on \`aws:PrincipalArn\``,
    safe: false,
    edits: [
      { op: 'replace', place: { path: principal.path, part: 'member' }, text: '"Principal": "*"' },
      {
        op: 'set',
        path: [...path, 'Condition', operator, 'aws:PrincipalArn'],
        value: patterns.length === 1 ? patterns[0] : patterns,
      },
    ],
  };
}

/** The role of a pattern for all its sessions. Its path, which sessions do not show, is for the user to add. */
function byRole({ text, path }: PrincipalItem): Fix | undefined {
  const role = roleOfSession(text);
  return role ? replacement(path, role, `change to the role \`${role}\``) : undefined;
}

/** The whole account, whose identity policies then decide; where the pattern says which account. */
function byAccount({ text, path }: PrincipalItem): Fix | undefined {
  const { account, partition } = parseArn(text);
  if (!isAccountId(account) || hasWildcard(partition)) return undefined;
  const root = rootArn(account, partition);
  return replacement(path, root, `change to \`${root}\`, so that the account's identity policies decide`);
}

function replacement(path: Path, text: string, title: string): Fix {
  return { title, safe: false, edits: [{ op: 'replace', place: { path }, text: JSON.stringify(text) }] };
}

/** Whether `aws:PrincipalArn` can be compared with it: the key holds ARNs of IAM, of a role also while a session calls. */
function isUserOrRole(text: string): boolean {
  const { service, resource } = parseArn(text);
  return service === 'iam' && /^(?:user|role|\*)/.test(resource);
}

/** `arn:aws:sts::111122223333:assumed-role/App/*` → `arn:aws:iam::111122223333:role/App` */
function roleOfSession(text: string): string | undefined {
  const { service, partition, account, resource } = parseArn(text);
  const role = /^assumed-role\/([^/*?]+)\/\*$/.exec(resource)?.[1];
  if (service !== 'sts' || !role || !isAccountId(account) || hasWildcard(partition)) return undefined;
  return `arn:${partition}:iam::${account}:role/${role}`;
}

function namesAccounts(text: string): boolean {
  return parseArn(text).resource === 'root' || /^[\d*?]+$/.test(text);
}
