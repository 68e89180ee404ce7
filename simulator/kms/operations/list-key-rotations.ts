import type { KmsKey } from '../key.ts';
import type { KeyMaterial } from '../material.ts';
import * as members from '../members.ts';
import { hasMaterialId } from '../metadata.ts';
import { lackingPending } from '../multi-region.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { oneOf, optional } from '../shapes.ts';

export const listKeyRotations = operation({
  name: 'ListKeyRotations',
  members: {
    ...members.onKey,
    IncludeKeyMaterial: optional(oneOf(['ALL_KEY_MATERIAL', 'ROTATIONS_ONLY'])),
    ...members.pages(1000),
  },
  act({ input, key, world }) {
    const isAll = input.IncludeKeyMaterial === 'ALL_KEY_MATERIAL';
    const all = (hasMaterialId(key) ? key.materials.all : [])
      .filter(({ rotated }) => isAll || rotated)
      // Markers compare texts.
      .map((material, index) => ({ material, place: String(index).padStart(9, '0') }));
    const waiting = lackingPending(key, world).length > 0 ? WAITING_IN_REGIONS : 'PENDING_ROTATION';
    const { page, more } = pageOf(all, ({ place }) => place, input, 100);
    return { Rotations: page.map(({ material }) => entryOf(key, material, isAll, waiting)), ...more };
  },
});

/** Of new material that some replica lacks. */
const WAITING_IN_REGIONS = 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';

function entryOf({ identity, materials }: KmsKey, material: KeyMaterial, isAll: boolean, waiting: string): object {
  const { id, rotated, imported, secret } = material;
  const isImported = identity.origin === 'EXTERNAL';
  const state = material === materials.pending ? waiting : material === materials.current ? 'CURRENT' : 'NON_CURRENT';
  return {
    KeyId: identity.id,
    KeyMaterialId: id,
    ...(imported?.description === undefined ? {} : { KeyMaterialDescription: imported.description }),
    ...(isImported ? { ImportState: secret ? 'IMPORTED' : 'PENDING_IMPORT' } : {}),
    ...(isAll ? { KeyMaterialState: state } : {}),
    ...(isImported && secret
      ? {
          ExpirationModel: imported?.validTo === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES',
          ...(imported?.validTo === undefined ? {} : { ValidTo: new Date(imported.validTo) }),
        }
      : {}),
    ...(rotated ? { RotationDate: new Date(rotated.at), RotationType: rotated.type } : {}),
  };
}
