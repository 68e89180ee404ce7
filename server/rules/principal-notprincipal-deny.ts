import { memberOf } from '../../simulator/json/node.ts';
import type { PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { rootArn } from './support/accounts.ts';
import { keyPolicyWith } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';

const statement = (rest: string): string => `
{
  "Sid": "Only for orders",
  "Effect": "Deny",
  ${rest},
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const principalNotprincipalDeny = rule({
  id: 'principal-notprincipal-deny',
  group: 'suspicious',
  kinds: resourcePolicyKinds,
  title: 'a `Deny` that spares somebody and not the account',
  documentation: {
    what: 'A `Deny` with `NotPrincipal` that names a user, a role or a session without its account, or a session without its role.',
    why:
      'AWS looks at each of them by itself. Where the account is not named as well, the `Deny` may hit all of it, those ' +
      'who were to be spared included. Whoever has a permissions boundary is denied in any case.',
    spares: 'Lists that name the account, and for a session the role, of all whom they spare; services; everyone.',
    bad: keyPolicyWith(statement('"NotPrincipal": { "AWS": "arn:aws:iam::111122223333:role/Orders" }')),
    good: keyPolicyWith(
      statement(`"Principal": "*",
  "Condition": {
    "ArnNotEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Orders" }
  }`),
    ),
    sources: [
      elementPage('notprincipal'),
      {
        title: 'IAM User Guide: Permissions boundaries for IAM entities',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      },
    ],
  },
  check: {
    statement(statement, { report }) {
      const { effect, principal } = statement;
      if (effect !== 'Deny' || !principal?.negated) return;
      // What a template fills in may be what is missing.
      if (principal.items.some(({ pattern }) => pattern.kind === 'unknown')) return;
      const accounts = new Set(
        principal.items.flatMap(({ pattern }) => (pattern.kind === 'account' ? pattern.account : [])),
      );
      const roles = new Set(principal.items.flatMap((item) => roleOf(item, 'role') ?? []));
      const fixes = byCondition(statement);
      for (const item of principal.items) {
        const missing = missingFor(item, accounts, roles);
        if (missing === undefined) continue;
        report({
          at: { path: item.path },
          message: `\`NotPrincipal\` spares \`${item.text}\` and not ${missing}`,
          why: 'so the `Deny` may hit it all the same, and does where it has a permissions boundary',
          next: 'write `"Principal": "*"` and a condition `ArnNotEquals` on `aws:PrincipalArn`',
          fixes,
        });
      }
    },
  },
});

/** What else has to be named for somebody to be spared, in words. */
function missingFor(
  item: PrincipalItem,
  accounts: ReadonlySet<string>,
  roles: ReadonlySet<string>,
): string | undefined {
  const { pattern } = item;
  const isNamed = pattern.kind === 'user' || pattern.kind === 'role' || pattern.kind === 'assumed-role';
  if (!isNamed) return undefined;
  if (!accounts.has(pattern.account)) return `its account \`${rootArn(pattern.account, pattern.partition)}\``;
  const role = roleOf(item, 'assumed-role');
  return role !== undefined && !roles.has(role) ? 'the role of the session' : undefined;
}

/** Account and name, which are enough to tell roles apart: the ARN of a session has no path. */
function roleOf({ pattern }: PrincipalItem, kind: 'role' | 'assumed-role'): string | undefined {
  return pattern.kind === kind ? `${pattern.account}/${pattern.name}` : undefined;
}

/** Everyone but those whose ARN is listed, where it can be told from what is there. */
function byCondition({ object, path, principal, conditions }: Statement): Fix[] {
  const condition = object && memberOf(object, 'Condition')?.value;
  if (!object || !principal || (condition && condition.type !== 'object')) return [];
  if (conditions.some(({ operator }) => operator.text === 'ArnNotEquals')) return [];
  const named = principal.items.filter(({ pattern }) => pattern.kind === 'user' || pattern.kind === 'role');
  const others = principal.items.filter(({ pattern }) => pattern.kind !== 'user' && pattern.kind !== 'role');
  if (named.length === 0 || others.some(({ pattern }) => pattern.kind !== 'account')) return [];
  const arns = named.map(({ text }) => text);
  return [
    {
      title: 'change to `"*"` with a condition on `aws:PrincipalArn`',
      safe: false,
      edits: [
        { op: 'replace', place: { path: principal.path, part: 'member' }, text: '"Principal": "*"' },
        {
          op: 'set',
          path: [...path, 'Condition', 'ArnNotEquals', 'aws:PrincipalArn'],
          value: arns.length === 1 ? arns[0] : arns,
        },
      ],
    },
  ];
}
