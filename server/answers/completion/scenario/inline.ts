import { resolvePath } from '../../../../simulator/json/place.ts';
import { spotAt } from '../../../../simulator/scenario/spot.ts';
import { type Context, contextWithin } from '../context.ts';

/** The context within a policy that stands in a scenario; undefined elsewhere. */
export function inlineContext(context: Context): Context | undefined {
  const { cursor } = context;
  const spot = spotAt(cursor.root, cursor.path);
  const policy = spot?.shapes.find((shape) => shape.type === 'policy');
  if (!spot || !policy || (spot.below.length === 0 && cursor.slot === 'value')) return undefined;
  const base = cursor.path.slice(0, cursor.path.length - spot.below.length);
  const root = cursor.root && resolvePath(cursor.root, base)?.node;
  return contextWithin(context, { ...cursor, root, path: spot.below }, [policy.kind]);
}
