import type { CompiledPolicy } from '../policy/compile.ts';

/** The policies that a request is decided against. */
export interface World {
  /** Undefined: nobody gave it, so whether the key lets anybody in is unknown. */
  readonly keyPolicy: CompiledPolicy | undefined;
  /**
   * The caller's identity policies. An empty list: it has none. Undefined: nobody gave them, and where they matter the
   * decision depends on them.
   */
  readonly identityPolicies: readonly CompiledPolicy[] | undefined;
}
