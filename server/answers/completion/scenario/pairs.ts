import { serviceContextKeys } from '../../../../simulator/facts/service-contexts.ts';
import type { JsonNode } from '../../../../simulator/json/node.ts';
import type { PolicyDocument } from '../../../../simulator/policy/document.ts';
import { inlinePoliciesOf } from '../../../documents/inline-policies.ts';
import { CONTEXT } from '../../help/condition-key.ts';
import { type Context, takenNames } from '../context.ts';
import { memberOffer, type Offer, once, stringOffer } from '../offer.ts';
import { jsonText } from '../snippet.ts';

/** Encryption context pairs that the policies, grants and requests around use, then keys that services set. */
export function pairOffers(context: Context): readonly Offer[] {
  const taken = takenNames(context);
  const own = [...pairsAround(context)].map(([key, values]) => {
    const [value, second] = values;
    const text = value === undefined || second !== undefined ? '$1' : jsonText(value);
    return memberOffer(key, `"${text}"`, 'condition-key', {
      ...(values.size > 0 ? { note: [...values].slice(0, 3).join(', ') } : {}),
      about: { type: 'context-key', name: key },
      again: text === '$1',
    });
  });
  const services = serviceContextKeys.map(({ key, serviceName }) =>
    memberOffer(key, '"$1"', 'condition-key', { note: serviceName, about: { type: 'context-key', name: key } }),
  );
  return once([...own, ...services]).filter(({ label }) => !taken.has(label));
}

/** The values that a key has elsewhere. */
export function pairValueOffers(context: Context, key: string): readonly Offer[] {
  return [...(pairsAround(context).get(key) ?? [])].map((value) => stringOffer(value, 'value'));
}

type Pairs = Map<string, Set<string>>;

function pairsAround({ source, cursor, workspace }: Context): Pairs {
  const pairs: Pairs = new Map();
  const policies = [
    ...(workspace?.named ?? []).flatMap(({ policy }) => policy?.policy ?? []),
    ...inlinePoliciesOf(source).map(({ policy }) => policy),
  ];
  for (const policy of policies) addConditions(pairs, policy);
  if (cursor.root) addObjects(pairs, cursor.root, cursor.container);
  return pairs;
}

function addConditions(pairs: Pairs, { statements }: PolicyDocument): void {
  for (const { conditions } of statements)
    for (const { key, values } of conditions) {
      if (!key.text.toLowerCase().startsWith(CONTEXT.toLowerCase())) continue;
      for (const { text } of values) add(pairs, key.text.slice(CONTEXT.length), text);
    }
}

/** The objects that are encryption contexts by their names, except the one that is being written. */
function addObjects(pairs: Pairs, root: JsonNode, written: JsonNode | undefined): void {
  const left: JsonNode[] = [root];
  for (let node = left.pop(); node; node = left.pop()) {
    if (node.type === 'array') for (const each of node.elements) left.push(each);
    if (node.type !== 'object') continue;
    for (const { key, value } of node.members) {
      if (!value) continue;
      left.push(value);
      if (
        value.type !== 'object' ||
        value === written ||
        !/^(\w+E|e|E)ncryptionContext(Subset|Equals)?$/.test(key.value)
      )
        continue;
      for (const pair of value.members) if (pair.value?.type === 'string') add(pairs, pair.key.value, pair.value.value);
    }
  }
}

/** Patterns and variables stand for values, and are none. */
function add(pairs: Pairs, key: string, value: string): void {
  if (key === '' || pairs.size > MOST) return;
  const values = pairs.get(key) ?? new Set();
  if (!/[*?]|\$\{/.test(value) && values.size < MOST) values.add(value);
  pairs.set(key, values);
}

/** Nobody reads longer lists. */
const MOST = 100;
