import type { ActionItem, PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { lackingIn } from './support/dependent-actions.ts';
import { identityPolicyWith } from './support/examples.ts';
import { allows } from './support/home-account.ts';
import { resourcesOf } from './support/kms-resources.ts';
import { pinnedKeys, regionsOf } from './support/multi-region.ts';

const replicate = `
{
  "Sid": "ReplicateOrders",
  "Effect": "Allow",
  "Action": "kms:ReplicateKey",
  "Resource": "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
}`;

const create = `
{
  "Sid": "MakeReplicas",
  "Effect": "Allow",
  "Action": "kms:CreateKey",
  "Resource": "*"
}`;

export const kmsReplicateNeedsCreatekey = rule({
  id: 'kms-replicate-needs-createkey',
  group: 'suspicious',
  kinds: ['iam-policy'],
  aboutWhole: true,
  title: 'half of what a multi-Region key needs in two Regions',
  documentation: {
    what:
      'An identity policy that allows `kms:ReplicateKey` and nowhere `kms:CreateKey`, or `kms:UpdatePrimaryRegion` on a ' +
      'multi-Region key in one Region alone.',
    why:
      'ReplicateKey asks for `kms:ReplicateKey` on the primary key, and for `kms:CreateKey` in the Region of the replica, ' +
      'which no key policy can give. UpdatePrimaryRegion asks for its permission on the primary key and on the replica ' +
      'that takes over, whose ARN has another Region.',
    spares: 'Wildcards, policies with something unknown, and key policies, which speak of one key each.',
    bad: identityPolicyWith(replicate),
    good: identityPolicyWith(`${replicate},${create}`),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Control access to multi-Region keys',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html',
      },
      {
        title: 'AWS KMS API Reference: UpdatePrimaryRegion, required permissions',
        url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html',
      },
    ],
  },
  check: {
    policy(policy, { report }) {
      for (const { item, statement, needed } of lackingIn(policy)) {
        if (needed.on !== 'replica-region') continue;
        report({
          at: { path: item.path },
          message: `\`${item.text}\` makes no replica without \`kms:${needed.action}\`, which the policy does not allow`,
          why: 'AWS KMS asks for it in the Region of the replica, and only an identity policy can give it',
          next: 'allow it on `"*"`, unless another policy does',
          fixes: statementAfter(statement, needed.action),
        });
      }
      for (const item of movesWithinOneRegion(policy)) {
        report({
          at: { path: item.path },
          message: `\`${item.text}\` is allowed on a multi-Region key in one Region alone`,
          why: 'AWS KMS asks for it on the replica that takes over as well, whose ARN has another Region',
          next: 'write `*` for the Region, unless another policy allows it on the replica',
        });
      }
    },
  },
});

function statementAfter({ path }: Statement, name: string): Fix[] {
  const index = path.at(-1);
  if (typeof index !== 'number') return [];
  const value = { Effect: 'Allow', Action: `kms:${name}`, Resource: '*' };
  return [
    {
      title: `allow \`kms:${name}\``,
      safe: false,
      edits: [{ op: 'insert', path: [...path.slice(0, -1), index + 1], value }],
    },
  ];
}

/** The entries for UpdatePrimaryRegion, where the policy allows it only on keys that it names in one Region each. */
function movesWithinOneRegion({ statements }: PolicyDocument): ActionItem[] {
  const allowing = statements.filter((each) => each.effect !== 'Deny' && allows(each, 'UpdatePrimaryRegion'));
  if (allowing.length === 0) return [];
  const pinned = pinnedKeys(allowing);
  const named = allowing.reduce((sum, each) => sum + resourcesOf(each).length, 0);
  if (pinned.length < named || allowing.some(({ resource, readable }) => !readable || resource?.negated)) return [];
  const regions = regionsOf(pinned);
  if (![...regions.values()].every(({ size }) => size === 1)) return [];
  const items = allowing.flatMap(({ action }) => (action && !action.negated ? action.items : []));
  return items.filter(({ text }) => text.toLowerCase() === 'kms:updateprimaryregion');
}
