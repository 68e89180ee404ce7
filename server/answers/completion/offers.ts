import { findElement } from '../../../simulator/facts/elements.ts';
import { actionOffers } from './actions.ts';
import { conditionKeyOffers } from './condition-keys.ts';
import { conditionValueOffers } from './condition-values.ts';
import type { Context } from './context.ts';
import { documentOffers } from './documents.ts';
import { elementOffers, elementValueOffers } from './elements.ts';
import { grantOffers } from './grants.ts';
import type { Offer } from './offer.ts';
import { operatorOffers } from './operators.ts';
import { principalElementOffers, principalOffers, principalTypeOffers } from './principals.ts';
import { resourceOffers } from './resources.ts';
import { inlineContext } from './scenario/inline.ts';
import { scenarioOffers } from './scenario/offers.ts';
import { statementOffers } from './statements.ts';

/** What can be written at the cursor, the most likely first. */
export function offersAt(context: Context): readonly Offer[] {
  if (context.source.kind.kind !== 'scenario') return policyOffers(context);
  const inline = inlineContext(context);
  return inline ? policyOffers(inline) : scenarioOffers(context);
}

function policyOffers(context: Context): readonly Offer[] {
  const { cursor, kinds, source } = context;
  if (cursor.path.length === 0 && cursor.slot === 'value') return documentOffers(context);
  if (source.kind.kind === 'grant') return grantOffers(context);
  if (kinds.length === 0) return [];
  return cursor.slot === 'name' ? nameOffers(context) : valueOffers(context);
}

function nameOffers(context: Context): readonly Offer[] {
  const { statement, within } = context;
  if (!statement) return within.length === 0 ? elementOffers(context, 'policy') : [];
  const [element, operator] = within;
  switch (within.length) {
    case 0:
      return elementOffers(context, 'statement');
    case 1:
      if (element === 'Condition') return operatorOffers(context);
      return isPrincipal(element) ? principalTypeOffers(context) : [];
    case 2:
      return element === 'Condition' && typeof operator === 'string' ? conditionKeyOffers(context, operator) : [];
    default:
      return [];
  }
}

function valueOffers(context: Context): readonly Offer[] {
  const { statement, within } = context;
  const [element, second, third, fourth] = within;
  if (!statement)
    return element === 'Statement' && within.length === 2 ? statementOffers(context) : policyValue(context);
  // One value, or one of a list.
  const depth = typeof within.at(-1) === 'number' ? within.length - 1 : within.length;
  if (element === 'Condition') {
    if (depth !== 3 || typeof second !== 'string' || typeof third !== 'string' || typeof fourth === 'string') return [];
    return conditionValueOffers(context, second, third);
  }
  if (isPrincipal(element)) {
    if (within.length === 1) return principalElementOffers(context);
    return depth === 2 && typeof second === 'string' ? principalOffers(context, second) : [];
  }
  if (depth !== 1) return [];
  if (element === 'Action' || element === 'NotAction') return actionOffers(context);
  if (element === 'Resource' || element === 'NotResource') return resourceOffers(context);
  const fact = within.length === 1 ? findElement(String(element)) : undefined;
  return fact?.level === 'statement' ? elementValueOffers(context, fact) : [];
}

function policyValue(context: Context): readonly Offer[] {
  const fact = context.within.length === 1 ? findElement(String(context.within[0])) : undefined;
  return fact?.level === 'policy' ? elementValueOffers(context, fact) : [];
}

const isPrincipal = (element: unknown): boolean => element === 'Principal' || element === 'NotPrincipal';
