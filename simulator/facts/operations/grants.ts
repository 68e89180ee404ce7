/** Grants. Source: AWS KMS API Reference; KMS Developer Guide, "Grants in AWS KMS". Checked 2026-11. */
import type { KmsOperation } from '../types.ts';
import { management, withoutKey } from './row.ts';
import { stateRows } from './states.ts';

export const grantApiOperations: readonly KmsOperation[] = [
  management({
    name: 'CreateGrant',
    summary:
      'Adds a grant to a key: lets one principal use named operations on it, if wanted only with certain encryption contexts.',
    crossAccount: 'yes',
    grantOperations: ['CreateGrant'],
    acceptsGrantTokens: true,
    acceptsDryRun: true,
    keyStates: stateRows.createGrant,
  }),
  management({
    name: 'ListGrants',
    summary: 'Lists the grants of a key, all or those of one grantee; it returns grant ids but no grant tokens.',
    crossAccount: 'yes',
    keyStates: stateRows.always,
  }),
  withoutKey({
    name: 'ListRetirableGrants',
    summary: "Lists the grants that a principal of the caller's account may retire, on whatever keys they are.",
    crossAccount: 'own-principal',
  }),
  management({
    name: 'RetireGrant',
    summary:
      'Deletes a grant on behalf of those it names: its retiring principal, or its grantee where the grant includes RetireGrant.',
    permissions: [{ action: 'RetireGrant', on: 'key', decidedBy: 'grant' }],
    crossAccount: 'yes',
    grantOperations: ['RetireGrant'],
    acceptsDryRun: true,
    keyStates: stateRows.always,
  }),
  management({
    name: 'RevokeGrant',
    summary: 'Deletes a grant on behalf of whoever administers the key.',
    crossAccount: 'yes',
    acceptsDryRun: true,
    keyStates: stateRows.always,
  }),
];
