import { documentedPatterns } from '../../../simulator/facts/action-patterns.ts';
import { findAction, kmsActions } from '../../../simulator/facts/actions.ts';
import { findServicePrincipal } from '../../../simulator/facts/service-principals.ts';
import type { KmsAction } from '../../../simulator/facts/types.ts';
import { expandAction, parseActionPattern } from '../../../simulator/policy/syntax/action.ts';
import { type Context, takenValues } from './context.ts';
import { type Offer, stringOffer } from './offer.ts';

/** What most statements are about, in the order in which people look for it. */
const USUAL = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey*',
  'kms:ReEncrypt*',
  'kms:DescribeKey',
  'kms:GenerateDataKey',
  'kms:CreateGrant',
  'kms:*',
];

/** Permissions that work in this kind of document, and the patterns that AWS documents. */
export function actionOffers(context: Context): readonly Offer[] {
  const taken = new Set([...takenValues(context)].map((text) => text.toLowerCase()));
  const { names, patterns } = context.kinds.every((kind) => kind === 'key-policy') ? onKeys() : everywhere();
  const first = [...recipeActions(context), ...USUAL].filter((text) => names.includes(text) || patterns.includes(text));
  const last = names.filter((name) => DEAD.has(name) && context.statement?.effect !== 'Deny');
  const ordered = [...first, ...names.filter((name) => !last.includes(name)), ...patterns, ...last];
  return [...new Set(ordered)].filter((text) => !taken.has(text.toLowerCase())).map(offerOf);
}

interface Choice {
  readonly names: readonly string[];
  readonly patterns: readonly string[];
}

const everywhere = kept(() => choiceOf(kmsActions));
const onKeys = kept(() => choiceOf(kmsActions.filter(({ resources }) => resources.includes('key'))));

function choiceOf(actions: readonly KmsAction[]): Choice {
  const names = actions.map(({ name }) => `kms:${name}`);
  const patterns = documentedPatterns
    .map(({ pattern }) => pattern)
    .filter((pattern) => expandAction(parseActionPattern(pattern), names).length > 0);
  return { names, patterns };
}

/** Works a table out when it is first asked for. */
function kept<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

/** An Allow of these has no effect on a key: the grant decides, or KMS alone asks. */
const DEAD: ReadonlySet<string> = new Set(['kms:RetireGrant', 'kms:SynchronizeMultiRegionKey']);

/** What AWS's recipe for the services in `Principal` allows. */
function recipeActions({ statement }: Context): readonly string[] {
  const services = statement?.principal?.items.filter(({ type }) => type === 'Service') ?? [];
  return services.flatMap(({ text }) =>
    (findServicePrincipal(text)?.fact.recipe ?? []).flatMap(({ actions }) => actions),
  );
}

const offers = new Map<string, Offer>();

function offerOf(text: string): Offer {
  const known = offers.get(text);
  if (known) return known;
  const action = findAction(text.slice('kms:'.length));
  const note = action?.access.join(', ') ?? covered(text);
  const offer = stringOffer(text, 'action', { note, about: { type: 'action', name: text } });
  offers.set(text, offer);
  return offer;
}

function covered(pattern: string): string {
  const { length } = expandAction(parseActionPattern(pattern), everywhere().names);
  return length === 1 ? '1 action' : `${length} actions`;
}
