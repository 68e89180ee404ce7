import { perStatement } from '../../simulator/policy/per-statement.ts';
import { rule } from './rule.ts';
import { statementWithout } from './support/elements.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';

const policy = (second: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "DenyOutside",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "kms:Decrypt",
      "Resource": "*",
      "Condition": { "StringNotEquals": { "aws:PrincipalOrgID": "o-exampleorg1" } }
    },
    {
      "Sid": "Decrypt",
      "Effect": "Allow",${second}
      "Action": "kms:Decrypt",
      "Resource": "*"
    }
  ]
}
`;

export const mixedPolicyKind = rule({
  id: 'mixed-policy-kind',
  group: 'suspicious',
  kinds: resourcePolicyKinds,
  title: 'statements with and without a principal in one policy',
  documentation: {
    what: 'A policy of unknown kind in which some statements have a `Principal` and others have none.',
    why: 'With a principal a policy belongs to a resource, without one to an identity. A mixture is rejected wherever it is put.',
    spares: 'Files whose name says what they are: there `principal-missing` or `principal-in-identity-policy` speaks.',
    bad: { file: 'policy.json', text: policy('') },
    good: {
      file: 'policy.json',
      text: policy('\n      "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },'),
    },
    sources: [elementPage('principal')],
  },
  check: {
    policy({ statements }, { kind, isBroken, report }) {
      if (kind.whole) return;
      const without = statements.filter((each) => lacksPrincipal(each) && each.object && !isBroken(each.object));
      const first = statements.find(({ principal }) => principal);
      if (!first?.principal) return;
      for (const { path } of without) {
        report({
          at: { path: [...path, 'Principal'] },
          message: 'statement has no `Principal`, and others of the policy have one',
          why: 'a policy is of a resource or of an identity, and AWS rejects a mixture',
          next: 'say whom it is about, or move it into a policy of its own',
          related: [{ place: { path: first.principal.path, part: 'key' }, message: 'a principal is here' }],
        });
      }
    },
  },
});

const lacksPrincipal = perStatement((each) => statementWithout(each, 'Principal', 'NotPrincipal') !== undefined);
