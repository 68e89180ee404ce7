import { keyArn } from '../access/request.ts';
import { findKeySpec } from '../facts/key-specs.ts';
import type { KeyUsage } from '../facts/types.ts';
import type { KmsKey } from './key.ts';
import type { KeyWorld } from './world.ts';

/** KeyMetadata of the API, in AWS's order. */
export function metadataOf(key: KmsKey, world: KeyWorld): Readonly<Record<string, unknown>> {
  const { identity, state, materials } = key;
  const { account, id, created, usage, origin, manager, spec } = identity;
  const expiry = expiryOf(key);
  const isImported = origin === 'EXTERNAL' && state !== 'PendingImport' && materials.current !== undefined;
  return {
    AWSAccountId: account,
    KeyId: id,
    Arn: key.arn,
    CreationDate: new Date(created),
    Enabled: state === 'Enabled',
    Description: key.description,
    KeyUsage: usage,
    KeyState: stateNameOf(key),
    ...(key.deletion === undefined ? {} : { DeletionDate: new Date(key.deletion) }),
    ...(isImported && expiry !== undefined ? { ValidTo: new Date(expiry) } : {}),
    Origin: origin,
    ...storeOf(key),
    ...(isImported
      ? { ExpirationModel: expiry === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES' }
      : {}),
    KeyManager: manager,
    CustomerMasterKeySpec: spec,
    KeySpec: spec,
    ...algorithmsOf(spec, usage),
    MultiRegion: key.multiRegionKeyType !== undefined,
    ...multiRegionOf(key, world),
    ...(key.keyStore?.xksKeyId === undefined ? {} : { XksKeyConfiguration: { Id: key.keyStore.xksKeyId } }),
    ...(key.windowAfterReplicas === undefined ? {} : { PendingDeletionWindowInDays: key.windowAfterReplicas }),
    ...(hasMaterialId(key) && materials.current && state !== 'Creating'
      ? { CurrentKeyMaterialId: materials.current.id }
      : {}),
  };
}

function storeOf({ keyStore }: KmsKey): object {
  if (!keyStore) return {};
  const { id, type, backend } = keyStore.store;
  return { CustomKeyStoreId: id, ...(type === 'AWS_CLOUDHSM' ? { CloudHsmClusterId: backend.address } : {}) };
}

/** What CloudTrail shows of the key store of a key that was used. */
export function storeNote(key: KmsKey | undefined): Readonly<Record<string, unknown>> | undefined {
  if (!key?.keyStore) return undefined;
  const { store, xksKeyId } = key.keyStore;
  return { customKeyStoreId: store.id, ...(xksKeyId === undefined ? {} : { xksKeyId }) };
}

/** A primary key that waits for its replicas has a state of its own, in which it does what pending deletion does. */
export function stateNameOf({ state, windowAfterReplicas }: KmsKey): string {
  return windowAfterReplicas === undefined ? state : 'PendingReplicaDeletion';
}

/** KMS tells the ids of material of symmetric keys that it keeps itself. */
export function hasMaterialId({ type, identity }: KmsKey): boolean {
  return type === 'symmetric' && (identity.origin === 'AWS_KMS' || identity.origin === 'EXTERNAL');
}

const ALGORITHMS: Readonly<Record<KeyUsage, string>> = {
  ENCRYPT_DECRYPT: 'EncryptionAlgorithms',
  SIGN_VERIFY: 'SigningAlgorithms',
  GENERATE_VERIFY_MAC: 'MacAlgorithms',
  KEY_AGREEMENT: 'KeyAgreementAlgorithms',
  ENCAPSULATE_DECAPSULATE: 'EncapsulationAlgorithms',
};

/** `SigningAlgorithms` and the like, for the one usage that the key has. */
export function algorithmsOf(spec: string, usage: KeyUsage): Readonly<Record<string, readonly string[]>> {
  const use = findKeySpec(spec)?.uses.find((each) => each.usage === usage);
  return use ? { [ALGORITHMS[usage]]: use.algorithms.map(({ name }) => name) } : {};
}

/** The earliest of all material that belongs to the key. */
function expiryOf({ materials }: KmsKey): number | undefined {
  const times = materials.all.flatMap(({ secret, imported }) => (secret && imported?.validTo) ?? []);
  return times.length > 0 ? Math.min(...times) : undefined;
}

function multiRegionOf({ identity, multiRegionKeyType }: KmsKey, world: KeyWorld): object {
  if (multiRegionKeyType === undefined) return {};
  const related = world.relatedTo(identity);
  const named = (key: KmsKey) => ({ Arn: keyArn(key.identity), Region: key.identity.region });
  const primary = related.find((key) => key.multiRegionKeyType === 'PRIMARY');
  return {
    MultiRegionConfiguration: {
      MultiRegionKeyType: multiRegionKeyType,
      ...(primary ? { PrimaryKey: named(primary) } : {}),
      ReplicaKeys: related.filter((key) => key !== primary).map(named),
    },
  };
}

/** What CloudTrail shows of the material that a call used. */
export function materialNote({
  KeyMaterialId,
}: {
  readonly KeyMaterialId?: string;
}): Readonly<Record<string, unknown>> | undefined {
  return KeyMaterialId === undefined ? undefined : { keyMaterialId: KeyMaterialId };
}
