/**
 * What a key's state does to a call: the rows of AWS's key state table, shared by the operations that behave alike.
 *
 * Source: KMS Developer Guide, "Key states of AWS KMS keys", and recordings of real answers. Where the table leaves the
 * exception open ("DisabledException or KMSInvalidStateException" for keys that are pending deletion) and where its text
 * differs from what KMS sends (pending import), the rows have the recorded answer. Checked 2026-11.
 */
import type { KeyState, Origin, PlainOutcome, StateError, StateOutcome } from '../types.ts';

/** One cell for each key state. */
export type StateRow = Readonly<Record<KeyState, StateOutcome>>;

const disabled: StateError = { error: 'DisabledException', message: '<arn> is disabled.' };
const pendingDeletion = invalidState('<arn> is pending deletion.');
const notPendingDeletion = invalidState('<arn> is not pending deletion.');
const pendingImport = invalidState('<arn> is pending import.');
const unavailable = invalidState('<arn> is unavailable.');
const creating = invalidState('<arn> is creating.');
const updating = invalidState('<arn> is updating.');
/** Recorded for EXTERNAL and AWS_KMS; AWS documents the exception but no text for the custom key stores. */
const wrongOrigin: StateError = {
  error: 'UnsupportedOperationException',
  message: '<arn> origin is <origin> which is not valid for this operation.',
};

const always: StateRow = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'ok',
  PendingImport: 'ok',
  Unavailable: 'ok',
  Creating: 'ok',
  Updating: 'ok',
};

const use: StateRow = {
  Enabled: 'ok',
  Disabled: disabled,
  PendingDeletion: pendingDeletion,
  PendingImport: pendingImport,
  Unavailable: unavailable,
  Creating: creating,
  Updating: 'ok',
};

const enableOrDisable: StateRow = {
  ...always,
  PendingDeletion: pendingDeletion,
  PendingImport: pendingImport,
  Unavailable: { note: 'the call succeeds, but the state only changes when the key is available again' },
  Creating: creating,
  Updating: updating,
};

/** Keys with imported material never rotate by themselves; KMS looks at the origin before it looks at the state. */
const automaticRotation: StateRow = {
  Enabled: notIn(['EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'ok'),
  Disabled: notIn(['EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], disabled),
  PendingDeletion: notIn(['EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], pendingDeletion),
  PendingImport: wrongOrigin,
  Unavailable: wrongOrigin,
  Creating: notIn(['EXTERNAL'], creating),
  Updating: notIn(['EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'ok'),
};

const notInCustomKeyStores: StateRow = {
  Enabled: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'ok'),
  Disabled: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'ok'),
  PendingDeletion: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'ok'),
  PendingImport: 'ok',
  Unavailable: wrongOrigin,
  Creating: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'ok'),
  Updating: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'ok'),
};

/** The rows by what their operations do. */
export const stateRows = {
  /** Management that no key state stops. */
  always,
  /** Tags, descriptions, new aliases. */
  unlessPendingDeletion: { ...always, PendingDeletion: pendingDeletion },
  /** Cryptography with keys that can be in a custom key store: symmetric encryption keys. */
  use,
  /** Cryptography with keys that never are in a custom key store: asymmetric and HMAC keys. */
  useOutsideKeyStores: { ...use, Unavailable: 'n/a' },
  /** Data key pairs cannot be made under keys in custom key stores. */
  dataKeyPairs: {
    ...use,
    Enabled: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'ok'),
    Disabled: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], disabled),
    PendingDeletion: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], pendingDeletion),
    Unavailable: wrongOrigin,
  },
  createGrant: { ...use, Unavailable: 'ok' },
  getPublicKey: { ...always, PendingDeletion: pendingDeletion, Unavailable: 'n/a', Creating: creating },
  cancelKeyDeletion: {
    Enabled: notPendingDeletion,
    Disabled: notPendingDeletion,
    PendingDeletion: 'ok',
    PendingImport: notPendingDeletion,
    // A key that waits for deletion stays PendingDeletion when its key store goes away, so it can still be rescued.
    Unavailable: notPendingDeletion,
    Creating: notPendingDeletion,
    Updating: notPendingDeletion,
  },
  scheduleKeyDeletion: { ...always, PendingDeletion: pendingDeletion, Updating: updating },
  /** Moving an alias away from a key that is pending deletion works, moving it to one does not. */
  updateAlias: { ...always, PendingDeletion: { ...pendingDeletion, onlyFor: 'key' } },
  enableOrDisable,
  automaticRotation,
  getKeyRotationStatus: { ...notInCustomKeyStores, PendingImport: wrongOrigin },
  listKeyRotations: notInCustomKeyStores,
  rotateKeyOnDemand: {
    Enabled: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'ok'),
    Disabled: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], disabled),
    PendingDeletion: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], pendingDeletion),
    PendingImport: pendingImport,
    Unavailable: wrongOrigin,
    Creating: creating,
    Updating: notIn(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'ok'),
  },
  deleteImportedKeyMaterial: {
    Enabled: onlyImported('ok'),
    Disabled: onlyImported('ok'),
    PendingDeletion: onlyImported({ note: 'the material is deleted and the key stays pending deletion' }),
    PendingImport: 'ok',
    Unavailable: 'n/a',
    Creating: creating,
    Updating: updating,
  },
  getParametersForImport: {
    Enabled: onlyImported('ok'),
    Disabled: onlyImported('ok'),
    PendingDeletion: onlyImported(pendingDeletion),
    PendingImport: 'ok',
    Unavailable: wrongOrigin,
    Creating: creating,
    Updating: updating,
  },
  importKeyMaterial: {
    Enabled: onlyImported('ok'),
    Disabled: onlyImported('ok'),
    // The table says that the call fails for every key and names the exception only for other origins.
    PendingDeletion: onlyImported(pendingDeletion),
    PendingImport: 'ok',
    Unavailable: wrongOrigin,
    Creating: creating,
    Updating: 'ok',
  },
  replicateKey: { ...use, Unavailable: 'n/a', Updating: updating },
  updatePrimaryRegion: { ...use, Unavailable: 'n/a' },
} as const satisfies Readonly<Record<string, StateRow>>;

function invalidState(message: string): StateError {
  return { error: 'KMSInvalidStateException', message };
}

/** `outcome`, but for keys of the named origins the answer that their origin does not fit. */
function notIn(origins: readonly Origin[], outcome: PlainOutcome): StateOutcome {
  const of = (origin: Origin) => (origins.includes(origin) ? wrongOrigin : outcome);
  return {
    byOrigin: {
      AWS_KMS: of('AWS_KMS'),
      EXTERNAL: of('EXTERNAL'),
      AWS_CLOUDHSM: of('AWS_CLOUDHSM'),
      EXTERNAL_KEY_STORE: of('EXTERNAL_KEY_STORE'),
    },
  };
}

function onlyImported(outcome: PlainOutcome): StateOutcome {
  return notIn(['AWS_KMS', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], outcome);
}
