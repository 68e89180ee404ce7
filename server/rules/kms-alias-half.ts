import { kmsActions as allActions } from '../../simulator/facts/actions.ts';
import type { ActionItem, Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { withAction } from './support/action-edits.ts';
import { identityPolicyWith } from './support/examples.ts';
import { allows } from './support/home-account.ts';
import { type Reach, reachOf } from './support/kms-resources.ts';
import { allowedIn, allowingIn } from './support/spoken.ts';

const statements = (onKeys: string): string => `
{
  "Sid": "Names",
  "Effect": "Allow",
  "Action": ["kms:CreateAlias", "kms:DeleteAlias"],
  "Resource": "arn:aws:kms:us-east-1:111122223333:alias/orders-*"
},
{
  "Sid": "KeysThatAreNamed",
  "Effect": "Allow",
  "Action": ${onKeys},
  "Resource": "arn:aws:kms:us-east-1:111122223333:key/*"
}`;

export const kmsAliasHalf = rule({
  id: 'kms-alias-half',
  group: 'suspicious',
  kinds: ['iam-policy'],
  title: 'an action on aliases that lacks the alias or the key',
  documentation: {
    what:
      'An identity policy that allows one of `kms:CreateAlias`, `kms:UpdateAlias` and `kms:DeleteAlias` on aliases and on ' +
      'keys, and another of them on one of the two alone.',
    why:
      'Each of these calls asks for its permission twice: on the alias and on the key. Where a policy gives both for one ' +
      'call and forgets a half of the next, that call is denied.',
    spares:
      'Policies that give the same half for all of these actions: the other may stand in another policy or, for the key, ' +
      'in the key policy.',
    bad: identityPolicyWith(statements('["kms:CreateAlias"]')),
    good: identityPolicyWith(statements('["kms:CreateAlias", "kms:DeleteAlias"]')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Control access to aliases',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html',
      },
    ],
  },
  check: {
    policy(policy, { report }) {
      const allowed = allowedIn(policy);
      if (!allowed || !ON_BOTH.some((name) => allowed.has(name))) return;
      const allowing = allowingIn(policy);
      const uses = ON_BOTH.map((name) => useOf(name, allowing));
      const whole = uses.find(({ keys, aliases }) => keys && aliases);
      if (!whole) return;
      for (const { name, keys, aliases, item } of uses) {
        if (!item || keys === aliases) continue;
        const [given, missing] = keys ? ['keys', 'aliases'] : ['aliases', 'keys'];
        report({
          at: { path: item.path },
          message: `\`kms:${name}\` is allowed on ${given} and not on ${missing}`,
          why: `the call asks for both, which the policy allows for \`kms:${whole.name}\``,
          next: `allow it on ${missing}, too`,
          fixes: fixesOf(name, whole.name, keys ? 'aliases' : 'keys', allowing),
        });
      }
    },
  },
});

/** The actions that one call asks for on an alias and on a key. */
const ON_BOTH = allActions
  .filter(({ resources }) => resources.includes('alias') && resources.includes('key'))
  .map(({ name }) => name);

interface Use extends Reach {
  readonly name: string;
  /** Where the policy names the action first; undefined where only wildcards cover it. */
  readonly item: ActionItem | undefined;
}

/** On what a policy allows an action. */
function useOf(name: string, allowing: readonly Statement[]): Use {
  const speaking = allowing.filter((each) => allows(each, name));
  const reaches = speaking.map(reachOfAll);
  const items = speaking.flatMap(({ action }) => (action && !action.negated ? action.items : []));
  return {
    name,
    keys: reaches.some(({ keys }) => keys),
    aliases: reaches.some(({ aliases }) => aliases),
    item: items.find(({ text }) => text.toLowerCase() === `kms:${name}`.toLowerCase()),
  };
}

function reachOfAll({ resource }: Statement): Reach {
  if (!resource || resource.negated) return { keys: true, aliases: true };
  const reaches = resource.items.map(({ text }) => reachOf(text));
  return { keys: reaches.some(({ keys }) => keys), aliases: reaches.some(({ aliases }) => aliases) };
}

/** Adds the action where the other one has its half. */
function fixesOf(name: string, whole: string, missing: keyof Reach, allowing: readonly Statement[]): Fix[] {
  const owner = allowing.find((each) => allows(each, whole) && !each.action?.negated && reachOfAll(each)[missing]);
  const [item] = owner?.action?.items ?? [];
  return owner && item ? [withAction(item, owner, `kms:${name}`)] : [];
}
