import { openShapes, type Spot, spotAt } from '../../../../simulator/scenario/spot.ts';
import type { Context } from '../context.ts';
import type { Offer } from '../offer.ts';
import { memberOffers } from './members.ts';
import { parameterNameOffers, parameterValueOffers } from './parameters.ts';
import { stepOffers, wholeScenario } from './things.ts';
import { mapNameOffers, valueOffers } from './values.ts';

/** What belongs at the cursor in a scenario, outside of the policies that stand in it. */
export function scenarioOffers(context: Context): readonly Offer[] {
  const { cursor } = context;
  if (cursor.slot === 'value' && cursor.path.length === 0) return [wholeScenario];
  const spot = spotAt(cursor.root, cursor.path, cursor.member);
  if (!spot) return [];
  if (cursor.slot === 'value') return valuesAt(context, spot);
  const open = spot.shapes.flatMap((shape) => openShapes(shape, cursor.container, cursor.member));
  const names = open.flatMap((shape) => (shape.type === 'map' ? mapNameOffers(context, shape) : []));
  const parameters = open.flatMap((shape) =>
    shape.type === 'parameters' ? parameterNameOffers(context, shape, spot.below) : [],
  );
  return [...memberOffers(context), ...names, ...parameters];
}

function valuesAt(context: Context, spot: Spot): readonly Offer[] {
  const { shapes, below } = spot;
  const parameters = shapes.find((shape) => shape.type === 'parameters');
  if (0 < below.length && parameters) return parameterValueOffers(context, parameters, below);
  if (shapes.some(({ type }) => type === 'variants')) return stepOffers();
  return valueOffers(context, shapes);
}
