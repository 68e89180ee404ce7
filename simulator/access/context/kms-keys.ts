import {
  ABSENT,
  type ContextValue,
  known,
  listed,
  optional,
  present,
  UNKNOWN,
  UNKNOWN_VALUE,
} from '../../policy/context-value.ts';
import { accountOf } from '../caller.ts';
import type { AccessRequest } from '../request.ts';
import type { Derive } from './derive.ts';

/**
 * The condition keys of KMS by their presence rules, names in lower case; a name that ends in `:` takes a part of its
 * own. They are asked only for actions that support the key; elsewhere it is absent.
 * Source: KMS Developer Guide, "AWS KMS condition keys"; checked 2026-11.
 */
export const kmsKeys: ReadonlyMap<string, Derive> = new Map<string, Derive>([
  ['kms:calleraccount', ({ caller }) => optional(accountOf(caller))],
  [
    'kms:viaservice',
    ({ via, region }) => optional(via && (via.includes('.') ? via : `${via}.${region}.amazonaws.com`)),
  ],
  // Only services that act for their caller create grants for their resources.
  ['kms:grantisforawsresource', ({ via }) => (via === undefined ? ABSENT : present('true'))],

  ['kms:encryptioncontext:', encryptionContextPair],
  ['kms:encryptioncontextkeys', encryptionContextKeys],
  ['kms:requestalias', ({ key }) => optional(key?.requestAlias)],
  ['kms:resourcealiases', ({ key }) => (key?.aliases ? listed(key.aliases) : UNKNOWN)],

  ['kms:keyspec', (request) => created(request, 'KeySpec', 'SYMMETRIC_DEFAULT') ?? known(request.key?.spec)],
  [
    'kms:customermasterkeyspec',
    (request) => created(request, 'KeySpec', 'SYMMETRIC_DEFAULT') ?? known(request.key?.spec),
  ],
  ['kms:keyusage', (request) => created(request, 'KeyUsage', 'ENCRYPT_DECRYPT') ?? known(request.key?.usage)],
  [
    'kms:customermasterkeyusage',
    (request) => created(request, 'KeyUsage', 'ENCRYPT_DECRYPT') ?? known(request.key?.usage),
  ],
  ['kms:keyorigin', (request) => created(request, 'Origin', 'AWS_KMS') ?? known(request.key?.origin)],
  ['kms:multiregion', multiRegion],
  ['kms:multiregionkeytype', multiRegionKeyType],
  ['kms:trailingdayswithoutkeyusage', () => UNKNOWN_VALUE],
  ['kms:reencryptonsamekey', () => UNKNOWN_VALUE],

  ['kms:encryptionalgorithm', encryptionAlgorithm],
  ['kms:signingalgorithm', required('SigningAlgorithm')],
  ['kms:macalgorithm', required('MacAlgorithm')],
  ['kms:keyagreementalgorithm', required('KeyAgreementAlgorithm')],
  ['kms:wrappingalgorithm', required('WrappingAlgorithm')],
  ['kms:wrappingkeyspec', required('WrappingKeySpec')],
  ['kms:datakeypairspec', required('KeyPairSpec')],
  ['kms:primaryregion', required('PrimaryRegion')],
  ['kms:replicaregion', required('ReplicaRegion')],
  ['kms:messagetype', withDefault('MessageType', 'RAW')],
  ['kms:schedulekeydeletionpendingwindowindays', withDefault('PendingWindowInDays', '30')],
  ['kms:rotationperiodindays', withDefault('RotationPeriodInDays', '365')],
  // Documented with Null: absent when the parameter is, although the API has a default.
  ['kms:bypasspolicylockoutsafetycheck', whenSent('BypassPolicyLockoutSafetyCheck')],
  ['kms:expirationmodel', whenSent('ExpirationModel')],
  ['kms:validto', ({ input }) => (input ? optional(seconds(input['ValidTo'])) : UNKNOWN)],

  ['kms:granteeprincipal', whenSent('GranteePrincipal')],
  ['kms:granteeserviceprincipal', whenSent('GranteeServicePrincipal')],
  ['kms:retiringprincipal', whenSent('RetiringPrincipal')],
  ['kms:retiringserviceprincipal', whenSent('RetiringServicePrincipal')],
  ['kms:grantoperations', grantOperations],
  ['kms:grantconstrainttype', grantConstraintType],
  ['kms:grantconstraintsourcearn', ({ input }) => (input ? optional(text(constraints(input)['SourceArn'])) : UNKNOWN)],
  // Attestation documents come with requests from enclaves only; whoever asks about one states its values.
  ['kms:recipientattestation:', () => ABSENT],
]);

