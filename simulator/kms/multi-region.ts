import { unsupported } from './errors.ts';
import type { KmsKey } from './key.ts';
import type { KeyMaterial } from './material.ts';
import type { KeyWorld } from './world.ts';

/** How long a replica is Creating, and how long the keys of an update are Updating. AWS says a few seconds. */
export const SETTLING = 5000;

/** Replicas are made from the primary, which gives its part to one of them. */
export function refuseUnlessPrimary({ arn, multiRegionKeyType }: KmsKey): void {
  if (multiRegionKeyType === 'PRIMARY') return;
  const remedy =
    multiRegionKeyType === 'REPLICA'
      ? 'call it on the primary key, in its Region'
      : 'make a multi-Region key; a key of one Region stays one';
  throw unsupported(`${arn} is not a multi-region primary key.`, remedy);
}

/** Rotation belongs to the primary of a multi-Region key: its replicas follow, and refuse to be told. */
export function refuseReplica({ arn, multiRegionKeyType }: KmsKey): void {
  if (multiRegionKeyType !== 'REPLICA') return;
  throw unsupported(`${arn} is not a multi-region primary key.`, 'rotate the primary key; its replicas follow');
}

/** The key and those of other Regions that are one with it. */
export function relatedKeys(key: KmsKey, world: KeyWorld): readonly KmsKey[] {
  return key.multiRegionKeyType === undefined ? [key] : world.relatedTo(key.identity);
}

export function hasReplicas(key: KmsKey, world: KeyWorld): boolean {
  return key.multiRegionKeyType === 'PRIMARY' && world.relatedTo(key.identity).length > 1;
}

/** The key that says whether and when this one rotates. */
export function primaryOf(key: KmsKey, world: KeyWorld): KmsKey {
  if (key.multiRegionKeyType !== 'REPLICA') return key;
  return world.relatedTo(key.identity).find((each) => each.multiRegionKeyType === 'PRIMARY') ?? key;
}

/** Imported material that is deleted or expires. A replica goes on waiting for what its primary has. */
export function loseMaterial(key: KmsKey, material: KeyMaterial, world: KeyWorld): void {
  material.secret = undefined;
  if (material !== key.materials.pending || key.multiRegionKeyType === 'REPLICA') return;
  // What was never current leaves nothing behind.
  for (const { materials } of relatedKeys(key, world)) materials.pending = undefined;
}

/** The keys that still need the material that waits for its rotation. */
export function lackingPending(key: KmsKey, world: KeyWorld): readonly KmsKey[] {
  return relatedKeys(key, world).filter(({ materials }) => materials.pending?.secret === undefined);
}
