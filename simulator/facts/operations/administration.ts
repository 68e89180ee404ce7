/** Multi-Region keys, tags and custom key stores. Source: AWS KMS API Reference. Checked 2026-11. */
import type { KmsOperation } from '../types.ts';
import { management, withoutKey } from './row.ts';
import { stateRows } from './states.ts';

export const administrationOperations: readonly KmsOperation[] = [
  management({
    name: 'ReplicateKey',
    summary: 'Makes a replica of a multi-Region primary key in another Region, with a key policy of its own.',
    permissions: [
      { action: 'ReplicateKey', on: 'key' },
      { action: 'CreateKey', on: 'replica-region' },
      { action: 'TagResource', on: 'new-key', when: 'when Tags are given' },
    ],
    keyStates: stateRows.replicateKey,
  }),
  management({
    name: 'UpdatePrimaryRegion',
    summary: 'Makes an existing replica the primary key, and the primary a replica.',
    permissions: [
      { action: 'UpdatePrimaryRegion', on: 'key' },
      { action: 'UpdatePrimaryRegion', on: 'replica-key' },
    ],
    keyStates: stateRows.updatePrimaryRegion,
  }),
  management({
    name: 'TagResource',
    summary: 'Adds tags to a key or changes their values.',
    keyStates: stateRows.unlessPendingDeletion,
  }),
  management({
    name: 'UntagResource',
    summary: 'Removes tags from a key.',
    keyStates: stateRows.unlessPendingDeletion,
  }),
  management({
    name: 'ListResourceTags',
    summary: 'Lists the tags of a key.',
    keyStates: stateRows.always,
  }),
  withoutKey({
    name: 'CreateCustomKeyStore',
    summary: 'Makes a key store backed by an AWS CloudHSM cluster or by an external key manager.',
  }),
  withoutKey({
    name: 'ConnectCustomKeyStore',
    summary: 'Connects a custom key store, which makes its keys usable.',
  }),
  withoutKey({
    name: 'DisconnectCustomKeyStore',
    summary: 'Disconnects a custom key store, which makes all of its keys unavailable.',
  }),
  withoutKey({
    name: 'DescribeCustomKeyStores',
    summary: 'Lists the custom key stores of the account in the Region with their connection states.',
  }),
  withoutKey({
    name: 'UpdateCustomKeyStore',
    summary: 'Changes the name, credentials or connection of a custom key store.',
  }),
  withoutKey({
    name: 'DeleteCustomKeyStore',
    summary: 'Deletes a disconnected custom key store that has no keys left.',
  }),
];
