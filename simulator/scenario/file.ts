import type { Layer, Verdict } from '../access/decision.ts';

/** A scenario file as plain values: what is left of it once nothing is wrong with it. `format/` says what each means. */
export interface ScenarioFile {
  readonly description?: string;
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly now?: string;
  readonly principals?: Readonly<Record<string, PrincipalEntry>>;
  readonly organization?: OrganizationEntry;
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
export type StepKindName = 'can' | 'call' | 'wait' | 'envelope' | 'service' | 'load';

export type StepEntry = CanEntry | CallEntry | WaitEntry | EnvelopeEntry | LoadEntry | OtherStepEntry;

/** The steps that nothing here takes. */
export interface OtherStepEntry extends Readonly<Record<string, unknown>> {
  readonly can?: undefined;
  readonly call?: undefined;
  readonly wait?: undefined;
  readonly envelope?: undefined;
  readonly load?: undefined;
  readonly name?: string;
}

export interface CanEntry {
  readonly call?: undefined;
  readonly wait?: undefined;
  readonly envelope?: undefined;
  readonly load?: undefined;
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
  readonly name?: string;
  readonly wait: string;
}

export const isEnvelope = (entry: StepEntry): entry is EnvelopeEntry => entry.envelope !== undefined;

export interface EnvelopeEntry {
  readonly can?: undefined;
  readonly call?: undefined;
  readonly wait?: undefined;
  readonly load?: undefined;
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
  readonly expect?: 'ok' | { readonly error: string };
}

export const isLoad = (entry: StepEntry): entry is LoadEntry => entry.load !== undefined;

export interface LoadEntry {
  readonly can?: undefined;
  readonly call?: undefined;
  readonly wait?: undefined;
  readonly envelope?: undefined;
  readonly name?: string;
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
  readonly caching?: {
    readonly maxAge: string;
    readonly maxMessages?: number;
    readonly maxBytes?: number;
    readonly messageBytes?: number;
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

/** The parts of a message that a step can change. */
export const tamperings = ['none', 'ciphertext', 'tag', 'header', 'encrypted-data-key'] as const;

export type Tampering = (typeof tamperings)[number];

export interface ExpectedVerdict {
  readonly verdict: Verdict;
  readonly kind?: 'explicit' | 'implicit';
  readonly by?: Layer;
}
