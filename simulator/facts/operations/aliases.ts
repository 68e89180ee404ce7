/**
 * Aliases. Each call needs its permission on the alias, from an identity policy, and on every key involved.
 * Source: AWS KMS API Reference; KMS Developer Guide, "Controlling access to aliases". Checked 2026-11.
 */
import type { KmsOperation } from '../types.ts';
import { management, withoutKey } from './row.ts';
import { stateRows } from './states.ts';

export const aliasOperations: readonly KmsOperation[] = [
  management({
    name: 'CreateAlias',
    summary: 'Gives a key a friendly name, unique in the account and Region.',
    permissions: [
      { action: 'CreateAlias', on: 'alias' },
      { action: 'CreateAlias', on: 'key' },
    ],
    keyStates: stateRows.unlessPendingDeletion,
  }),
  management({
    name: 'UpdateAlias',
    summary: 'Points an alias at another key of the same type and usage.',
    permissions: [
      { action: 'UpdateAlias', on: 'alias' },
      { action: 'UpdateAlias', on: 'previous-key' },
      { action: 'UpdateAlias', on: 'key' },
    ],
    keyStates: stateRows.updateAlias,
  }),
  management({
    name: 'DeleteAlias',
    summary: 'Deletes an alias; the key stays as it is.',
    permissions: [
      { action: 'DeleteAlias', on: 'alias' },
      { action: 'DeleteAlias', on: 'key' },
    ],
    keyStates: stateRows.always,
  }),
  withoutKey({
    name: 'ListAliases',
    summary: 'Lists the aliases of the account in the Region, all or those of one key.',
    keyStates: stateRows.always,
  }),
];
