import type { Layer, Verdict } from '../access/decision.ts';
import type { ExternalKeyStatus } from '../facts/key-stores.ts';
import type { ServiceMember } from '../facts/service-operations.ts';
import type { KeyStoreType } from '../facts/types.ts';

/** A scenario file as plain values: what is left of it once nothing is wrong with it. `format/` says what each means. */
export interface ScenarioFile {
  readonly description?: string;
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly now?: string;
  readonly principals?: Readonly<Record<string, PrincipalEntry>>;
  readonly organization?: OrganizationEntry;
  readonly customKeyStores?: Readonly<Record<string, KeyStoreEntry>>;
  readonly keys?: Readonly<Record<string, KeyEntry>>;
  readonly grants?: Readonly<Record<string, GrantEntry>>;
  readonly vpcEndpoints?: Readonly<Record<string, { readonly policy?: PolicyEntry }>>;
  readonly grantConsistencyDelay?: string;
  readonly quotas?: Readonly<Record<string, number>>;
  readonly steps?: readonly StepEntry[];
}

/** A path, or the policy itself. */
export type PolicyEntry = string | object;

type Texts = Readonly<Record<string, string>>;

export interface PrincipalEntry {
  readonly arn: string;
  readonly policies?: readonly PolicyEntry[];
  readonly permissionsBoundary?: PolicyEntry;
  readonly sessionPolicies?: readonly PolicyEntry[];
  readonly sessionName?: string;
  readonly tags?: Texts;
  readonly mfa?: boolean;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
}

export interface OrganizationEntry {
  readonly id: string;
  readonly managementAccount?: string;
  readonly accounts?: Readonly<Record<string, { readonly path: string }>>;
  readonly targets?: Readonly<Record<string, TargetEntry>>;
}

export interface TargetEntry {
  readonly scps?: readonly PolicyEntry[];
  readonly rcps?: readonly PolicyEntry[];
  readonly fullAwsAccess?: boolean;
}

export interface KeyEntry {
  readonly policy?: PolicyEntry;
  readonly account?: string;
  readonly region?: string;
  readonly id?: string;
  readonly spec?: string;
  readonly usage?: string;
  readonly origin?: string;
  readonly multiRegion?: boolean;
  readonly replicas?: readonly string[];
  readonly state?: string;
  readonly aliases?: readonly string[];
  readonly tags?: Texts;
  readonly rotation?: { readonly enabled: boolean; readonly periodInDays?: number };
  readonly customKeyStore?: string;
  readonly externalKey?: string;
}

/** A custom key store with what stands behind it. */
export interface KeyStoreEntry extends BackendState {
  readonly type?: KeyStoreType;
  readonly account?: string;
  readonly region?: string;
  readonly id?: string;
  readonly cluster?: string;
  readonly endpoint?: string;
  readonly path?: string;
  readonly state?: 'CONNECTED' | 'DISCONNECTED';
  readonly created?: boolean;
}

/** How a CloudHSM cluster, or a proxy and the key manager behind it, does. */
export interface BackendState {
  /** A ConnectionErrorCode, or `none`. */
  readonly error?: string;
  readonly hsms?: number;
  readonly externalKeys?: Readonly<Record<string, ExternalKeyStatus>>;
}

export interface GrantEntry {
  readonly key: string;
  readonly GranteePrincipal?: string;
  readonly GranteeServicePrincipal?: string;
  readonly RetiringPrincipal?: string;
  readonly RetiringServicePrincipal?: string;
  readonly Operations: readonly string[];
  readonly Constraints?: {
    readonly EncryptionContextSubset?: Texts;
    readonly EncryptionContextEquals?: Texts;
    readonly SourceArn?: string;
  };
  readonly createdBy?: string;
}

/** The kinds of step, by the member that makes a step one. */
export type StepKindName = 'can' | 'call' | 'wait' | 'envelope' | 'backend' | 'service' | 'load';

export type StepEntry = CanEntry | CallEntry | WaitEntry | EnvelopeEntry | BackendEntry | ServiceEntry | LoadEntry;

export interface CanEntry {
  readonly call?: undefined;
  readonly wait?: undefined;
  readonly envelope?: undefined;
  readonly load?: undefined;
  readonly service?: undefined;
  readonly backend?: undefined;
  readonly name?: string;
  readonly can: string;
  readonly as?: string;
  readonly on?: string;
  readonly to?: string;
  readonly encryptionContext?: Texts;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly via?: string;
  readonly grantTokens?: readonly string[];
  readonly vpce?: string;
  readonly context?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly expect?: Verdict | ExpectedVerdict;
}

export const isCan = (entry: StepEntry): entry is CanEntry => entry.can !== undefined;

export const isCall = (entry: StepEntry): entry is CallEntry => entry.call !== undefined;

export interface CallEntry {
  readonly can?: undefined;
  readonly wait?: undefined;
  readonly envelope?: undefined;
  readonly load?: undefined;
  readonly service?: undefined;
  readonly backend?: undefined;
  readonly name?: string;
  readonly call: string;
  readonly as?: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly region?: string;
  readonly via?: string;
  readonly vpce?: string;
  readonly context?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly save?: string;
  readonly expect?: 'ok' | { readonly error?: string; readonly ok?: Readonly<Record<string, unknown>> };
}

