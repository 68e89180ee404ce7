import { findAction, kmsActions } from '../../../simulator/facts/actions.ts';
import { expandAction } from '../../../simulator/policy/syntax/action.ts';
import { type Context, takenValues } from './context.ts';
import { type Offer, once, stringOffer } from './offer.ts';
import { partitionOf } from './principals.ts';
import { likelyRegion, seenHere } from './surroundings.ts';

/** What a statement can be about: in a key policy this key alone, elsewhere keys and aliases. */
export function resourceOffers(context: Context): readonly Offer[] {
  const taken = takenValues(context);
  const everything = stringOffer('*', 'value', {
    note: context.kinds.every((kind) => kind === 'key-policy') ? 'this key' : 'every resource',
    about: { type: 'element', name: 'Resource' },
  });
  if (context.kinds.every((kind) => kind === 'key-policy')) return taken.has('*') ? [] : [everything];
  const types = resourceTypes(context);
  const arns = [
    ...seenHere(context, 'resources').map(({ name, here }) =>
      stringOffer(name, 'value', here ? {} : { note: 'another document' }),
    ),
    ...(types.has('key') ? [shape(context, 'key', '*')] : []),
    ...(types.has('alias') ? [shape(context, 'alias', 'name')] : []),
  ];
  const wantsEverything = context.kinds[0] !== 'iam-policy' || !types.has('key');
  return once(wantsEverything ? [everything, ...arns] : [...arns, everything]).filter(({ label }) => !taken.has(label));
}

/** The kinds of resource that the statement's actions are decided on; those of every action where it names none. */
function resourceTypes({ statement }: Context): ReadonlySet<string> {
  const patterns = statement?.action && !statement.action.negated ? statement.action.items : [];
  const every = kmsActions.map(({ name }) => `kms:${name}`);
  const named = patterns.flatMap(({ pattern }) => expandAction(pattern, every));
  const actions = named.length > 0 ? named : every;
  return new Set(actions.flatMap((name) => findAction(name.slice('kms:'.length))?.resources ?? []));
}

function shape(context: Context, type: 'key' | 'alias', name: string): Offer {
  const region = likelyRegion(context);
  const account = context.account || seenHere(context, 'accounts')[0]?.name || '111122223333';
  const start = `arn:${partitionOf(context)}:kms:`;
  return {
    label: `${start}…:…:${type}/…`,
    kind: 'value',
    insert: { type: 'string', text: `${start}\${1:${region}}:\${2:${account}}:${type}/\${3:${name}}` },
    note: 'to fill in',
  };
}
