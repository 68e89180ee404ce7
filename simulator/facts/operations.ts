/**
 * One row per KMS API operation, 56 in all: what it needs, for whom, on which keys and in which key states it works.
 *
 * Sources: AWS KMS API Reference, as in the doc comments of npm package `@aws-sdk/client-kms` 3.1164.0 (Apache-2.0);
 * KMS Developer Guide, "AWS KMS permissions", "Key states of AWS KMS keys", "Request quotas". Checked 2026-11.
 */
import { administrationOperations } from './operations/administration.ts';
import { aliasOperations } from './operations/aliases.ts';
import { asymmetricOperations } from './operations/asymmetric.ts';
import { encryptionOperations } from './operations/encryption.ts';
import { grantApiOperations } from './operations/grants.ts';
import { keyOperations } from './operations/keys.ts';
import { materialOperations } from './operations/material.ts';
import type { KmsOperation } from './types.ts';

export const kmsOperations: readonly KmsOperation[] = [
  ...encryptionOperations,
  ...asymmetricOperations,
  ...keyOperations,
  ...grantApiOperations,
  ...aliasOperations,
  ...materialOperations,
  ...administrationOperations,
].sort((a, b) => (a.name < b.name ? -1 : 1));

const exactly = new Map(kmsOperations.map((operation) => [operation.name, operation]));
const byName = new Map(kmsOperations.map((operation) => [operation.name.toLowerCase(), operation]));
const byAction = actionIndex();

/** How deep requests may be: none of the API is half as deep. */
export const DEEPEST_REQUEST = 16;

/** The API operation with this name, in any case and without `kms:`. */
export function findOperation(name: string): KmsOperation | undefined {
  return exactly.get(name) ?? byName.get(name.toLowerCase());
}

/** The API operations that ask for this permission; the action's name in any case and without `kms:`. */
export function operationsOf(actionName: string): readonly KmsOperation[] {
  return byAction.get(actionName.toLowerCase()) ?? [];
}

function actionIndex(): ReadonlyMap<string, readonly KmsOperation[]> {
  const index = new Map<string, KmsOperation[]>();
  for (const operation of kmsOperations) {
    for (const action of new Set(operation.permissions.map((permission) => permission.action.toLowerCase()))) {
      index.set(action, [...(index.get(action) ?? []), operation]);
    }
  }
  return index;
}
