import type { Change } from '../../../simulator/access/changes.ts';
import type { Json, Policies } from './worlds.ts';

/** The policies with a change carried out on their JSON, as JSON Patch would: a check that needs no evaluator. */
export function patched(policies: Policies, change: Change): Policies {
  const { document, layer, path, add } = change;
  if (document === undefined) return withNewPolicy(policies, change);
  const copy = structuredClone(policies);
  const steps = [...document.split('/'), ...path];
  const last = steps.pop();
  let at: unknown = copy;
  for (const step of steps) at = Reflect.get(Object(at), step);
  if (last === '-' && Array.isArray(at)) at.push(add);
  else if (last !== undefined && typeof at === 'object' && at !== null) Reflect.set(at, last, add);
  else throw new Error(`a change of ${layer} leads nowhere: ${document} ${path.join('/')}`);
  return copy;
}

function withNewPolicy(policies: Policies, { layer, add }: Change): Policies {
  const added: Json = Object.fromEntries(Object.entries(Object(add)));
  switch (layer) {
    case 'key-policy':
      return { ...policies, keyPolicy: added };
    case 'identity-policy':
      return { ...policies, identityPolicies: [added] };
    case 'session-policy':
      return { ...policies, sessionPolicies: [added] };
    default:
      throw new Error(`a new policy makes no sense for ${layer}`);
  }
}
