import type { Context } from './context.ts';
import type { Offer } from './offer.ts';
import { documentSnippets } from './snippets.ts';

/** Whole documents, for a file in which nothing stands yet. */
export function documentOffers(context: Context): readonly Offer[] {
  const { source, kinds } = context;
  if (source.kind.kind === 'grant')
    return [
      whole(
        'CreateGrant input',
        '{\n\t"KeyId": "$1",\n\t"GranteePrincipal": "$2",\n\t"Operations": ["$3"]\n}',
        'a grant to be made',
      ),
      whole('List of grants', '[\n\t{\n\t\t$0\n\t}\n]', 'several grants'),
      ...documentSnippets(context),
    ];
  const [kind] = kinds;
  if (!kind) return [];
  return [
    whole('Policy', '{\n\t"Version": "2012-10-17",\n\t"Statement": [\n\t\t$0\n\t]\n}', kind),
    ...documentSnippets(context),
  ];
}

function whole(label: string, text: string, note: string): Offer {
  return { label, kind: 'whole', insert: { type: 'json', text }, note, again: true };
}
