/**
 * The states of a KMS key, and what an operation does in each.
 *
 * Source: KMS Developer Guide, "Key states of AWS KMS keys". Checked 2026-11.
 */
import type { KeyState, KmsOperation, Origin, PlainOutcome } from './types.ts';

/** One key state, for hovers and the simulated service. */
export interface KeyStateFact {
  readonly name: KeyState;
  /** One sentence of ours. */
  readonly summary: string;
  /** The origins whose keys can be in it. */
  readonly origins: readonly Origin[];
  /** Only multi-Region keys can be in it. */
  readonly multiRegionOnly: boolean;
}

const everyOrigin: readonly Origin[] = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];
const multiRegionOrigins: readonly Origin[] = ['AWS_KMS', 'EXTERNAL'];

export const keyStates: readonly KeyStateFact[] = [
  {
    name: 'Enabled',
    summary: 'The key can be used.',
    origins: everyOrigin,
    multiRegionOnly: false,
  },
  {
    name: 'Disabled',
    summary: 'The key can be managed but not used until EnableKey.',
    origins: everyOrigin,
    multiRegionOnly: false,
  },
  {
    name: 'PendingDeletion',
    summary:
      'The key is unusable and will be deleted when its waiting period ends, unless CancelKeyDeletion comes first.',
    origins: everyOrigin,
    multiRegionOnly: false,
  },
  {
    name: 'PendingImport',
    summary: 'The key has no key material yet, or some of its imported material expired or was deleted.',
    origins: ['EXTERNAL'],
    multiRegionOnly: false,
  },
  {
    name: 'Unavailable',
    summary: 'The custom key store of the key is disconnected on purpose.',
    origins: ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
    multiRegionOnly: false,
  },
  {
    name: 'Creating',
    summary: 'The key is a new replica that KMS is still making.',
    origins: multiRegionOrigins,
    multiRegionOnly: true,
  },
  {
    name: 'Updating',
    summary: 'The primary Region of the multi-Region key is being changed; cryptography goes on.',
    origins: multiRegionOrigins,
    multiRegionOnly: true,
  },
];

/** What the operation does with a key of this origin in this state; undefined for operations that use no existing key. */
export function outcomeIn(operation: KmsOperation, state: KeyState, origin: Origin): PlainOutcome | undefined {
  const outcome = operation.keyStates?.[state];
  if (outcome === undefined || typeof outcome === 'string' || !('byOrigin' in outcome)) return outcome;
  return outcome.byOrigin[origin];
}
