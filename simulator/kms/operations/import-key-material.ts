import { DAY } from '../by-itself.ts';
import { invalid, invalidState, KmsError } from '../errors.ts';
import { unwrapMaterial } from '../import-wrapping.ts';
import type { ImportToken, KmsKey } from '../key.ts';
import type { ImportFacts, KeyMaterial } from '../material.ts';
import * as members from '../members.ts';
import { relatedKeys } from '../multi-region.ts';
import { operation } from '../operation.ts';
import { momentOf, oneOf, optional, required, text, time } from '../shapes.ts';

const MOST_DAYS = 365;
const NEW = 'NEW_KEY_MATERIAL';
const EXISTING = 'EXISTING_KEY_MATERIAL';

export const importKeyMaterial = operation({
  name: 'ImportKeyMaterial',
  members: {
    ...members.onKey,
    ImportToken: required(members.ciphertext),
    EncryptedKeyMaterial: required(members.ciphertext),
    ValidTo: optional(time),
    ExpirationModel: optional(members.expirationModel),
    ImportType: optional(oneOf([NEW, EXISTING])),
    KeyMaterialDescription: optional(text({ min: 0, max: 256 }, '^[a-zA-Z0-9:/_\\s.-]+$')),
    KeyMaterialId: optional(members.keyMaterialId),
  },
  check(input) {
    const doesExpire = (input.ExpirationModel ?? 'KEY_MATERIAL_EXPIRES') === 'KEY_MATERIAL_EXPIRES';
    if (doesExpire && input.ValidTo === undefined)
      throw invalid(
        'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES',
        'add `ValidTo`, or the `ExpirationModel` KEY_MATERIAL_DOES_NOT_EXPIRE',
      );
    if (!doesExpire && input.ValidTo !== undefined)
      throw invalid('', 'leave out `ValidTo`: the `ExpirationModel` KEY_MATERIAL_DOES_NOT_EXPIRE has none');
    if (input.KeyMaterialId !== undefined && input.ImportType === NEW)
      throw invalid('', 'leave out `KeyMaterialId`: new material has none yet');
  },
  async act({ input, key, now, world }) {
    const validTo = input.ValidTo === undefined ? undefined : momentOf(input.ValidTo);
    if (validTo !== undefined && (validTo <= now || validTo > now + MOST_DAYS * DAY))
      throw invalid('', `give a \`ValidTo\` in the future, at most ${MOST_DAYS} days ahead`);
    const material = await unwrapMaterial(key, tokenOf(key, input.ImportToken, now), input.EncryptedKeyMaterial);
    if (input.KeyMaterialId !== undefined && input.KeyMaterialId !== material.id) throw otherMaterial(key);
    const facts: ImportFacts = {
      ...(input.KeyMaterialDescription === undefined ? {} : { description: input.KeyMaterialDescription }),
      ...(validTo === undefined ? {} : { validTo }),
    };
    put(key, material, facts, input.ImportType ?? (key.materials.current ? EXISTING : NEW), relatedKeys(key, world));
    if (key.state === 'PendingImport' && key.materials.isWhole) key.state = 'Enabled';
    if (validTo !== undefined) world.schedule(validTo);
    return { KeyId: key.arn, KeyMaterialId: material.id };
  },
});

function put(key: KmsKey, material: KeyMaterial, facts: ImportFacts, type: string, related: readonly KmsKey[]): void {
  const { materials, type: keyType, arn } = key;
  const known = materials.find(material.id);
  // As new material comes only what the key does not have, and as existing material only what it has.
  if (known ? type === NEW : type === EXISTING) throw otherMaterial(key);
  if (known) {
    const description = facts.description ?? known.imported?.description;
    known.secret = material.secret;
    known.imported = { ...facts, ...(description === undefined ? {} : { description }) };
    return;
  }
  // What is new comes to the primary first, and its replicas wait for the same.
  if (key.multiRegionKeyType === 'REPLICA') throw otherMaterial(key);
  const others = related.filter((each) => each !== key);
  material.imported = facts;
  if (!materials.current) {
    materials.current = material;
    for (const each of others) each.materials.current = { id: material.id, secret: undefined };
    return;
  }
  // An asymmetric or HMAC key has one material for good.
  if (keyType !== 'symmetric') throw otherMaterial(key);
  if (materials.pending)
    throw invalidState(
      `New key material (id: ${material.id}) cannot be imported into KMS key ${arn}, because another key material (id: ${materials.pending.id}) is pending rotation.`,
      'call RotateKeyOnDemand first, or delete the material that waits for it',
    );
  materials.pending = material;
  for (const each of others) each.materials.pending = { id: material.id, secret: undefined };
}

function tokenOf(key: KmsKey, token: Uint8Array, now: number): ImportToken {
  const found = key.importTokens.get(Buffer.from(token).toString('base64'));
  if (!found)
    throw new KmsError(
      'InvalidImportTokenException',
      '',
      'give the token that GetParametersForImport gave for this key',
    );
  if (found.validTo < now)
    throw new KmsError(
      'ExpiredImportTokenException',
      '',
      'call GetParametersForImport again: tokens are good for 24 hours',
    );
  return found;
}

function otherMaterial({ arn, multiRegionKeyType }: KmsKey): KmsError {
  const own = `import the material that belongs to \`${arn}\``;
  return new KmsError(
    'IncorrectKeyMaterialException',
    '',
    multiRegionKeyType === 'REPLICA'
      ? `${own}: a replica takes the material of its primary, as \`ImportType\` ${EXISTING}; new material goes to the primary first`
      : `${own}; a symmetric key takes other material as \`ImportType\` ${NEW}`,
  );
}
