import { unsupported } from './errors.ts';
import type { KmsKey } from './key.ts';
import type { KeyWorld } from './world.ts';

/** Rotation belongs to the primary of a multi-Region key: its replicas follow, and refuse to be told. */
export function refuseReplica({ arn, identity }: KmsKey): void {
  if (identity.multiRegionKeyType !== 'REPLICA') return;
  throw unsupported(`${arn} is not a multi-region primary key.`, 'rotate the primary key; its replicas follow');
}

export function hasReplicas(key: KmsKey, world: KeyWorld): boolean {
  return key.identity.multiRegionKeyType === 'PRIMARY' && world.relatedTo(key.identity).length > 1;
}

/** The key that says whether and when this one rotates. */
export function primaryOf(key: KmsKey, world: KeyWorld): KmsKey {
  if (key.identity.multiRegionKeyType !== 'REPLICA') return key;
  const primary = world.relatedTo(key.identity).find((each) => each.identity.multiRegionKeyType === 'PRIMARY');
  return primary ?? key;
}
