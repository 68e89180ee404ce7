import { resourceQuotas } from '../../facts/quotas.ts';
import { record } from '../by-itself.ts';
import { invalidState, KmsError } from '../errors.ts';
import { newMaterial } from '../material.ts';
import * as members from '../members.ts';
import { refuseReplica } from '../multi-region.ts';
import { operation } from '../operation.ts';

const MOST = resourceQuotas.find(({ name }) => name === 'on-demand rotations')?.limit ?? 25;
const NEAR = 20 * 60 * 1000;

export const rotateKeyOnDemand = operation({
  name: 'RotateKeyOnDemand',
  members: members.onKey,
  act({ key, now, random, around, trail }) {
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
    const next = identity.origin === 'EXTERNAL' ? materials.pending : newMaterial(identity.id, identity.spec, random);
    if (!next?.secret)
      throw invalidState(
        `No available key material pending rotation for the key: ${arn}.`,
        'call ImportKeyMaterial with `ImportType` NEW_KEY_MATERIAL first',
      );
    materials.pending = undefined;
    const previous = materials.current?.id;
    materials.rotate(next, now, 'ON_DEMAND');
    record('RotateKey', key, now, around, next.id, {
      rotationType: 'ON_DEMAND',
      keyOrigin: identity.origin,
      previousKeyMaterialId: previous,
      currentKeyMaterialId: next.id,
    });
    trail.responseElements = { keyId: arn };
    return { KeyId: identity.id };
  },
});
