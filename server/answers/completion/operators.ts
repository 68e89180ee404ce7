import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import {
  type ConditionOperatorFact,
  conditionOperators,
  familiesByType,
  ifExists,
  type OperatorFamily,
  setOperators,
} from '../../../simulator/facts/operators.ts';
import type { ConditionKey } from '../../../simulator/facts/types.ts';
import { type Context, takenNames } from './context.ts';
import { memberOffer, type Offer } from './offer.ts';

/** The operators that most key policies get by with, the most common first. */
const USUAL = [
  'StringEquals',
  'StringLike',
  'StringNotEquals',
  'StringNotLike',
  'Bool',
  'ArnLike',
  'ArnEquals',
  'Null',
];

/**
 * The operators that fit the keys below the name at the cursor, and all where there are none yet. Keys with several
 * values in one request want a set operator; keys with one value must not have any.
 */
export function operatorOffers(context: Context): readonly Offer[] {
  const keys = keysBelow(context);
  const fitting = inOrder().filter(({ family }) => keys.every((key) => key === undefined || fits(family, key)));
  const known = keys.filter((key) => key !== undefined);
  const plain = fitting.map((operator) => offerOf(operator.name, operator));
  const soft = fitting
    .filter(({ family }) => family !== 'Null')
    .map((operator) => offerOf(`${operator.name}${ifExists.suffix}`, operator));
  const sets = known.some(({ multivalued }) => !multivalued) ? [] : setOffers(fitting);
  const severalValues = known.length > 0 && known.every(({ multivalued }) => multivalued);
  const taken = takenNames(context);
  return (severalValues ? [...sets, ...plain, ...soft] : [...plain, ...soft, ...sets]).filter(
    ({ label }) => !taken.has(label),
  );
}

/** Whether an operator of the family can compare values of the key. */
export function fits(family: OperatorFamily, { type, alsoTypes = [] }: ConditionKey): boolean {
  return family === 'Null' || [type, ...alsoTypes].some((each) => familiesByType[each].includes(family));
}

/** The keys that the operator at the cursor has; undefined stands for one that the tables do not know. */
function keysBelow({ cursor }: Context): readonly (ConditionKey | undefined)[] {
  const block = cursor.member?.value;
  return block?.type === 'object' ? block.members.map(({ key }) => findConditionKey(key.value)?.key) : [];
}

function inOrder(): readonly ConditionOperatorFact[] {
  const usual = USUAL.flatMap((name) => conditionOperators.filter((operator) => operator.name === name));
  return [...usual, ...conditionOperators.filter((operator) => !usual.includes(operator))];
}

/** Keys with several values hold texts or ARNs. */
function setOffers(operators: readonly ConditionOperatorFact[]): readonly Offer[] {
  const lists = operators.filter(({ family }) => family === 'String' || family === 'Arn');
  return [...setOperators].reverse().flatMap(({ name }) => lists.map((each) => offerOf(`${name}:${each.name}`, each)));
}

function offerOf(name: string, { family }: ConditionOperatorFact): Offer {
  const value = family === 'Bool' || family === 'Null' ? 'true' : '$2';
  return memberOffer(name, `{\n\t"$1": "${value}"\n}`, 'operator', {
    about: { type: 'operator', name },
    again: true,
  });
}
