import { actionNames } from '../../../simulator/facts/actions.ts';
import { conditionKeys, findConditionKey, supportsConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { serviceContextKeys } from '../../../simulator/facts/service-contexts.ts';
import { findServicePrincipal } from '../../../simulator/facts/service-principals.ts';
import type { ConditionKey } from '../../../simulator/facts/types.ts';
import { expandAction } from '../../../simulator/policy/syntax/action.ts';
import { type Operator, parseOperator } from '../../../simulator/policy/syntax/operator.ts';
import { type Context, takenNames } from './context.ts';
import { type Offer, once } from './offer.ts';
import { fits } from './operators.ts';
import { jsonText, type Snippet } from './snippet.ts';

const CONTEXT = 'kms:EncryptionContext:';

/** The keys that people reach for, in that order: of KMS, then the global ones. */
const USUAL_KMS = [
  'kms:ViaService',
  `${CONTEXT}\${EncryptionContextKey}`,
  'kms:EncryptionContextKeys',
  'kms:CallerAccount',
];
const USUAL_GLOBAL = [
  'aws:PrincipalOrgID',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:PrincipalTag/${TagKey}',
  'aws:PrincipalIsAWSService',
  'aws:MultiFactorAuthPresent',
];
const USUAL_GRANTS = [
  'kms:GrantIsForAWSResource',
  'kms:GrantOperations',
  'kms:GranteePrincipal',
  'kms:GrantConstraintType',
];
const GRANT_ACTIONS: ReadonlySet<string> = new Set(['CreateGrant', 'ListGrants', 'RevokeGrant']);

/** The keys that fit the operator: first those that the requests of the statement's actions have. */
export function conditionKeyOffers(context: Context, operatorText: string): readonly Offer[] {
  const operator = parseOperator(operatorText);
  const taken = new Set([...takenNames(context)].map((name) => name.toLowerCase()));
  const actions = actionsOf(context);
  const fitting = conditionKeys.filter((key) => isOffered(key, operator, context));
  const ranked = fitting
    .map((key, index) => ({ key, order: rank(key, actions, operator) * 1000 + usual(key, actions, index) }))
    .sort((a, b) => a.order - b.order)
    .map(({ key }) => keyOffer(key, operator));
  const recipes = recipeKeys(context).flatMap((name) => named(name, fitting, operator));
  const services = isSupported(`${CONTEXT}k`, actions)
    ? serviceOffers(context, fitting, operator)
    : { near: [], far: [] };
  return once([...recipes, ...services.near, ...ranked, ...services.far]).filter(
    ({ label }) => !taken.has(label.toLowerCase()),
  );
}

/** The keys that a request of the actions can have, whatever compares them. */
export function requestKeyOffers(context: Context, actions: readonly string[] | undefined): readonly Offer[] {
  const taken = new Set([...takenNames(context)].map((name) => name.toLowerCase()));
  const any = parseOperator('');
  return conditionKeys
    .filter(({ deprecated }) => !deprecated)
    .map((key, index) => ({
      key,
      order: rank({ ...key, multivalued: false }, actions, any) * 1000 + usual(key, actions, index),
    }))
    .sort((a, b) => a.order - b.order)
    .map(({ key }) => keyOffer(key, any))
    .filter(({ label }) => !taken.has(label.toLowerCase()));
}

function isOffered(key: ConditionKey, { family, set }: Operator, { kinds }: Context): boolean {
  if (key.deprecated || (family && !fits(family, key))) return false;
  if (set && !key.multivalued) return false;
  return !(key.onlyIn && !key.onlyIn.includes('key-policy') && kinds.every((kind) => kind === 'key-policy'));
}

/**
 * The kms actions that the statement is about: none where it names those of other services alone, undefined where it
 * may be about any.
 */
function actionsOf({ statement }: Context): readonly string[] | undefined {
  const { action } = statement ?? {};
  if (!action || action.negated || action.items.every(({ text }) => !text.includes(':'))) return undefined;
  const every = actionNames.map((name) => `kms:${name}`);
  const named = action.items.flatMap(({ pattern }) => expandAction(pattern, every));
  if (named.length === 0 && action.items.some(({ pattern }) => pattern.service === 'kms')) return undefined;
  return [...new Set(named)].map((name) => name.slice('kms:'.length));
}

const isSupported = (name: string, actions: readonly string[] | undefined): boolean =>
  !actions || actions.some((action) => supportsConditionKey(action, name));

function rank(key: ConditionKey, actions: readonly string[] | undefined, { set, family }: Operator): number {
  if (key.multivalued && !set && family !== 'Null') return 4;
  if (key.name.startsWith('aws:')) return USUAL_GLOBAL.includes(key.name) ? 1 : 2;
  return isSupported(sample(key), actions) ? 0 : 3;
}

function usual({ name }: ConditionKey, actions: readonly string[] | undefined, index: number): number {
  const aboutGrants = actions?.every((action) => GRANT_ACTIONS.has(action));
  const first = (aboutGrants ? [...USUAL_GRANTS, ...USUAL_KMS] : USUAL_KMS).indexOf(name);
  if (0 <= first) return first;
  if (USUAL_GLOBAL.includes(name)) return USUAL_GLOBAL.indexOf(name);
  // Attestation documents are for the few who run enclaves.
  return name.startsWith('kms:RecipientAttestation:') ? 500 + index : 100 + index;
}

/** How a key is written: one with a variable part as a template to fill in. */
interface Spelling {
  readonly label: string;
  readonly name: Snippet;
  /** Where its value is filled in. */
  readonly stop: '$1' | '$2';
  /** What its documentation is found by. */
  readonly about: string;
}

const spellings = new Map(conditionKeys.map((key) => [key, spellingOf(key)]));

/** The encryption context keys of services, spelt out. */
const serviceSpellings = serviceContextKeys.map(({ key, service, serviceName }) => {
  const label = `${CONTEXT}${key}`;
  const spelling: Spelling = { label, name: jsonText(label), stop: '$1', about: label };
  return { spelling, service, serviceName };
});
const contextKey = findConditionKey(`${CONTEXT}k`)?.key;

function spellingOf({ name, variableRange }: ConditionKey): Spelling {
  const [, start = '', variable, end = ''] = /^([^$]*)(?:\$\{(\w+)\})?(.*)$/.exec(name) ?? [];
  if (!variable) return { label: name, name: jsonText(name), stop: '$1', about: name };
  const preset = variableRange ? String(variableRange[0]) : 'key';
  return { label: `${start}…`, name: `${jsonText(start)}\${1:${preset}}${jsonText(end)}`, stop: '$2', about: name };
}

/** A name that fills in the template of the key. */
const sample = ({ name }: ConditionKey): string => (name.endsWith('}') ? name.replace(/\$\{\w+\}/, '1') : name);

function keyOffer(key: ConditionKey, operator: Operator): Offer {
  return offerOf(spellings.get(key) ?? spellingOf(key), key, operator);
}

function offerOf({ label, name, stop, about }: Spelling, key: ConditionKey, operator: Operator): Offer {
  return {
    label,
    kind: 'condition-key',
    insert: { type: 'member', name, value: valueOf(key, operator, stop) },
    note: key.multivalued ? `${key.type}, several` : key.type,
    about: { type: 'condition-key', name: about },
    again: true,
  };
}

function valueOf({ type, multivalued }: ConditionKey, { family }: Operator, stop: string): Snippet {
  if (type === 'Bool' || family === 'Bool' || family === 'Null') return '"true"';
  return multivalued ? `["${stop}"]` : `"${stop}"`;
}

/** A key that is written out, where it is among those that fit. */
function named(name: string, fitting: readonly ConditionKey[], operator: Operator): readonly Offer[] {
  const key = findConditionKey(name)?.key;
  const spelling: Spelling = { label: name, name: jsonText(name), stop: '$1', about: name };
  return key && fitting.includes(key) ? [offerOf(spelling, key, operator)] : [];
}

/** The keys that AWS's recipe for the services in `Principal` asks for. */
function recipeKeys({ statement }: Context): readonly string[] {
  const services = statement?.principal?.items.filter(({ type }) => type === 'Service') ?? [];
  return services.flatMap(({ text }) =>
    (findServicePrincipal(text)?.fact.recipe ?? []).flatMap(({ conditionKeys: keys }) => keys),
  );
}

/** The encryption context keys of services: near where the statement speaks of the service. */
function serviceOffers(
  { statement }: Context,
  fitting: readonly ConditionKey[],
  operator: Operator,
): { readonly near: readonly Offer[]; readonly far: readonly Offer[] } {
  const values = statement?.conditions.flatMap(({ key, values: each }) =>
    key.lower === 'kms:viaservice' ? each.map(({ text }) => text.split('.')[0]) : [],
  );
  const services = new Set(values);
  if (!contextKey || !fitting.includes(contextKey)) return { near: [], far: [] };
  const offers = serviceSpellings.map(({ spelling, service, serviceName }) => ({
    offer: { ...offerOf(spelling, contextKey, operator), note: serviceName },
    service,
  }));
  const pick = (near: boolean): readonly Offer[] =>
    offers.filter(({ service }) => services.has(service) === near).map(({ offer }) => offer);
  return { near: pick(true), far: pick(false) };
}
