import { conditionKeysOf } from '../../facts/condition-keys.ts';
import { RequestContext } from './request-context.ts';

/**
 * The request parameters that condition keys of an action follow from, each with those keys. Nobody lists them: each
 * rule is asked for its key, and which parameters it looks at is watched.
 */
export function parametersOfAction(action: string): ReadonlyMap<string, readonly string[]> {
  let known = byAction.get(action);
  if (!known) {
    known = watch(action);
    byAction.set(action, known);
  }
  return known;
}

const byAction = new Map<string, ReadonlyMap<string, readonly string[]>>();

function watch(action: string): ReadonlyMap<string, readonly string[]> {
  const parameters = new Map<string, string[]>();
  for (const key of conditionKeysOf(action)) {
    const looked = new Set<string>();
    const input = new Proxy<Record<string, unknown>>(
      {},
      {
        get(_, name) {
          if (typeof name === 'string') looked.add(name);
          return undefined;
        },
      },
    );
    const caller = { type: 'service', service: 'example.amazonaws.com' } as const;
    const request = { caller, action, key: undefined, region: 'us-east-1', input };
    new RequestContext(request, false).get(key.replace(/\$\{\w+\}/, '1').toLowerCase());
    for (const name of looked) parameters.set(name, [...(parameters.get(name) ?? []), key]);
  }
  return parameters;
}
