import { type ElementFact, policyElements } from '../../../simulator/facts/elements.ts';
import { type Context, takenNames } from './context.ts';
import { memberOffer, type Offer, stringOffer } from './offer.ts';
import type { Snippet } from './snippet.ts';

/** The elements that a policy or a statement does not have yet: the required first, what is rarely right last. */
export function elementOffers(context: Context, level: ElementFact['level']): readonly Offer[] {
  const { kinds } = context;
  const taken = takenNames(context);
  return policyElements
    .filter((element) => element.level === level && kinds.some((kind) => element.kinds.includes(kind)))
    .filter(({ name, counterpart }) => !taken.has(name) && !(counterpart && taken.has(counterpart)))
    .map((element) => ({ element, rank: level === 'policy' ? 0 : rank(element, context) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ element }) =>
      memberOffer(element.name, valueOf(element, context), 'element', {
        about: { type: 'element', name: element.name },
        again: true,
      }),
    );
}

function rank({ name, requiredIn }: ElementFact, { kinds }: Context): number {
  if (kinds.some((kind) => requiredIn.includes(kind))) return 0;
  return name.startsWith('Not') ? 2 : 1;
}

function valueOf({ name }: ElementFact, { kinds: [kind] }: Context): Snippet {
  switch (name) {
    case 'Version':
      return '"2012-10-17"';
    case 'Statement':
      return '[\n\t{\n\t\t$0\n\t}\n]';
    case 'Principal':
      return kind === 'key-policy' ? '{\n\t"AWS": "$1"\n}' : '"*"';
    case 'NotPrincipal':
      return '{\n\t"AWS": "$1"\n}';
    case 'Action':
    case 'NotAction':
      return '[\n\t"$1"\n]';
    case 'Resource':
      return kind === 'key-policy' || kind === 'rcp' ? '"*"' : '"$1"';
    case 'Condition':
      return '{\n\t"$1": {\n\t\t"$2": "$3"\n\t}\n}';
    default:
      return '"$1"';
  }
}

/** The values of elements that have a fixed list. */
export function elementValueOffers({ kinds }: Context, element: ElementFact): readonly Offer[] {
  // A resource control policy of one's own can only deny.
  const onlyDenies = element.name === 'Effect' && kinds.every((kind) => kind === 'rcp');
  return (element.values ?? [])
    .filter((value) => !(onlyDenies && value === 'Allow'))
    .map((value) => stringOffer(value, 'value', { about: { type: 'value', name: value, of: element.name } }));
}
