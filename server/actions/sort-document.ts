import type { Action } from './action.ts';
import { changed } from './support/entries.ts';
import { sortedLists } from './support/sorting.ts';

/** Puts the lists of all statements in order; the statements themselves stay where they are. */
export const sortDocument: Action = {
  id: 'sort-document',
  kind: 'source.sort',
  kinds: ['key-policy', 'iam-policy'],
  offers({ document, policy }) {
    const changes = policy.statements.flatMap((statement) => sortedLists(document, statement));
    if (changes.length === 0) return [];
    return [
      {
        title: 'Sort the lists of all statements',
        detail: 'Actions, principals and resources in order, each once. Nobody is allowed more or less.',
        text: changed(document.text, changes),
      },
    ];
  },
};
