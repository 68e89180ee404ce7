import type { Place } from '../json/place.ts';
import type { CompiledPolicy } from '../policy/compile.ts';

/**
 * The policies and grants that a request is decided against. What is left out does not exist, but for the key policy and
 * the identity policies, which may be unknown.
 */
export interface World {
  /** Undefined: nobody gave it, so whether the key lets anybody in is unknown. */
  readonly keyPolicy: CompiledPolicy | undefined;
  /**
   * The caller's identity policies. An empty list: it has none. Undefined: nobody gave them, and where they matter the
   * decision depends on them.
   */
  readonly identityPolicies: readonly CompiledPolicy[] | undefined;
  /** The boundary of the calling user or role. */
  readonly permissionsBoundary?: CompiledPolicy;
  /** The policies passed when the session was made, inline and managed; one of them is enough. Empty: none was passed. */
  readonly sessionPolicies?: readonly CompiledPolicy[];
  /**
   * SCPs of the caller's account, from the organization's root down to the account. Each level must allow, so
   * FullAWSAccess is one of the policies where it is attached. Left out: the account is in no organization, or manages it.
   */
  readonly serviceControlPolicies?: readonly PolicyLevel[];
  /** RCPs of the key's account, likewise. RCPFullAWSAccess cannot be detached and need not be among them. */
  readonly resourceControlPolicies?: readonly PolicyLevel[];
  /** The policy of the VPC endpoint that the request came through. Left out: it came through none. */
  readonly vpcEndpointPolicy?: CompiledPolicy;
  /** The grants on the request's key. */
  readonly grants?: readonly Grant[];
}

/** The policies of one kind attached to one target: the root, an organizational unit or an account. */
export interface PolicyLevel {
  /** `r-ab12`, `ou-ab12-11111111` or `111122223333`. */
  readonly target: string;
  readonly policies: readonly CompiledPolicy[];
}

/**
 * A grant on the key of a request, by the names of the API.
 * Source: KMS API Reference, CreateGrant and GrantConstraints; checked 2026-11.
 */
export interface Grant {
  /** Its name or id, for explanations. */
  readonly name: string;
  /** Its GrantId, where it has one. */
  readonly id?: string;
  /** Where it is written. */
  readonly place?: Place;
  /** An ARN of a user, role, session, federated user or account; exactly one of this and the service is there. */
  readonly granteePrincipal?: string;
  readonly granteeServicePrincipal?: string;
  readonly retiringPrincipal?: string;
  readonly retiringServicePrincipal?: string;
  /** The account that created it. Left out: not known. */
  readonly issuingAccount?: string;
  /** API operations: `Decrypt`, `ReEncryptFrom`, `CreateGrant`. */
  readonly operations: readonly string[];
  /** The request's encryption context is exactly this. */
  readonly encryptionContextEquals?: Readonly<Record<string, string>>;
  /** The request's encryption context holds all of these pairs. */
  readonly encryptionContextSubset?: Readonly<Record<string, string>>;
  /** The resource that a service calls for (`aws:SourceArn`). */
  readonly sourceArn?: string;
}
