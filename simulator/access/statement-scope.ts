import type { Place } from '../json/place.ts';
import type { Truth } from '../policy/truth.ts';
import type { AssumptionId } from './assumptions.ts';
import type { StatementResult } from './decision.ts';
import type { PrincipalResult } from './principal/items.ts';

/** What a statement says to one request. */
export interface StatementMatch {
  readonly result: StatementResult;
  /** Whether it speaks to the caller itself (in policies without principals: at all). */
  readonly direct: Truth;
  /** Whether it speaks to the role of the caller's session, or to the user who made it. */
  readonly role: Truth;
  /** Whether it speaks to the caller's account, which hands the decision on. */
  readonly account: Truth;
  readonly assumed: readonly AssumptionId[];
}

export interface StatementScope {
  /** Whether statements name principals: policies of keys, endpoints and resource control policies do. */
  readonly principals: boolean;
  /** Whether conditions see the tags and aliases of the key: those of a key policy do not. */
  readonly keyTags: boolean;
}

export const NOTHING: readonly AssumptionId[] = [];

/** Tags and aliases of the key are visible to identity policies only. */
export function hidesFromKeyPolicies(key: string): boolean {
  return key.startsWith('aws:resourcetag/') || key === 'kms:resourcealiases';
}

/** In policies without principals every statement is about the caller. */
export const EVERYBODY: PrincipalResult = {
  direct: true,
  role: false,
  account: false,
  how: undefined,
  assumed: undefined,
};

export function placeIn(document: string | undefined, path: Place['path']): Place {
  return document === undefined ? { path } : { document, path };
}
