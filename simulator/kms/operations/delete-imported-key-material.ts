import { notFound } from '../errors.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { optional } from '../shapes.ts';

export const deleteImportedKeyMaterial = operation({
  name: 'DeleteImportedKeyMaterial',
  members: { ...members.onKey, KeyMaterialId: optional(members.keyMaterialId) },
  act({ input, key }) {
    const { materials } = key;
    const id = input.KeyMaterialId ?? materials.current?.id;
    const material = id === undefined ? undefined : materials.find(id);
    if (input.KeyMaterialId !== undefined && !material) throw notFound(`Key material ${id} does not exist`);
    if (material) material.secret = undefined;
    // What never became current belongs to the key only until it is deleted.
    if (material && material === materials.pending) materials.pending = undefined;
    if (!materials.isWhole && key.state !== 'PendingDeletion') key.state = 'PendingImport';
    return { KeyId: key.arn, ...(material ? { KeyMaterialId: material.id } : {}) };
  },
});
