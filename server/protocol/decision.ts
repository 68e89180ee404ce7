import type { Range } from './places.ts';
import type { SimulateParams } from './simulate.ts';

// A decision as JSON, layer by layer.

/** A decision as it was made, layer by layer. */
export interface DecisionView {
  /** `Decrypt: denied`. */
  readonly title: string;
  /** Left out where a call was decided, and nobody asked. */
  readonly asked?: SimulateParams;
  readonly verdict: Verdict;
  /** One sentence. */
  readonly because: string;
  /** Who asked for what. */
  readonly request: readonly (readonly [what: string, value: string])[];
  readonly steps: readonly DecisionStep[];
}

/** A layer of policies, and what it says. */
export interface DecisionStep {
  /** `key policy`. */
  readonly title: string;
  /** `on`: hands the decision on; `none`: has no say. */
  readonly mark: 'yes' | 'no' | 'unknown' | 'on' | 'none';
  /** What it does, as the end of a sentence about it. */
  readonly words: string;
  /** The verdict is its doing. */
  readonly decides: boolean;
  readonly statements: readonly DecisionStatement[];
}

/** A statement or a grant that was looked at. */
export interface DecisionStatement {
  readonly name: string;
  readonly effect: string;
  readonly matched: boolean | 'unknown';
  readonly at?: { readonly uri: string; readonly range: Range };
  /** Its elements, each with what the request brought. */
  readonly parts: readonly { readonly name: string; readonly matched: boolean | 'unknown'; readonly words: string }[];
}

export type Verdict = 'allowed' | 'denied' | 'depends';

export interface DecisionJson {
  readonly version: 1;
  readonly verdict: Verdict;
  readonly kind: 'explicit' | 'implicit';
  /** The deciding layer. */
  readonly by: string;
  /** One sentence. */
  readonly because: string;
  readonly blockers: readonly { readonly layer: string; readonly kind: 'explicit' | 'implicit' }[];
  /** What a verdict of `depends` hangs on, a sentence each. */
  readonly needs: readonly string[];
  readonly assumed: readonly string[];
  /** AWS's own words for a denial; missing where they are not known. */
  readonly message?: MessageJson;
  /** The smallest changes that would let the request in: all of these together. Empty where there are none. */
  readonly changes: readonly ChangeJson[];
  /** Other changes that would do instead, list by list. */
  readonly alternatives: readonly (readonly ChangeJson[])[];
  /** What keeps the request out and no statement mends, a sentence each: a Deny with the condition that spares requests. */
  readonly obstacles: readonly string[];
  readonly layers: readonly LayerJson[];
}

export interface MessageJson {
  readonly text: string;
  /** What of it is not recorded from KMS, a sentence each. */
  readonly assumed: readonly string[];
}

/** One addition to one policy, as JSON Patch has it. */
export interface ChangeJson {
  readonly layer: string;
  /** null: a policy that does not exist yet, or that nobody gave. */
  readonly file: string | null;
  /** Of a service control policy: the root, organizational unit or account that it is attached to. */
  readonly target?: string;
  /** `/Statement/-` is after the last statement; the empty pointer stands for a whole new policy. */
  readonly pointer: string;
  readonly add: unknown;
}

export interface LayerJson {
  readonly layer: string;
  readonly outcome: string;
  readonly statements: readonly StatementJson[];
}

export interface StatementJson {
  readonly file: string;
  readonly pointer: string;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  /** `unknown`: the statement cannot be read or hangs on something unknown. */
  readonly matched: boolean | 'unknown';
  readonly elements: readonly ElementJson[];
}

/** One element of a statement beside what the request brought. */
export interface ElementJson {
  readonly element: string;
  readonly pointer: string;
  readonly matched: boolean | 'unknown';
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  readonly because: string;
}

export interface StatementRefJson {
  readonly file: string;
  readonly pointer: string;
  readonly sid?: string;
}
