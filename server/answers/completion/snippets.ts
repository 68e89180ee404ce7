import type { PolicyKind } from '../../../simulator/facts/elements.ts';
import grant from '../../../snippets/kms-grant.json' with { type: 'json' };
import iamPolicy from '../../../snippets/kms-iam-policy.json' with { type: 'json' };
import keyPolicy from '../../../snippets/kms-key-policy.json' with { type: 'json' };
import rcp from '../../../snippets/kms-rcp.json' with { type: 'json' };
import scp from '../../../snippets/kms-scp.json' with { type: 'json' };
import vpcePolicy from '../../../snippets/kms-vpce-policy.json' with { type: 'json' };
import { type Context, takenNames } from './context.ts';
import { type Offer, once } from './offer.ts';
import { partitionOf } from './principals.ts';
import type { Snippet } from './snippet.ts';
import { likelyRegion, seenHere } from './surroundings.ts';

interface SnippetEntry {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

type SnippetKind = PolicyKind | 'grant';

const FILES: Readonly<Record<SnippetKind, Readonly<Record<string, SnippetEntry>>>> = {
  'key-policy': keyPolicy,
  'iam-policy': iamPolicy,
  scp,
  rcp,
  'vpce-policy': vpcePolicy,
  grant,
};

/** The snippets of these kinds that make a whole document, for a file in which nothing stands yet. */
export function documentSnippets(context: Context): readonly Offer[] {
  return offersOf(context, 'kms-');
}

/** The snippets that make an element of `Statement`. */
export function statementSnippets(context: Context): readonly Offer[] {
  return offersOf(context, 'statement-');
}

/** The snippets that make the constraints of a grant which has none. */
export function constraintSnippets(context: Context): readonly Offer[] {
  if (context.cursor.nameOnly || takenNames(context).has('Constraints')) return [];
  return offersOf(context, 'constraints-').map((offer) => ({
    ...offer,
    insert: { type: 'member', name: 'Constraints', value: offer.insert.text.replace(/^"Constraints":\s*/, '') },
  }));
}

/** What a snippet does, in a sentence. */
export function snippetText(prefix: string, kind: string): string | undefined {
  return entriesOf(kind).find((entry) => entry.prefix === prefix)?.description;
}

/** What takes the place of the account, Region and partition of the snippets. */
export interface Own {
  /** Undefined: nobody knows it. */
  readonly account: string | undefined;
  readonly region: string;
  readonly partition: string;
}

/** The snippet with this prefix, for a document that speaks of this account and Region. */
export function snippetFor(
  kind: PolicyKind,
  prefix: string,
  own: Own,
): { readonly name: string; readonly description: string; readonly body: Snippet } | undefined {
  const found = entriesOf(kind).find((entry) => entry.prefix === prefix);
  return found && { ...found, body: adaptedTo(own)(found.body.join('\n')) };
}

type SnippetOffer = Offer & { readonly insert: { readonly type: 'json'; readonly text: Snippet } };

function offersOf(context: Context, start: string): readonly SnippetOffer[] {
  const { source, kinds } = context;
  const adapt = adapted(context);
  const all = (source.kind.kind === 'grant' ? ['grant'] : kinds).flatMap((kind) =>
    entriesOf(kind)
      .filter(({ prefix }) => prefix.startsWith(start))
      .map(
        ({ prefix, name, body }): SnippetOffer => ({
          label: prefix,
          kind: 'whole',
          insert: { type: 'json', text: adapt(body.join('\n')) },
          note: name,
          about: { type: 'snippet', name: prefix, of: kind },
        }),
      ),
  );
  return once(all);
}

function entriesOf(kind: string): readonly (SnippetEntry & { readonly name: string })[] {
  const file = isSnippetKind(kind) ? FILES[kind] : {};
  return Object.entries(file).map(([name, entry]) => ({ name, ...entry }));
}

const isSnippetKind = (kind: string): kind is SnippetKind => Object.hasOwn(FILES, kind);

/** Puts the account, Region and partition that the document speaks of in the place of those of the snippets. */
function adapted(context: Context): (body: Snippet) => Snippet {
  return adaptedTo({
    account: context.account || seenHere(context, 'accounts')[0]?.name,
    region: likelyRegion(context),
    partition: partitionOf(context),
  });
}

function adaptedTo({ account = OWN_ACCOUNT, region, partition }: Own): (body: Snippet) => Snippet {
  return (body) =>
    body
      .replaceAll(`:${OWN_ACCOUNT}}`, `:${account}}`)
      .replaceAll('arn:aws:', `arn:${partition}:`)
      .replace(REGIONS, (_, number: string, list: string) => {
        const others = list.split(',').filter((each) => each !== region);
        return `\${${number}|${[region, ...others].join(',')}|}`;
      });
}

const OWN_ACCOUNT = '111122223333';
/** A choice between Regions. */
const REGIONS = /\$\{(\d+)\|((?:[a-z]{2}-[a-z-]+-\d,?)+)\|\}/g;
