import { notFound } from '../errors.ts';
import * as members from '../members.ts';
import { loseMaterial } from '../multi-region.ts';
import { operation } from '../operation.ts';
import { optional } from '../shapes.ts';

export const deleteImportedKeyMaterial = operation({
  name: 'DeleteImportedKeyMaterial',
  members: { ...members.onKey, KeyMaterialId: optional(members.keyMaterialId) },
  act({ input, key, world }) {
    const { materials } = key;
    const id = input.KeyMaterialId ?? materials.current?.id;
    const material = id === undefined ? undefined : materials.find(id);
    if (input.KeyMaterialId !== undefined && !material)
      throw notFound('', 'name key material that ListKeyRotations lists with `IncludeKeyMaterial` ALL_KEY_MATERIAL');
    if (material) loseMaterial(key, material, world);
    if (!materials.isWhole && key.state !== 'PendingDeletion') key.state = 'PendingImport';
    return { KeyId: key.arn, ...(material ? { KeyMaterialId: material.id } : {}) };
  },
});
