/**
 * Request quotas, resource quotas and the sizes of policy documents. All are defaults of an account and most can be
 * raised, so they are data and never proof of an error.
 *
 * Sources: KMS Developer Guide, "Request quotas", "Resource quotas"; AWS Organizations User Guide, "Quotas and service
 * limits"; IAM User Guide, "IAM and AWS STS quotas". Checked 2026-11.
 */
import { findKeySpec, type KeyFamily } from './key-specs.ts';
import { findOperation } from './operations.ts';
import type { Origin } from './types.ts';

export interface RequestQuota {
  /** As in the operations table; for key pairs and key families the sharper name of one quota. */
  readonly group: string;
  /** Requests per second in one account and Region. */
  readonly rate: number;
  /** Regions with another rate. */
  readonly regionalRates?: Readonly<Record<string, number>>;
  /** Only for keys of these families. */
  readonly families?: readonly KeyFamily[];
  /** Only for this KeyPairSpec. */
  readonly keyPairSpec?: string;
  /** Only for keys of this origin, counted for each key store and in addition to the account's quota. */
  readonly keyStore?: Origin;
  readonly adjustable: boolean;
  /** The date of the last change, where AWS published one. */
  readonly since?: string;
}

/** Rates of the operations that have a quota of their own. */
const ownRates: readonly (readonly [rate: number, operations: readonly string[]])[] = [
  [2000, ['DescribeKey', 'GetPublicKey', 'ListResourceTags']],
  [1000, ['GetKeyPolicy', 'GetKeyRotationStatus']],
  [500, ['ListAliases', 'ListKeys']],
  [100, ['ListGrants', 'ListKeyPolicies', 'ListKeyRotations', 'ListRetirableGrants']],
  [50, ['CreateGrant', 'RetireGrant', 'RevokeGrant']],
  [15, ['DeleteAlias', 'DeleteImportedKeyMaterial', 'EnableKeyRotation', 'ImportKeyMaterial']],
  [15, ['PutKeyPolicy', 'ScheduleKeyDeletion']],
  [10, ['TagResource']],
  [5, ['CancelKeyDeletion', 'CreateAlias', 'CreateKey', 'DisableKey', 'DisableKeyRotation', 'EnableKey']],
  [5, ['ConnectCustomKeyStore', 'CreateCustomKeyStore', 'DeleteCustomKeyStore', 'DescribeCustomKeyStores']],
  [5, ['DisconnectCustomKeyStore', 'UpdateCustomKeyStore', 'GetKeyLastUsage', 'ReplicateKey', 'RotateKeyOnDemand']],
  [5, ['UntagResource', 'UpdateAlias', 'UpdateKeyDescription', 'UpdatePrimaryRegion']],
  [1, ['GetParametersForImport']],
];

/** Rates of both key pair operations together, by KeyPairSpec; AWS documents none for ML-KEM pairs. */
const keyPairRates: readonly (readonly [rate: number, specs: readonly string[]])[] = [
  [100, ['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1', 'ECC_NIST_EDWARDS25519']],
  [25, ['SM2']],
  [20, ['RSA_2048']],
  [4, ['RSA_3072']],
  [1, ['RSA_4096']],
];

const SYMMETRIC = 'CryptographicOperationsSymmetric';

export const requestQuotas: readonly RequestQuota[] = [
  {
    group: SYMMETRIC,
    rate: 10_000,
    regionalRates: {
      'us-east-1': 100_000,
      'us-west-2': 100_000,
      'eu-west-1': 100_000,
      'us-east-2': 20_000,
      'ap-southeast-1': 20_000,
      'ap-southeast-2': 20_000,
      'ap-northeast-1': 20_000,
      'eu-central-1': 20_000,
      'eu-west-2': 20_000,
    },
    families: ['symmetric', 'hmac'],
    adjustable: true,
    since: '2024-07-08',
  },
  { group: 'CryptographicOperationsRSA', rate: 1000, families: ['rsa'], adjustable: true, since: '2024-07-08' },
  {
    group: 'CryptographicOperationsECCSM2',
    rate: 1000,
    families: ['ecc', 'sm2'],
    adjustable: true,
    since: '2024-07-08',
  },
  { group: 'CryptographicOperationsMLDSA', rate: 1000, families: ['ml-dsa'], adjustable: true, since: '2025-06-13' },
  { group: 'CustomKeyStore', rate: 1800, keyStore: 'AWS_CLOUDHSM', adjustable: false },
  { group: 'CustomKeyStore', rate: 1800, keyStore: 'EXTERNAL_KEY_STORE', adjustable: true },
  ...keyPairRates.flatMap(([rate, specs]) =>
    specs.map((keyPairSpec) => ({ group: 'GenerateDataKeyPair', rate, keyPairSpec, adjustable: true })),
  ),
  ...ownRates.flatMap(([rate, operations]) => operations.map((group) => ({ group, rate, adjustable: true }))),
];

