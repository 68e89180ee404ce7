/**
 * CloudTrail events by which KMS reports what it does itself. Nobody calls an operation of that name, and no permission
 * bears it. SynchronizeMultiRegionKey is left out, since the Service Authorization Reference has an action of that name.
 *
 * Source: KMS Developer Guide, "Examples of AWS KMS log entries". Checked 2026-11.
 */
export interface ServiceEventFact {
  readonly name: string;
  /** What KMS does then, as the end of a sentence. */
  readonly meaning: string;
  /** The actions that lead to it, the likeliest first. */
  readonly actions: readonly string[];
}

const serviceEvents: readonly ServiceEventFact[] = [
  {
    name: 'DeleteExpiredKeyMaterial',
    meaning: 'imported key material has expired',
    actions: ['DeleteImportedKeyMaterial'],
  },
  { name: 'DeleteKey', meaning: 'a waiting period is over', actions: ['ScheduleKeyDeletion'] },
  { name: 'RotateKey', meaning: 'a key is rotated', actions: ['RotateKeyOnDemand', 'EnableKeyRotation'] },
];

const byName = new Map(serviceEvents.map((event) => [event.name.toLowerCase(), event]));

/** The event of this name, in any case. */
export function findServiceEvent(name: string): ServiceEventFact | undefined {
  return byName.get(name.toLowerCase());
}
