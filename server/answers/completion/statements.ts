import type { Context } from './context.ts';
import type { Offer } from './offer.ts';
import { statementSnippets } from './snippets.ts';

/** Whole statements for an element of `Statement`. */
export function statementOffers(context: Context): readonly Offer[] {
  return [
    {
      label: 'Statement',
      kind: 'whole',
      insert: { type: 'json', text: '{\n\t$0\n}' },
      note: 'an empty one',
      about: { type: 'element', name: 'Statement' },
      again: true,
    },
    ...statementSnippets(context),
  ];
}
