import { documentedPatterns } from '../../../simulator/facts/action-patterns.ts';
import { actionNames, findAction, kmsActions } from '../../../simulator/facts/actions.ts';
import { findServicePrincipal } from '../../../simulator/facts/service-principals.ts';
import type { KmsAction } from '../../../simulator/facts/types.ts';
import { expandAction, parseActionPattern } from '../../../simulator/policy/syntax/action.ts';
import { type Context, takenValues } from './context.ts';
import { type Offer, once, stringOffer } from './offer.ts';

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
  const onKeysOnly = context.kinds.every((kind) => kind === 'key-policy');
  const fits = (action: KmsAction): boolean => !onKeysOnly || action.resources.includes('key');
  const names = kmsActions.filter(fits).map(({ name }) => `kms:${name}`);
  const patterns = documentedPatterns
    .map(({ pattern }) => pattern)
    .filter((pattern) => expandAction(parseActionPattern(pattern), names).length > 0);
  const known = new Set([...names, ...patterns]);
  const first = [...recipeActions(context), ...USUAL].filter((text) => known.has(text));
  const last = names.filter((name) => DEAD.has(name) && context.statement?.effect !== 'Deny');
  const ordered = [...first, ...names.filter((name) => !last.includes(name)), ...patterns, ...last];
  return once(ordered.map(offerOf)).filter(({ label }) => !taken.has(label.toLowerCase()));
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

function offerOf(text: string): Offer {
  const action = findAction(text.slice('kms:'.length));
  const note = action?.access.join(', ') ?? covered(text);
  return stringOffer(text, 'action', { note, about: { type: 'action', name: text } });
}

const everyAction = actionNames.map((name) => `kms:${name}`);

function covered(pattern: string): string {
  const { length } = expandAction(parseActionPattern(pattern), everyAction);
  return length === 1 ? '1 action' : `${length} actions`;
}