/** What a call is about; leave out what is not known. */
export interface QuotaQuestion {
  readonly keySpec?: string;
  readonly keyPairSpec?: string;
  readonly origin?: Origin;
}

/**
 * The quotas that a call of the operation counts against: none where AWS documents none, more than one where the key is
 * in a custom key store or where what is asked leaves several possible.
 */
export function requestQuotasOf(operationName: string, question: QuotaQuestion = {}): readonly RequestQuota[] {
  const groups = findOperation(operationName)?.quota ?? [];
  const family = question.keySpec === undefined ? undefined : findKeySpec(question.keySpec)?.family;
  return requestQuotas.filter(
    (quota) =>
      groups.includes(quota.group) &&
      (family === undefined || quota.families === undefined || quota.families.includes(family)) &&
      agree(quota.keyStore, question.origin) &&
      agree(quota.keyPairSpec, question.keyPairSpec),
  );
}

/** What goes without saying: a symmetric key, where the operation takes one, whose material is KMS's own. */
export function usualQuestion(operationName: string, question: QuotaQuestion): QuotaQuestion {
  const operation = findOperation(operationName);
  // GenerateRandom uses no key.
  const asked = operation?.keyUsages || operation?.keyTypes ? question : {};
  const takesSymmetric = operation?.quota.includes(SYMMETRIC) === true;
  return {
    ...(takesSymmetric ? { keySpec: 'SYMMETRIC_DEFAULT' } : {}),
    origin: 'AWS_KMS',
    ...asked,
  };
}

/** One that a request counts against besides, in the other Region that it is about. */
export interface OtherCharge {
  readonly group: string;
  readonly requests: number;
}

/** What calls that are about two Regions count for in the other one: CreateKey is tried first, then done. */
const elsewhere: Readonly<Record<string, OtherCharge>> = {
  ReplicateKey: { group: 'CreateKey', requests: 2 },
  UpdatePrimaryRegion: { group: 'UpdatePrimaryRegion', requests: 1 },
};

export function otherChargeOf(operationName: string): OtherCharge | undefined {
  return Object.hasOwn(elsewhere, operationName) ? elsewhere[operationName] : undefined;
}

/** The name of one quota, as AWS's table tells those of a group apart: `GenerateDataKeyPair (RSA_2048)`. */
export function quotaName({ group, keyPairSpec, keyStore }: RequestQuota): string {
  const which = keyPairSpec ?? keyStore;
  return which === undefined ? group : `${group} (${which})`;
}

/** The names of all quotas, and of the groups that have several. */
export const quotaNames: readonly string[] = [
  ...new Set(requestQuotas.flatMap((quota) => [quota.group, quotaName(quota)])),
];

/** Requests per second in the Region. */
export function rateIn(quota: RequestQuota, region: string): number {
  return quota.regionalRates?.[region] ?? quota.rate;
}

export interface ResourceQuota {
  readonly name: string;
  readonly limit: number;
  readonly per: string;
  readonly adjustable: boolean;
}

export const resourceQuotas: readonly ResourceQuota[] = [
  { name: 'customer managed keys', limit: 100_000, per: 'account and Region', adjustable: true },
  { name: 'aliases', limit: 50, per: 'key', adjustable: true },
  { name: 'grants', limit: 50_000, per: 'customer managed key', adjustable: true },
  { name: 'custom key stores', limit: 10, per: 'account and Region', adjustable: true },
  { name: 'on-demand rotations', limit: 25, per: 'key', adjustable: false },
  { name: 'tags', limit: 50, per: 'key', adjustable: false },
];

export interface PolicySizeQuota {
  readonly policy: 'key-policy' | 'managed' | 'role-inline' | 'user-inline' | 'group-inline' | 'scp' | 'rcp';
  readonly limit: number;
  readonly unit: 'bytes' | 'characters';
  /** Whether white space outside strings counts. Organizations' console removes it, its API does not. */
  readonly countsWhiteSpace: boolean;
  readonly since?: string;
}

/** Largest policy documents; the inline ones are the sum of all inline policies of that user, group or role. */
export const policySizeQuotas: readonly PolicySizeQuota[] = [
  { policy: 'key-policy', limit: 32_768, unit: 'bytes', countsWhiteSpace: true },
  { policy: 'managed', limit: 6144, unit: 'characters', countsWhiteSpace: false },
  { policy: 'role-inline', limit: 10_240, unit: 'characters', countsWhiteSpace: false },
  { policy: 'user-inline', limit: 2048, unit: 'characters', countsWhiteSpace: false },
  { policy: 'group-inline', limit: 5120, unit: 'characters', countsWhiteSpace: false },
  { policy: 'scp', limit: 10_240, unit: 'characters', countsWhiteSpace: true, since: '2026-05' },
  { policy: 'rcp', limit: 5120, unit: 'characters', countsWhiteSpace: true },
];

/** What is left open on either side agrees with everything. */
function agree(ofQuota: string | undefined, asked: string | undefined): boolean {
  return ofQuota === undefined || asked === undefined || ofQuota === asked;
}
