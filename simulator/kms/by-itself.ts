import type { Trail } from '../trail/trail.ts';
import type { RandomSource } from './environment.ts';
import type { KmsKey } from './key.ts';
import { adoptConnection, finishConnecting } from './key-store.ts';
import { newMaterial } from './material.ts';
import { hasReplicas, loseMaterial, primaryOf } from './multi-region.ts';
import type { KeyWorld } from './world.ts';

export const DAY = 24 * 60 * 60 * 1000;

export interface Surroundings {
  readonly world: KeyWorld;
  readonly random: RandomSource;
  readonly trail: Trail;
  readonly nextId: () => string;
  /** Told of each thing that happened by itself: when, and to which keys. */
  readonly onHappened?: ((at: number, keys: readonly KmsKey[]) => void) | undefined;
}

/**
 * Lets everything happen that is due by `now`: automatic rotations, the expiry of imported material, deletions, the end
 * of what KMS does in other Regions and of connecting key stores. What happens to one key happens in the order of time; only the keys of one multi-Region key have to do with each other.
 */
export function letHappen(around: Surroundings, now: number): void {
  const { world } = around;
  if (!world.isDue(now)) return;
  connectStores(around, now);
  let due = [...world.keys].flatMap((key) => happenings(key, now));
  while (due.length > 0) {
    const round = due.sort((a, b) => a.at - b.at);
    for (const { key, at, happen } of round) {
      happen(around);
      around.onHappened?.(at, [key, ...world.relatedTo(key.identity).filter((each) => each !== key)]);
    }
    // The end of a replica may start something for its primary.
    const touched = round.flatMap(({ key }) => (world.key(key.arn) === key ? [key] : world.relatedTo(key.identity)));
    due = [...new Set(touched)].flatMap((key) => happenings(key, now));
  }
  let next = Number.POSITIVE_INFINITY;
  for (const key of world.keys) for (const { at } of upcoming(key)) if (at > now) next = Math.min(next, at);
  for (const { settles } of world.stores.all) if (settles !== undefined) next = Math.min(next, settles);
  world.expectNext(next);
}

function connectStores({ world, onHappened }: Surroundings, now: number): void {
  for (const store of world.stores.all) {
    const at = store.settles;
    if (at === undefined || at > now) continue;
    finishConnecting(store);
    const keys = [...world.keysInStore(store)];
    for (const key of keys) adoptConnection(key);
    onHappened?.(at, keys);
  }
}

interface Happening {
  readonly key: KmsKey;
  readonly at: number;
  readonly happen: (around: Surroundings) => void;
}

/** The first thing that is due for a key, if anything is. */
function happenings(key: KmsKey, now: number): Happening[] {
  const due = upcoming(key).filter(({ at, happen }) => happen !== undefined && at <= now);
  const first = due.sort((a, b) => a.at - b.at)[0];
  return first ? [first] : [];
}

function upcoming(key: KmsKey): Happening[] {
  const found: Happening[] = [];
  if (key.state === 'PendingDeletion') {
    if (key.deletion !== undefined) found.push({ key, at: key.deletion, happen: (around) => remove(key, around) });
  } else if (key.rotation && (key.state === 'Enabled' || key.state === 'Updating')) {
    const at = key.rotation.next;
    found.push({ key, at, happen: (around) => rotate(key, at, around) });
  }
  const { settles } = key;
  if (settles !== undefined && (key.state === 'Creating' || key.state === 'Updating'))
    found.push({ key, at: settles, happen: (around) => settle(key, settles, around) });
  for (const material of key.materials.all) {
    const at = material.imported?.validTo;
    if (at === undefined || !material.secret) continue;
    found.push({
      key,
      at,
      happen(around) {
        loseMaterial(key, material, around.world);
        if (!key.materials.isWhole && key.state !== 'PendingDeletion') key.state = 'PendingImport';
        record('DeleteExpiredKeyMaterial', key, at, around, material.id);
      },
    });
  }
  return found;
}

/** The rotation that is due, also one that waited for the key to be enabled again. */
export function rotate(key: KmsKey, at: number, around: Surroundings): void {
  if (!key.rotation) return;
  const { identity, materials } = key;
  const previous = materials.current?.id;
  materials.rotate(newMaterial(identity.id, identity.spec, around.random), at, 'AUTOMATIC');
  key.rotation = { ...key.rotation, next: at + key.rotation.periodInDays * DAY };
  record('RotateKey', key, at, around, materials.current?.id, {
    rotationType: 'AUTOMATIC',
    keyOrigin: identity.origin,
    previousKeyMaterialId: previous,
    currentKeyMaterialId: materials.current?.id,
  });
  if (hasReplicas(key, around.world)) recordSynchronization(key, at, around);
}

/** A replica is there, or a multi-Region key has another primary. */
function settle(key: KmsKey, at: number, around: Surroundings): void {
  const { state, materials } = key;
  key.settles = undefined;
  key.state = materials.isWhole ? 'Enabled' : 'PendingImport';
  const primary = primaryOf(key, around.world);
  if (state === 'Creating' || primary === key) recordSynchronization(primary, at, around);
}

function remove(key: KmsKey, around: Surroundings): void {
  const { world } = around;
  const at = key.deletion ?? 0;
  world.remove(key);
  record('DeleteKey', key, at, around);
  const primary = primaryOf(key, world);
  if (primary.windowAfterReplicas === undefined || hasReplicas(primary, world)) return;
  // Its own waiting period begins with the end of the last replica.
  primary.deletion = at + primary.windowAfterReplicas * DAY;
  primary.windowAfterReplicas = undefined;
}

/** KMS calls itself to give the replicas what they share with their primary. */
export function recordSynchronization(primary: KmsKey, at: number, around: Surroundings): void {
  const event = eventOf(primary, at, around);
  around.trail.addServiceEvent({ name: 'SynchronizeMultiRegionKey', ...event, requestId: around.nextId() });
}

export function record(
  name: 'RotateKey' | 'DeleteKey' | 'DeleteExpiredKeyMaterial',
  key: KmsKey,
  at: number,
  around: Surroundings,
  keyMaterialId?: string,
  details?: Readonly<Record<string, unknown>>,
): void {
  around.trail.addServiceEvent({
    name,
    ...eventOf(key, at, around),
    ...(keyMaterialId === undefined ? {} : { additionalEventData: { keyMaterialId } }),
    ...(details ? { details } : {}),
  });
}

const eventOf = ({ identity, arn }: KmsKey, at: number, { nextId }: Surroundings) => ({
  account: identity.account,
  region: identity.region,
  at,
  keyArn: arn,
  keyId: identity.id,
  eventId: nextId(),
});
