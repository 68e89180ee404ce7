import type { Action } from './action.ts';
import { changed } from './support/entries.ts';
import { sortedLists } from './support/sorting.ts';

/** Puts the lists of one statement in order. */
export const sortStatement: Action = {
  id: 'sort-statement',
  kind: 'refactor.rewrite',
  kinds: ['key-policy', 'iam-policy'],
  offers({ document, statement }) {
    const changes = statement ? sortedLists(document, statement) : [];
    if (changes.length === 0) return [];
    return [
      {
        title: 'Sort the lists of the statement',
        detail: 'Actions, principals and resources in order, each once. Nobody is allowed more or less.',
        text: changed(document.text, changes),
      },
    ];
  },
};
