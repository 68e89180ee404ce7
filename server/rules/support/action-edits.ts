import type { ActionItem, Statement } from '../../../simulator/policy/document.ts';
import type { Fix } from '../rule.ts';

/** Adds an action to the element that an entry stands in. It allows more, so nobody does it unasked. */
export function withAction({ text, path }: ActionItem, { action }: Statement, name: string): Fix {
  const isLone = path.length === action?.path.length;
  return {
    title: `add \`${name}\``,
    safe: false,
    edits: [
      isLone
        ? { op: 'set', path, value: [text, name] }
        : { op: 'insert', path: [...path.slice(0, -1), action?.items.length ?? 0], value: name },
    ],
  };
}
