/**
 * The operations that a grant can allow: names of permissions, so ReEncrypt stands as ReEncryptFrom and ReEncryptTo.
 * Which operations these are and the keys they fit is read from the operations table.
 *
 * Source: KMS Developer Guide, "Grants in AWS KMS" and "Creating grants"; AWS KMS API Reference, CreateGrant and
 * GrantConstraints. Checked 2026-11.
 */
import { kmsOperations } from './operations.ts';
import type { KeyType, KeyUsage, KmsOperation } from './types.ts';

export interface GrantOperation {
  /** A value of CreateGrant's Operations; no `kms:` before it. */
  readonly name: string;
  /** The API operation that it allows, or for ReEncrypt half of it. */
  readonly operation: KmsOperation;
  /** The usages of keys whose grants can have it; left out where the usage does not matter. */
  readonly keyUsages?: readonly KeyUsage[];
  /** The types of keys whose grants can have it; left out where the type does not matter. */
  readonly keyTypes?: readonly KeyType[];
  /**
   * What an encryption context constraint of the grant does to it. `request`: the request's context must satisfy it.
   * `child-grant`: the new grant's constraint must be as strict. `ignored`: nothing. `impossible`: the operation carries
   * no context and only works with keys whose grants cannot have such a constraint.
   */
  readonly contextConstraint: 'request' | 'child-grant' | 'ignored' | 'impossible';
}

export const grantOperations: readonly GrantOperation[] = kmsOperations
  .flatMap((operation) => operation.grantOperations.map((name) => grantOperation(name, operation)))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

export const grantOperationNames: readonly string[] = grantOperations.map(({ name }) => name);

const byName = new Map(grantOperations.map((operation) => [operation.name, operation]));

/** The grant operation with exactly this name; CreateGrant takes no other spelling. */
export function findGrantOperation(name: string): GrantOperation | undefined {
  return byName.get(name);
}

/** Whether a grant on a key of this type and usage can have the operation; CreateGrant refuses others. */
export function fitsKey(operation: GrantOperation, type: KeyType, usage: KeyUsage): boolean {
  const fitsType = operation.keyTypes === undefined || operation.keyTypes.includes(type);
  const fitsUsage = operation.keyUsages === undefined || operation.keyUsages.includes(usage);
  return fitsType && fitsUsage;
}

function grantOperation(name: string, operation: KmsOperation): GrantOperation {
  const { keyUsages, keyTypes } = operation;
  return {
    name,
    operation,
    ...(keyUsages === undefined ? {} : { keyUsages }),
    ...(keyTypes === undefined ? {} : { keyTypes }),
    contextConstraint: contextConstraint(operation),
  };
}

function contextConstraint(operation: KmsOperation): GrantOperation['contextConstraint'] {
  if (operation.encryptionContext) return 'request';
  if (operation.name === 'CreateGrant') return 'child-grant';
  if (operation.name === 'DescribeKey' || operation.name === 'RetireGrant') return 'ignored';
  return 'impossible';
}