export const isWait = (entry: StepEntry): entry is WaitEntry => entry.wait !== undefined;

export interface WaitEntry {
  readonly can?: undefined;
  readonly call?: undefined;
  readonly envelope?: undefined;
  readonly load?: undefined;
  readonly service?: undefined;
  readonly backend?: undefined;
  readonly name?: string;
  readonly wait: string;
}

export const isEnvelope = (entry: StepEntry): entry is EnvelopeEntry => entry.envelope !== undefined;

export interface EnvelopeEntry {
  readonly can?: undefined;
  readonly call?: undefined;
  readonly wait?: undefined;
  readonly load?: undefined;
  readonly service?: undefined;
  readonly backend?: undefined;
  readonly name?: string;
  /** The key. */
  readonly envelope: string;
  readonly as?: string;
  readonly payload: string;
  readonly encryptionContext?: Texts;
  readonly decrypt?: {
    readonly as?: string;
    /** Pairs that the message must have, among others. */
    readonly encryptionContext?: Texts;
    readonly tamper?: Tampering;
  };
  /** How many messages, one after the other; 1 where it is left out. */
  readonly messages?: number;
  /** How far the clock moves after each of them. */
  readonly every?: string;
  readonly caching?: CachingEntry;
  readonly expect?: 'ok' | ExpectedTrip;
}

export const isLoad = (entry: StepEntry): entry is LoadEntry => entry.load !== undefined;

export interface LoadEntry {
  readonly can?: undefined;
  readonly call?: undefined;
  readonly wait?: undefined;
  readonly envelope?: undefined;
  readonly name?: string;
  readonly service?: undefined;
  readonly backend?: undefined;
  /** How often, by the operation of KMS or the request to S3. */
  readonly load: Readonly<Record<string, number>>;
  readonly per?: LoadUnit;
  readonly for?: string;
  readonly as?: string;
  readonly region?: string;
  readonly on?: string;
  readonly keySpec?: string;
  readonly keyPairSpec?: string;
  readonly quotas?: Readonly<Record<string, number>>;
  readonly bucketKey?: boolean;
  readonly caching?: CachingEntry & {
    /** A size. */
    readonly messageBytes?: string;
    readonly hosts?: number;
  };
  readonly expect?: ExpectedLoad;
}

export interface ExpectedLoad {
  readonly throttled: boolean;
  /** The quota that refuses first, and in which second from 1. */
  readonly quota?: string;
  readonly fromSecond?: number;
  /** How many calls of each operation are refused in all. */
  readonly refused?: Readonly<Record<string, number>>;
}

/** In seconds. */
export const loadUnits = { second: 1, minute: 60, hour: 3600 } as const;

export type LoadUnit = keyof typeof loadUnits;

/** The limits of data key caching, as in the AWS Encryption SDK. */
export interface CachingEntry {
  readonly maxAge: string;
  readonly maxMessages?: number;
  /** A size: `10MiB`. */
  readonly maxBytes?: string;
}

export interface ExpectedTrip {
  readonly error?: string;
  /** How often each operation is called. */
  readonly calls?: Readonly<Partial<Record<TripCall, number>>>;
}

/** What a round trip calls. */
export const tripCalls = ['GenerateDataKey', 'Decrypt'] as const;

export type TripCall = (typeof tripCalls)[number];

/** More take too long to wait for. */
export const MOST_MESSAGES = 10_000;

export const isService = (entry: StepEntry): entry is ServiceEntry => entry.service !== undefined;

/** Besides what is here it has members of the service's own: `bucket`, `volume`. */
export interface ServiceEntry extends Partial<Readonly<Record<ServiceMember, string | boolean>>> {
  readonly can?: undefined;
  readonly call?: undefined;
  readonly wait?: undefined;
  readonly envelope?: undefined;
  readonly name?: string;
  readonly load?: undefined;
  readonly backend?: undefined;
  readonly service: string;
  readonly do: string;
  readonly as?: string;
  readonly key?: string;
  readonly region?: string;
  readonly context?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly save?: string;
  readonly expect?: 'ok' | ServiceExpectation;
}

export interface ServiceExpectation {
  readonly error?: string;
  /** The calls of KMS, in their order. */
  readonly calls?: readonly (string | ExpectedCall)[];
}

export interface ExpectedCall {
  readonly call: string;
  readonly as?: string;
  readonly encryptionContext?: Texts;
}

export const isBackend = (entry: StepEntry): entry is BackendEntry => entry.backend !== undefined;

export interface BackendEntry extends BackendState {
  readonly can?: undefined;
  readonly call?: undefined;
  readonly wait?: undefined;
  readonly envelope?: undefined;
  readonly name?: string;
  readonly load?: undefined;
  readonly service?: undefined;
  /** The key store. */
  readonly backend: string;
}

/** The parts of a message that a step can change. */
export const tamperings = ['none', 'ciphertext', 'tag', 'header', 'encrypted-data-key'] as const;

export type Tampering = (typeof tamperings)[number];

export interface ExpectedVerdict {
  readonly verdict: Verdict;
  readonly kind?: 'explicit' | 'implicit';
  readonly by?: Layer;
}
