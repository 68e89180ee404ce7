import type { Store } from '../../client/memory.ts';

/** What VS Code keeps for an extension. */
export function memento(start: Readonly<Record<string, unknown>> = {}): Store {
  const values = new Map(Object.entries(start));
  return {
    get: (key) => values.get(key),
    // What VS Code stores comes back as JSON.
    update: async (key, value) => void values.set(key, JSON.parse(JSON.stringify(value))),
  };
}
