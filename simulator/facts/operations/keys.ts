/** Making, describing, disabling and deleting keys, and their policies. Source: AWS KMS API Reference. Checked 2026-11. */
import type { KmsOperation } from '../types.ts';
import { management, withoutKey } from './row.ts';
import { stateRows } from './states.ts';

export const keyOperations: readonly KmsOperation[] = [
  withoutKey({
    name: 'CreateKey',
    summary: "Makes a KMS key in the caller's account and Region.",
    permissions: [
      { action: 'CreateKey', on: 'none' },
      { action: 'TagResource', on: 'new-key', when: 'when Tags are given' },
    ],
  }),
  management({
    name: 'DescribeKey',
    summary: 'Returns the metadata of a key: state, spec, usage, origin, Regions; not its policy, tags or aliases.',
    crossAccount: 'yes',
    grantOperations: ['DescribeKey'],
    acceptsGrantTokens: true,
    acceptsAlias: true,
    keyStates: stateRows.always,
  }),
  withoutKey({ name: 'ListKeys', summary: 'Lists the ids and ARNs of all keys of the account in the Region.' }),
  management({
    name: 'UpdateKeyDescription',
    summary: 'Replaces the description of a key.',
    keyStates: stateRows.unlessPendingDeletion,
  }),
  management({
    name: 'EnableKey',
    summary: 'Makes a disabled key usable again.',
    keyStates: stateRows.enableOrDisable,
  }),
  management({
    name: 'DisableKey',
    summary: 'Makes a key unusable for cryptography until EnableKey; nothing is lost.',
    keyStates: stateRows.enableOrDisable,
  }),
  management({
    name: 'ScheduleKeyDeletion',
    summary: 'Makes a key unusable at once and deletes it after a waiting period of 7 to 30 days, 30 if none is given.',
    keyStates: stateRows.scheduleKeyDeletion,
  }),
  management({
    name: 'CancelKeyDeletion',
    summary: 'Ends the waiting period of a key; the key is then disabled, not enabled.',
    keyStates: stateRows.cancelKeyDeletion,
  }),
  management({
    name: 'GetKeyPolicy',
    summary: 'Returns the key policy as JSON text.',
    keyStates: stateRows.always,
  }),
  management({
    name: 'PutKeyPolicy',
    summary: 'Replaces the key policy, unless the caller could not change it again afterwards.',
    keyStates: stateRows.always,
  }),
  management({
    name: 'ListKeyPolicies',
    summary: 'Lists the names of the policies of a key; there is only `default`.',
    keyStates: stateRows.always,
  }),
  management({
    name: 'GetKeyLastUsage',
    summary:
      'Returns the last successful cryptographic operation with a key and when it was, as far as KMS has kept track since 2026.',
    keyStates: stateRows.always,
    since: '2026-04',
    assumed: "AWS's key state table does not have GetKeyLastUsage; its API page names no error for a key state.",
  }),
];
