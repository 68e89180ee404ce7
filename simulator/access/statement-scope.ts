import type { PrincipalResult } from './principal/items.ts';

/** What the statements of a layer are about, and what they see. */
export interface StatementScope {
  /** Whether statements name principals: policies of keys, endpoints and resource control policies do. */
  readonly principals: boolean;
  /** Whether conditions see the tags and aliases of the key: those of a key policy do not. */
  readonly keyTags: boolean;
}

/** Policies without principals, which see everything in the request. */
export const WITHOUT_PRINCIPALS: StatementScope = { principals: false, keyTags: true };
export const WITH_PRINCIPALS: StatementScope = { principals: true, keyTags: true };
export const KEY_POLICY: StatementScope = { principals: true, keyTags: false };

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
