import type { StatementRefJson, Verdict } from './decision.ts';
import type { Range } from './places.ts';
import type { PolicyText } from './simulate.ts';

// Who may use a key, and what somebody may do.

/**
 * Who can use a key, or what a principal can do. Of a scenario, one of the two is there, as the name that the scenario has
 * for it, and a principal is asked about with all of its keys; of a policy, it is what {@link AccessTableParams} ask.
 */
export type AccessViewParams = AccessTableParams;

export interface AccessView {
  /** `Who can use orders`. */
  readonly title: string;
  readonly rows: readonly AccessViewRow[];
  /** The same as text. */
  readonly text: string;
}

export interface AccessViewRow {
  /** The principal or, where that is the question, the key. */
  readonly subject: string;
  /** The ARN behind the name. */
  readonly detail: string;
  /** Without `kms:`, those with a common beginning together: `GenerateDataKey*`. */
  readonly operations: readonly string[];
  readonly verdict: Verdict;
  /** Each way in, what limits it and what takes it away, a sentence each, with the statements that say so. */
  readonly reasons: readonly AccessViewReason[];
}

export interface AccessViewReason {
  readonly text: string;
  readonly statements: readonly {
    readonly name: string;
    readonly at?: { readonly uri: string; readonly range: Range };
  }[];
  /** What has to hold. */
  readonly provisos: readonly string[];
}

/** With a principal “what can it do?”, without one “who can use this key?”. */
export interface AccessTableParams {
  readonly uri: string;
  readonly principal?: string;
  readonly keyAccount?: string;
  readonly key?: string;
  readonly region?: string;
  /** Of the principal. Left out: unknown. */
  readonly identityPolicies?: readonly PolicyText[];
}

export interface AccessTableResult {
  readonly table: AccessTableJson;
  readonly summary: string;
  readonly report: string;
}

/** Principals × operations; operations with the same answer are one row. */
export interface AccessTableJson {
  readonly version: 1;
  /** The key's ARN, with `*` where its id is not known. */
  readonly key: string;
  readonly principals: readonly {
    /** `others`: whoever else is in an account; `anyone`: in any other account. */
    readonly kind: 'named' | 'root-user' | 'others' | 'anyone';
    /** An ARN, a service or an account; empty for `anyone`. */
    readonly name: string;
    readonly rows: readonly AccessRowJson[];
  }[];
}

export interface AccessRowJson {
  /** `kms:Decrypt`. */
  readonly operations: readonly string[];
  /** `depends`: if the provisos of one way hold; `denied`: an Allow is there, and a Deny takes it away. */
  readonly verdict: Verdict;
  /** One of them is enough. */
  readonly ways: readonly WayJson[];
  /** What policies that only limit ask for besides. */
  readonly limits: readonly HangingJson[];
  /** Deny statements that apply where their provisos hold. */
  readonly denies: readonly HangingJson[];
}

export interface WayJson {
  readonly through: 'key-policy' | 'iam' | 'grant';
  readonly statements: readonly StatementRefJson[];
  readonly grant?: string;
  readonly provisos: readonly ProvisoJson[];
}

export interface HangingJson {
  readonly layer: string;
  readonly statement: StatementRefJson;
  readonly provisos: readonly ProvisoJson[];
}

/** Something that must hold; `text` says it, the rest is the same as data. */
export interface ProvisoJson {
  readonly type: 'condition' | 'unread' | 'constraint' | 'policy';
  readonly text: string;
  readonly operator?: string;
  readonly key?: string;
  readonly values?: readonly string[];
}
