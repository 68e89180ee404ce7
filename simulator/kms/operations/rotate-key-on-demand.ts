import { resourceQuotas } from '../../facts/quotas.ts';
import { record, recordSynchronization } from '../by-itself.ts';
import { invalidState, KmsError } from '../errors.ts';
import type { KmsKey } from '../key.ts';
import { newMaterial } from '../material.ts';
import * as members from '../members.ts';
import { hasReplicas, lackingPending, refuseReplica, relatedKeys } from '../multi-region.ts';
import { operation } from '../operation.ts';
import type { KeyWorld } from '../world.ts';

const MOST = resourceQuotas.find(({ name }) => name === 'on-demand rotations')?.limit ?? 25;
const NEAR = 20 * 60 * 1000;

export const rotateKeyOnDemand = operation({
  name: 'RotateKeyOnDemand',
  members: members.onKey,
  act({ key, now, random, around, world, trail }) {
    const { identity, materials, rotation, arn } = key;
    refuseReplica(key);
    const count = materials.all.filter(({ rotated }) => rotated?.type === 'ON_DEMAND').length;
    if (count >= MOST)
      throw new KmsError(
        'LimitExceededException',
        `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${arn}`,
        `make a new key: ${MOST} rotations on demand are all that a key gets`,
      );
    if (rotation && rotation.next - now <= NEAR)
      throw new KmsError('ConflictException', '', 'wait until the automatic rotation, which is due, is over');
    const previous = materials.current?.id;
    if (identity.origin === 'EXTERNAL') rotateImported(key, now, world);
    else materials.rotate(newMaterial(identity.id, identity.spec, random), now, 'ON_DEMAND');
    record('RotateKey', key, now, around, materials.current?.id, {
      rotationType: 'ON_DEMAND',
      keyOrigin: identity.origin,
      previousKeyMaterialId: previous,
      currentKeyMaterialId: materials.current?.id,
    });
    if (hasReplicas(key, world)) recordSynchronization(key, now, around);
    trail.responseElements = { keyId: arn };
    return { KeyId: identity.id };
  },
});

/** To the material that was imported for it, in each Region. */
function rotateImported(key: KmsKey, now: number, world: KeyWorld): void {
  if (!key.materials.pending?.secret)
    throw invalidState(
      `No available key material pending rotation for the key: ${key.arn}.`,
      'call ImportKeyMaterial with `ImportType` NEW_KEY_MATERIAL first',
    );
  const regions = lackingPending(key, world).map(({ identity }) => identity.region);
  if (regions.length > 0)
    throw invalidState('', `import the new material into the replicas first: it is missing in ${regions.join(', ')}`);
  for (const { materials } of relatedKeys(key, world)) {
    const { pending } = materials;
    materials.pending = undefined;
    if (pending) materials.rotate(pending, now, 'ON_DEMAND');
  }
}
