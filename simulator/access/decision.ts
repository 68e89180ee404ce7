import type { Place } from '../json/place.ts';
import type { Statement } from '../policy/document.ts';
import type { Truth } from '../policy/truth.ts';
import type { Grant } from './world.ts';

/** Every policy type that takes part in a decision, and `operation` for what KMS itself rules out. */
export type Layer =
  | 'scp'
  | 'rcp'
  | 'vpc-endpoint-policy'
  | 'operation'
  | 'key-policy'
  | 'identity-policy'
  | 'permissions-boundary'
  | 'session-policy'
  | 'grant';

export type Verdict = 'allowed' | 'denied' | 'depends';

/** What was decided and why, as data. Text for people is made from it at the edge. */
export interface Decision {
  readonly verdict: Verdict;
  /** An explicit deny comes from a Deny statement; everything else that is denied merely lacks an Allow. */
  readonly kind: 'explicit' | 'implicit';
  /** The layer that let the request in, the first that keeps it out, or the one that the verdict hangs on. */
  readonly by: Layer;
  /** The statement that decided, where one did. */
  readonly deciding: StatementResult | undefined;
  /** The grant that let the request in. */
  readonly grant?: GrantResult;
  readonly blockers: readonly Blocker[];
  /** What a verdict of `depends` hangs on; empty otherwise. */
  readonly needs: readonly Need[];
  readonly assumed: readonly Assumption[];
  readonly layers: readonly LayerResult[];
}

export interface Blocker {
  readonly layer: Layer;
  readonly kind: 'explicit' | 'implicit';
  readonly statement?: StatementResult;
  /** Of an organization's policies: the levels at which no policy allows. */
  readonly targets?: readonly string[];
}

/** Something nobody told the simulator. */
export type Need =
  /** Whether an identity policy of the caller, in its account, allows the action. */
  | { readonly type: 'identity-policy'; readonly account: string; readonly action: string }
  /** The key policy of a key for which only identity policies are known. */
  | { readonly type: 'key-policy'; readonly account: string; readonly action: string }
  | { readonly type: 'context-key'; readonly key: string; readonly place: Place; readonly effect: 'Allow' | 'Deny' }
  | { readonly type: 'placeholder'; readonly text: string; readonly place: Place; readonly effect: 'Allow' | 'Deny' }
  | { readonly type: 'key'; readonly text: string; readonly place: Place; readonly effect: 'Allow' | 'Deny' }
  | { readonly type: 'unreadable-statement'; readonly place: Place };

/** A point that AWS does not document, or that the request left open, and what was chosen. */
export interface Assumption {
  readonly id: string;
  /** One sentence. */
  readonly text: string;
}

export type LayerOutcome =
  /** An Allow of this layer lets the request in, or lets it pass. */
  | 'allows'
  /** The key policy hands the decision to the identity policies of the key's account. */
  | 'delegates'
  | 'denies'
  /** No statement speaks to the request. */
  | 'silent'
  /** It hangs on something unknown. */
  | 'depends'
  /** Nobody gave the policies of this layer, and they may matter. */
  | 'not-given'
  /** The layer has no say here: the root user has no identity policies. */
  | 'not-applicable';

export interface LayerResult {
  readonly layer: Layer;
  readonly outcome: LayerOutcome;
  /** The statements that speak of the action, in the order of the policies. Others cannot matter. */
  readonly statements: readonly StatementResult[];
  /** Of an organization's policies: each level from the root down to the account. */
  readonly levels?: readonly LevelResult[];
  /** Of grants: those on the key that have the operation. */
  readonly grants?: readonly GrantResult[];
}

/** What the policies attached to one target say. */
export interface LevelResult {
  readonly target: string;
  readonly outcome: LayerOutcome;
}

/** One grant and why it does or does not let the request in. */
export interface GrantResult {
  readonly grant: Grant;
  readonly matched: Truth;
  /** How the grant names the caller, where it does. */
  readonly principal?: PrincipalMatch;
  /** What was compared, up to the first that failed. */
  readonly checks: readonly GrantCheck[];
}

export interface GrantCheck {
  /** The member of the grant, by the name of the API. */
  readonly part:
    | 'GranteePrincipal'
    | 'GranteeServicePrincipal'
    | 'RetiringPrincipal'
    | 'RetiringServicePrincipal'
    | 'IssuingAccount'
    | 'EncryptionContextEquals'
    | 'EncryptionContextSubset'
    | 'SourceArn'
    | 'Operations';
  readonly matched: Truth;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  readonly need?: Need;
}

export interface StatementResult {
  readonly document: string | undefined;
  readonly statement: Statement;
  readonly matched: Truth;
  /** How the caller is let in where the principal matched. */
  readonly principal?: PrincipalMatch;
  /** What was compared: up to the first element that failed, and everything that is unknown. */
  readonly elements: readonly ElementResult[];
}

/**
 * `direct`: the user, the session, everyone or the service itself is named; `role`: the role of the caller's session;
 * `user`: the user who made the caller's federated session; `account`: the caller's account, which hands the decision on
 * to its identity policies.
 */
export type PrincipalMatch = 'direct' | 'role' | 'user' | 'account';

export interface ElementResult {
  readonly element:
    | 'Principal'
    | 'NotPrincipal'
    | 'Action'
    | 'NotAction'
    | 'Resource'
    | 'NotResource'
    | 'Condition'
    | 'Statement';
  readonly place: Place;
  readonly matched: Truth;
  /** What the policy says, as written. */
  readonly expected: readonly string[];
  /** What the request brings; empty where the key is absent. */
  readonly actual: readonly string[];
  /** For conditions: the operator and the key as written. */
  readonly operator?: string;
  readonly key?: string;
  /** For conditions: whether the key is in the request. */
  readonly presence?: 'present' | 'absent' | 'unknown';
  /** Why it is unknown. */
  readonly need?: Need;
}
