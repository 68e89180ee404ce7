import { rule } from './rule.ts';

const policy = (action: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "KeepGrantsIn",
      "Effect": "Deny",
      "Principal": "*",
      "Action": ${action},
      "Resource": "*",
      "Condition": {
        "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
        "BoolIfExists": { "aws:PrincipalIsAWSService": "false" }
      }
    }
  ]
}
`;

export const kmsDenyRetiregrantRcp = rule({
  id: 'kms-deny-retiregrant-rcp',
  group: 'suspicious',
  kinds: ['rcp'],
  title: '`kms:RetireGrant` in a resource control policy',
  documentation: {
    what: '`kms:RetireGrant` in a `Deny` of a resource control policy.',
    why: 'AWS leaves `kms:RetireGrant` out of what resource control policies apply to, so the entry stops nobody.',
    spares: 'Wildcards such as `kms:*`, which cover others as well.',
    bad: { file: 'grants.rcp.json', text: policy('["kms:CreateGrant", "kms:RetireGrant"]') },
    good: { file: 'grants.rcp.json', text: policy('["kms:CreateGrant", "kms:RevokeGrant"]') },
    sources: [
      {
        title: 'AWS Organizations User Guide: Resource control policies, entities not restricted by RCPs',
        url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
      },
    ],
  },
  check: {
    action({ text, path, pattern }, { action }, { report }) {
      if (pattern.kind !== 'pattern' || text.toLowerCase() !== 'kms:retiregrant' || action?.negated) return;
      const isOneOfSeveral = 1 < (action?.items.length ?? 0);
      report({
        at: { path },
        message: `a resource control policy cannot deny \`${text}\``,
        why: 'it is left out of what such policies apply to',
        next: 'deny `kms:CreateGrant` for retiring principals that should not be, or limit `kms:RetireGrant` in an SCP',
        fixes: isOneOfSeveral ? [{ title: `remove \`${text}\``, safe: true, edits: [{ op: 'remove', path }] }] : [],
        tags: ['unnecessary'],
      });
    },
  },
});
