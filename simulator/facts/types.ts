/** The shapes of the fact tables. Every floor above reads them; a fact that stands in two tables is a defect. */

/** What a permission lets its holder do, as the Service Authorization Reference classes it. */
export type AccessLevel = 'Read' | 'List' | 'Write' | 'Permissions management' | 'Tagging';

/** The kind of resource that a permission is decided on. `none`: the action has no resource, `Resource` must be `"*"`. */
export type ResourceType = 'key' | 'alias' | 'none';

/** One permission: what stands in an `Action` element, `kms:` left out. */
export interface KmsAction {
  /** `Decrypt`, `ReEncryptFrom`, … in AWS's own capitals. */
  readonly name: string;
  /** One sentence of ours that says what the permission allows. */
  readonly summary: string;
  readonly access: readonly AccessLevel[];
  readonly resources: readonly ResourceType[];
  /** Condition keys in AWS's spelling, templates as `kms:EncryptionContext:${EncryptionContextKey}`; those of the resource type are left out. */
  readonly conditionKeys: readonly string[];
  /** The API operations that ask for this permission; empty for SynchronizeMultiRegionKey, which KMS itself uses. */
  readonly operations: readonly string[];
  /** When the action was added, `YYYY-MM` or `YYYY-MM-DD`, for those newer than mid 2023. */
  readonly since?: string;
}

export type KeyUsage =
  | 'ENCRYPT_DECRYPT'
  | 'SIGN_VERIFY'
  | 'GENERATE_VERIFY_MAC'
  | 'KEY_AGREEMENT'
  | 'ENCAPSULATE_DECAPSULATE';

/** `symmetric`: symmetric encryption keys; HMAC keys, though symmetric, are a type of their own. */
export type KeyType = 'symmetric' | 'asymmetric' | 'hmac';

/** Where the key material comes from. AWS_CLOUDHSM and EXTERNAL_KEY_STORE are the two kinds of custom key store. */
export type Origin = 'AWS_KMS' | 'EXTERNAL' | 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';

/** The kinds of custom key store, which are also the origins of their keys. */
export type KeyStoreType = Extract<Origin, 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE'>;

/** A permission that an operation needs, and on what. */
export interface NeededPermission {
  /** The action's name without `kms:`. */
  readonly action: string;
  /**
   * The resource it is decided on.
   * `key`: the key that the request names, for UpdateAlias the one the alias will point to.
   * `source-key`, `destination-key`: ReEncrypt's two keys. `previous-key`: the key that UpdateAlias takes the alias from.
   * `replica-key`: the replica that UpdatePrimaryRegion makes the primary, decided in that replica's Region.
   * `replica-region`: no key yet, an identity policy must allow it in the replica's Region.
   * `new-key`: the key that the call is making, so only identity policies count. `alias`: the alias, identity policies too.
   * `none`: no resource, identity policies with `Resource` `"*"`.
   */
  readonly on:
    | 'key'
    | 'source-key'
    | 'destination-key'
    | 'previous-key'
    | 'replica-key'
    | 'replica-region'
    | 'new-key'
    | 'alias'
    | 'none';
  /** Only where the request asks for it, in words: `when Tags are given`. */
  readonly when?: string;
  /**
   * `grant`: the grant says who may (RetireGrant). Key policies and RCPs have no effect on it; identity policies can deny
   * it, and delegate what their account may.
   */
  readonly decidedBy?: 'grant';
}

/** One row per KMS API operation. */
export interface KmsOperation {
  readonly name: string;
  readonly summary: string;
  readonly permissions: readonly NeededPermission[];
  /** Whether callers of another account may use it: `own-principal` for ListRetirableGrants. */
  readonly crossAccount: 'yes' | 'no' | 'own-principal';
  /** Whether the request carries an encryption context (symmetric encryption keys only). */
  readonly encryptionContext: boolean;
  /** The grant operations that allow it; empty where no grant can. */
  readonly grantOperations: readonly string[];
  readonly acceptsGrantTokens: boolean;
  readonly acceptsDryRun: boolean;
  /** Whether KeyId may be an alias. */
  readonly acceptsAlias: boolean;
  /** Key usages for which the operation works; left out where the usage does not matter. */
  readonly keyUsages?: readonly KeyUsage[];
  /** Key types for which the operation works; left out where the type does not matter. */
  readonly keyTypes?: readonly KeyType[];
  /** The answer for a key whose usage or type does not fit; there with `keyUsages` or `keyTypes`, where AWS's answer is known. */
  readonly wrongKey?: KmsErrorFact;
  /** What happens in each key state; left out for operations that use no existing key. */
  readonly keyStates?: Readonly<Record<KeyState, StateOutcome>>;
  /** The request quota groups a call can count against, keys of the quota table: which one depends on the key. Empty where AWS documents none. */
  readonly quota: readonly string[];
  readonly since?: string;
  /** What this row takes by analogy because AWS does not document it, in words. */
  readonly assumed?: string;
}

/**
 * An exception of KMS. In the message `<arn>` stands for the key's ARN, `<origin>` and `<usage>` for the key's own;
 * without a message KMS sends none, or none is known.
 */
export interface KmsErrorFact {
  readonly error: string;
  readonly message?: string;
}

/** PendingReplicaDeletion behaves as PendingDeletion does. */
export type KeyState =
  | 'Enabled'
  | 'Disabled'
  | 'PendingDeletion'
  | 'PendingImport'
  | 'Unavailable'
  | 'Creating'
  | 'Updating';

/** The exception of a call that the key's state or origin rules out. */
export interface StateError extends KmsErrorFact {
  /** UpdateAlias: only where the key that the alias will point to is in that state. */
  readonly onlyFor?: 'key';
}

/** The call succeeds, but not in the plain way. */
export interface StateNote {
  readonly note: string;
}

/** `ok`, `n/a` (a key of this operation never is in that state), `ok` with a remark, or the exception. */
export type PlainOutcome = 'ok' | 'n/a' | StateNote | StateError;

/** What happens in one key state, where needed by the origin of the key material. */
export type StateOutcome = PlainOutcome | { readonly byOrigin: Readonly<Record<Origin, PlainOutcome>> };

export type ConditionKeyType = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress' | 'Binary';

/** One condition key, global or of KMS. */
export interface ConditionKey {
  /** AWS's spelling; keys with a variable part end in a template: `kms:EncryptionContext:${EncryptionContextKey}`, `aws:PrincipalTag/${TagKey}`. */
  readonly name: string;
  readonly type: ConditionKeyType;
  /** Other types whose operators AWS documents for the key. */
  readonly alsoTypes?: readonly ConditionKeyType[];
  /** Several values in one request: wants ForAllValues or ForAnyValue. */
  readonly multivalued: boolean;
  /** One sentence of ours: what the value is. */
  readonly summary: string;
  /** One sentence: in which requests the key is present. */
  readonly present: string;
  /** Allowed values where AWS has a fixed list. */
  readonly values?: readonly string[];
  /** Lowest and highest number that the template's variable part can be, for `…PCR${PcrId}`. */
  readonly variableRange?: readonly [number, number];
  /** Where policies of only some kinds see the key. */
  readonly onlyIn?: readonly ('key-policy' | 'identity-policy')[];
  readonly deprecated?: { readonly use: string };
  readonly since?: string;
}

export interface Source {
  readonly title: string;
  readonly url: string;
}
