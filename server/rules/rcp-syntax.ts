import type { Statement } from '../../simulator/policy/document.ts';
import { type Finding, rule } from './rule.ts';
import { policyChecks } from './support/sources.ts';

const file = 'perimeter.rcp.json';
const policy = (principal: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "KeepKeys",
      "Effect": "Deny",
      "Principal": ${principal},
      "Action": "kms:ScheduleKeyDeletion",
      "Resource": "*"
    }
  ]
}
`;

export const rcpSyntax = rule({
  id: 'rcp-syntax',
  group: 'invalid',
  kinds: ['rcp'],
  yieldsTo: ['principal-partial-wildcard'],
  title: 'something that resource control policies do not have',
  documentation: {
    what: 'An `Allow`, a principal other than `"*"`, a `NotPrincipal` or a `NotAction` in a resource control policy.',
    why: 'A resource control policy of your own denies, and speaks of everybody. AWS Organizations rejects one with anything else.',
    spares:
      'The `RCPFullAWSAccess` that AWS attaches itself, `{ "AWS": "*" }`, which says the same as `"*"`, and which services take part, since AWS adds new ones.',
    bad: { file, text: policy('{ "AWS": "arn:aws:iam::111122223333:root" }') },
    good: { file, text: policy('"*"') },
    sources: [
      {
        title: 'AWS Organizations User Guide: RCP syntax',
        url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html',
      },
      policyChecks,
    ],
  },
  check: {
    statement(statement, { report }) {
      const { path, effect, principal, action } = statement;
      if (effect === 'Allow' && !isFullAccess(statement))
        report({
          at: { path: [...path, 'Effect'] },
          message: 'a resource control policy cannot allow anything',
          ...rejected,
          next: 'deny what is not wanted',
        });
      if (action?.negated) report(without(action, 'name what is denied in `Action`'));
      if (principal?.negated) report(without(principal, SAY_WHO));
      else if (principal?.items.some(({ pattern }) => !MAY_STAND.has(pattern.kind)))
        report({
          at: { path: principal.path },
          message: 'the principal of a resource control policy is `"*"`',
          ...rejected,
          next: SAY_WHO,
          fixes: [
            {
              title: 'change to `"*"`',
              safe: false,
              edits: [{ op: 'replace', place: { path: principal.path }, text: '"*"' }],
            },
          ],
        });
    },
  },
});

const SAY_WHO = 'say who is meant by a condition on `aws:PrincipalArn`';
const rejected = { why: 'AWS Organizations rejects the policy' };

/** What is unknown, and what another rule calls malformed, is left alone. */
const MAY_STAND: ReadonlySet<string> = new Set(['everyone', 'unknown', 'malformed']);

function without({ path, name }: { readonly path: Statement['path']; readonly name: string }, next: string): Finding {
  return {
    at: { path, part: 'key' },
    message: `a resource control policy takes no \`${name}\``,
    ...rejected,
    next,
  };
}

/** The statement of RCPFullAWSAccess. */
function isFullAccess({ action, resource, conditions }: Statement): boolean {
  const isStar = (items: readonly { readonly text: string }[] | undefined): boolean =>
    items?.length === 1 && items[0]?.text === '*';
  return isStar(action?.items) && isStar(resource?.items) && conditions.length === 0;
}
