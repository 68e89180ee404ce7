import type { RequestValues } from '../context-value.ts';
import type { Lookup } from '../syntax/template.ts';

/** Values for policy variables: only keys with exactly one value can stand in one. */
export function lookupIn(request: RequestValues): Lookup {
  return (key) => {
    const value = request.get(key.toLowerCase());
    return value.state === 'present' && value.values.length === 1 ? value.values[0] : undefined;
  };
}
