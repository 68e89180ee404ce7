/** What most rows of the operations table have in common, so that a row shows only what is its own. */
import type { KmsErrorFact, KmsOperation } from '../types.ts';
import { stateRows } from './states.ts';

type Common =
  | 'permissions'
  | 'crossAccount'
  | 'encryptionContext'
  | 'grantOperations'
  | 'acceptsGrantTokens'
  | 'acceptsDryRun'
  | 'acceptsAlias'
  | 'quota';

type Row = Omit<KmsOperation, Common> & Partial<Pick<KmsOperation, Common>>;

/** A management operation: its own permission on the key, in the key's account only, with a request quota of its own. */
export function management(row: Row): KmsOperation {
  return {
    permissions: [{ action: row.name, on: 'key' }],
    crossAccount: 'no',
    encryptionContext: false,
    grantOperations: [],
    acceptsGrantTokens: false,
    acceptsDryRun: false,
    acceptsAlias: false,
    quota: [row.name],
    ...row,
  };
}

/** A management operation that concerns no key, or none that exists: only identity policies decide. */
export function withoutKey(row: Row): KmsOperation {
  return management({ permissions: [{ action: row.name, on: 'none' }], ...row });
}

/** A cryptographic operation: usable across accounts, through grants and through aliases, and open to dry runs. */
export function cryptographic(row: Row): KmsOperation {
  return management({
    crossAccount: 'yes',
    grantOperations: [row.name],
    acceptsGrantTokens: true,
    acceptsDryRun: true,
    acceptsAlias: true,
    wrongKey: wrongUsage(row.name),
    keyStates: stateRows.useOutsideKeyStores,
    ...row,
  });
}

function wrongUsage(operation: string): KmsErrorFact {
  return {
    error: 'InvalidKeyUsageException',
    message: `<arn> key usage is <usage> which is not valid for ${operation}.`,
  };
}
