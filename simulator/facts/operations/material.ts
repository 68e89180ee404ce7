/** Rotation and imported key material. Source: AWS KMS API Reference; `@aws-sdk/client-kms` 3.1164.0. Checked 2026-11. */
import type { KeyType, KmsErrorFact, KmsOperation } from '../types.ts';
import { management } from './row.ts';
import { stateRows } from './states.ts';

const symmetricOnly: readonly KeyType[] = ['symmetric'];
/** KMS sends no message with it. */
const cannotRotate: KmsErrorFact = { error: 'UnsupportedOperationException' };

export const materialOperations: readonly KmsOperation[] = [
  management({
    name: 'EnableKeyRotation',
    summary: 'Turns on automatic rotation every 90 to 2,560 days, 365 if no period is given.',
    keyTypes: symmetricOnly,
    wrongKey: cannotRotate,
    keyStates: stateRows.automaticRotation,
  }),
  management({
    name: 'DisableKeyRotation',
    summary: 'Turns off automatic rotation; older key material stays for decryption.',
    keyTypes: symmetricOnly,
    wrongKey: cannotRotate,
    keyStates: stateRows.automaticRotation,
  }),
  management({
    name: 'GetKeyRotationStatus',
    summary:
      'Returns whether a key rotates automatically, how often, when next, and whether an on-demand rotation is under way.',
    crossAccount: 'yes',
    keyStates: stateRows.getKeyRotationStatus,
    assumed:
      "For a key with imported material AWS's key state table names an error only while it is pending import; in 2021 KMS still answered UnsupportedOperationException in every state.",
  }),
  management({
    name: 'ListKeyRotations',
    summary: 'Lists the completed rotations of a key or all of its key material.',
    keyStates: stateRows.listKeyRotations,
    since: '2024-04-12',
  }),
  management({
    name: 'RotateKeyOnDemand',
    summary:
      'Rotates the key material now, at most 25 times in the life of a key, without moving the automatic schedule.',
    keyTypes: symmetricOnly,
    wrongKey: cannotRotate,
    keyStates: stateRows.rotateKeyOnDemand,
    since: '2024-04-12',
  }),
  management({
    name: 'GetParametersForImport',
    summary: 'Returns a public key to wrap key material with and an import token, both good for 24 hours.',
    keyStates: stateRows.getParametersForImport,
  }),
  management({
    name: 'ImportKeyMaterial',
    summary:
      "Puts the caller's own wrapped key material into a key with origin EXTERNAL, with or without a date on which it expires.",
    keyStates: stateRows.importKeyMaterial,
    assumed:
      "For an imported key that is pending deletion AWS's key state table says that the call fails and not how; KMSInvalidStateException is what the neighbouring operations answer.",
  }),
  management({
    name: 'DeleteImportedKeyMaterial',
    summary: 'Deletes imported key material at once; the key is useless until the same material is imported again.',
    keyStates: stateRows.deleteImportedKeyMaterial,
  }),
];
