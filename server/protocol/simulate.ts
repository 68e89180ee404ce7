import type { DecisionJson } from './decision.ts';
import type { DocumentEdits, DocumentTarget, Range } from './places.ts';

// Access checks: what can be asked, the answer, and what may be done about it.

export type AccessOptionsParams = DocumentTarget;

/** What a document lets a person ask: offered first, never a limit. */
export interface AccessOptions {
  readonly kind: 'key-policy' | 'iam-policy' | 'scp' | 'rcp' | 'vpce-policy';
  /** The accounts that may own the key, most likely first. More than one: ask. None: ask. */
  readonly keyAccounts: readonly string[];
  readonly region: string;
  readonly principals: readonly PrincipalOption[];
  readonly actions: readonly ActionOption[];
  /** Condition keys that the document tests and that a request has to bring. */
  readonly contextKeys: readonly ContextKeyOption[];
  /** The encryption context that the statement or the document asks for. */
  readonly encryptionContext: Readonly<Record<string, string>>;
}

export interface PrincipalOption {
  /** An ARN, or `service:logs.us-east-1.amazonaws.com` for a service that calls as itself. */
  readonly principal: string;
  /** In words: `role App of 111122223333`. */
  readonly description: string;
  /** Named by the statement that was asked about. */
  readonly inStatement: boolean;
}

export interface ActionOption {
  /** `kms:Decrypt`. */
  readonly action: string;
  readonly description: string;
  readonly inStatement: boolean;
}

export interface ContextKeyOption {
  /** As the document writes it: `kms:ViaService`. */
  readonly key: string;
  /** The values that the document compares with; wildcards are kept. */
  readonly values: readonly string[];
  readonly description: string;
  readonly inStatement: boolean;
}

/** A whole what-if question. */
export interface SimulateRequest {
  /** An ARN, `root`, `root:444455556666` or `service:logs.us-east-1.amazonaws.com`. */
  readonly principal: string;
  /** `kms:Decrypt` or `Decrypt`. */
  readonly action: string;
  /** The account that owns the key; needed where the document names none or several. */
  readonly keyAccount?: string;
  /** The key's ARN; left out, a key of `keyAccount`. */
  readonly key?: string;
  readonly region?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** Condition keys; these win over what the simulator derives. A multivalued key takes a list. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** `s3` for a request that S3 forwards; sets `kms:ViaService`. */
  readonly via?: string;
}

export interface SimulateParams extends DocumentTarget {
  readonly request: SimulateRequest;
  /** Identity policies of the principal. Left out: unknown, so a delegated principal depends on them. */
  readonly identityPolicies?: readonly PolicyText[];
  /** Show the verdict in the document until it is edited. Default true. */
  readonly show?: boolean;
}

/** A policy by its file; the text is read by the server where it is left out. */
export interface PolicyText {
  readonly uri: string;
  readonly text?: string;
}

/** The answer. `decision` has the shape of `kms-lens simulate --format json`. */
export interface SimulateResult {
  readonly decision: DecisionJson;
  /** For the end of the line: `allowed by "Allow use of the key"`. */
  readonly summary: string;
  /** Where the summary stands: the deciding statement, else the statement asked about, else the first line. */
  readonly range: Range;
  /** The read-only document that explains the verdict. */
  readonly report: string;
  /** The verdict hangs on identity policies that nobody gave: offer the workspace's. */
  readonly wantsIdentityPolicies: boolean;
  /** A change of the documents would let the request in: offer it. */
  readonly canAllow: boolean;
}

/** Writes the policies of a principal into the `.kms-lens.json` nearest to a document, so that nobody is asked again. */
export interface RememberParams {
  readonly uri: string;
  /** An ARN. */
  readonly principal: string;
  /** URIs of its identity policies; empty: it has none. */
  readonly identityPolicies: readonly string[];
}

export interface RememberResult {
  /** The configuration file. */
  readonly uri: string;
  /** There is none yet: it has to be made. */
  readonly isNew: boolean;
  /** The changes of its text; empty where it says so already. */
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

export interface AllowParams {
  readonly uri: string;
}

/** One way to let the request of the shown verdict in. */
export interface AllowOption {
  /** Its place among the proposals of the verdict, which links in reports name. */
  readonly proposal: number;
  /** `Allow this in the key policy`. */
  readonly title: string;
  /** What it adds, and what is still needed beside it. */
  readonly detail: string;
  readonly documents: readonly DocumentEdits[];
}

export interface ClearParams {
  readonly uri: string;
}