function encryptionContextPair(request: AccessRequest, name: string): ContextValue {
  const pairs = contextPairs(request);
  if (!pairs) return UNKNOWN;
  for (const key of Object.keys(pairs))
    if (key === name || key.toLowerCase() === name) return optional(text(pairs[key]));
  return ABSENT;
}

function encryptionContextKeys(request: AccessRequest): ContextValue {
  const pairs = contextPairs(request);
  return pairs ? listed(Object.keys(pairs)) : UNKNOWN;
}

/** The encryption context of a request: for CreateGrant the pairs of the new grant's constraint. Undefined: not known. */
function contextPairs({
  action,
  key,
  encryptionContext,
  input,
}: AccessRequest): Readonly<Record<string, unknown>> | undefined {
  // Asymmetric and HMAC keys take no encryption context.
  if (key?.spec !== undefined && key.spec !== 'SYMMETRIC_DEFAULT') return {};
  if (action !== 'CreateGrant') return encryptionContext ?? {};
  if (!input) return encryptionContext;
  const given = constraints(input);
  return record(given['EncryptionContextEquals']) ?? record(given['EncryptionContextSubset']) ?? {};
}

/** A property of the key that CreateKey makes: the parameter, else the API's default. */
function created({ action, input }: AccessRequest, parameter: string, byDefault: string): ContextValue | undefined {
  if (action !== 'CreateKey') return undefined;
  return input ? present(text(input[parameter]) ?? byDefault) : UNKNOWN_VALUE;
}

function multiRegion(request: AccessRequest): ContextValue {
  const atCreation = created(request, 'MultiRegion', 'false');
  if (atCreation || !request.key) return atCreation ?? ABSENT;
  const { multiRegion: stated, id } = request.key;
  const value = stated ?? id?.startsWith('mrk-');
  return known(value === undefined ? undefined : String(value));
}

function multiRegionKeyType({ key, action, input }: AccessRequest): ContextValue {
  if (action === 'CreateKey') return input ? optional(input['MultiRegion'] === true ? 'PRIMARY' : undefined) : UNKNOWN;
  if (key?.multiRegionKeyType) return present(key.multiRegionKeyType);
  const isMultiRegion = key?.multiRegion ?? key?.id?.startsWith('mrk-');
  if (isMultiRegion === false) return ABSENT;
  return { state: 'unknown', present: isMultiRegion === true };
}

function encryptionAlgorithm({ input, key }: AccessRequest): ContextValue {
  const stated = input && text(input['EncryptionAlgorithm']);
  return known(stated ?? (key?.spec === 'SYMMETRIC_DEFAULT' ? 'SYMMETRIC_DEFAULT' : undefined));
}

function required(parameter: string): Derive {
  return ({ input }) => known(input && text(input[parameter]));
}

function withDefault(parameter: string, byDefault: string): Derive {
  return ({ input }) => (input ? present(text(input[parameter]) ?? byDefault) : UNKNOWN_VALUE);
}

function whenSent(parameter: string): Derive {
  return ({ input }) => (input ? optional(text(input[parameter])) : UNKNOWN);
}

function grantOperations({ input }: AccessRequest): ContextValue {
  const operations = input?.['Operations'];
  return Array.isArray(operations) ? listed(operations.map(String)) : UNKNOWN_VALUE;
}

function grantConstraintType({ input }: AccessRequest): ContextValue {
  if (!input) return UNKNOWN;
  const given = constraints(input);
  return optional(['EncryptionContextEquals', 'EncryptionContextSubset'].find((name) => given[name] !== undefined));
}

function constraints(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return record(input['Constraints']) ?? {};
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
}

/** As seconds since 1970, which Numeric and Date operators read alike: AWS documents both for the key. */
function seconds(value: unknown): string | undefined {
  if (value === undefined || value === null || /^[\d.]+$/.test(String(value))) return text(value);
  const milliseconds = value instanceof Date ? value.getTime() : Date.parse(String(value));
  return Number.isNaN(milliseconds) ? String(value) : String(milliseconds / 1000);
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
