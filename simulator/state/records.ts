import type { KmsGrant } from '../kms/grants.ts';
import type { Alias, ImportToken, KeyIdentity, KmsKey, LastUsage, MultiRegionKeyType, Rotation } from '../kms/key.ts';
import type { Backend, KeyStore } from '../kms/key-store.ts';
import type { KeyMaterial, Materials } from '../kms/material.ts';
import type { KeyWorld } from '../kms/world.ts';
import { type WrittenSecret, writePrivateKey, writtenSecret } from './secrets.ts';

/**
 * A world as records: texts of JSON by ids, which begin with what the record is of. Each holds all of one thing as it stands,
 * so that only what changed is written.
 */
export type WorldRecord = readonly [id: string, text: string];

export const RECORDS = ['backend', 'store', 'materials', 'key', 'grant', 'token', 'import', 'usage'] as const;
export type RecordKind = (typeof RECORDS)[number];

export interface WrittenKey {
  readonly identity: KeyIdentity;
  readonly multiRegion?: MultiRegionKeyType | undefined;
  /** The id of the record of its material. */
  readonly materials: string;
  readonly store?: { readonly record: string; readonly xksKeyId?: string | undefined } | undefined;
  readonly state: KmsKey['state'];
  readonly stateWhenAvailable?: KmsKey['state'] | undefined;
  readonly policy: { readonly text: string; readonly document: string | undefined };
  readonly description: string;
  readonly rotation?: Rotation | undefined;
  readonly deletion?: number | undefined;
  readonly windowAfterReplicas?: number | undefined;
  readonly settles?: number | undefined;
  readonly tags: readonly (readonly [string, string])[];
  readonly aliases: readonly Alias[];
}

export interface WrittenMaterial extends Omit<KeyMaterial, 'secret'> {
  readonly secret?: WrittenSecret | undefined;
}

export interface WrittenMaterials {
  readonly spec: string;
  readonly current?: WrittenMaterial | undefined;
  readonly earlier: readonly WrittenMaterial[];
  readonly pending?: WrittenMaterial | undefined;
}

export interface WrittenGrant {
  readonly key: string;
  readonly grant: KmsGrant;
  /** Of one that ended: how long it still counts. */
  readonly until?: number | undefined;
}

export interface WrittenToken {
  readonly key: string;
  readonly grant: string;
}

export interface WrittenImport {
  readonly key: string;
  readonly token: string;
  readonly algorithm: string;
  readonly wrappingKey?: string | undefined;
  readonly validTo: number;
}

export interface WrittenUsage {
  readonly key: string;
  readonly usage: LastUsage;
}

export interface WrittenStore extends Omit<KeyStore, 'backend'> {
  /** The address of its backend. */
  readonly backend: string;
}

export interface WrittenBackend extends Pick<Backend, 'type' | 'address' | 'error' | 'hsms'> {
  readonly externalKeys?: readonly (readonly [string, string])[] | undefined;
  readonly secrets: readonly (readonly [string, string])[];
}

/** All of a world whose secrets are made. */
export function* recordsOf(world: KeyWorld): Iterable<WorldRecord> {
  yield* storeRecords(world);
  for (const key of world.keys) {
    yield* keyRecords(key);
    yield* usageRecord(key);
    for (const grant of [...key.grants.ended.keys(), ...key.grants.all]) yield* grantRecord(key, grant);
  }
  for (const token of world.grantTokens) yield* tokenRecord(world, token);
}

/** Of a key, but for its grants and its last usage. */
export function* keyRecords(key: KmsKey): Iterable<WorldRecord> {
  yield record('materials', materialsOf(key), writtenMaterials(key));
  yield record('key', key.arn, writtenKey(key));
  for (const [token, facts] of key.importTokens)
    yield record('import', `${key.arn} ${token}`, writtenImport(key, token, facts));
}

/** Of a key that is gone. The material of a multi-Region key stays while others have it. */
export function idsOfGone(key: KmsKey, world: KeyWorld): string[] {
  const { arn, grants } = key;
  const ids = [idOf('key', arn), idOf('usage', arn)];
  for (const token of key.importTokens.keys()) ids.push(idOf('import', `${arn} ${token}`));
  for (const grant of [...grants.all, ...grants.ended.keys()]) ids.push(grantId(key, grant));
  const isShared = world.relatedTo(key.identity).some((each) => materialsOf(each) === materialsOf(key));
  return isShared ? ids : [...ids, idOf('materials', materialsOf(key))];
}

export function* usageRecord({ arn, lastUsage: usage }: KmsKey): Iterable<WorldRecord> {
  if (usage) yield record('usage', arn, { key: arn, usage } satisfies WrittenUsage);
}

/** Nothing where it is gone. */
export function* grantRecord(key: KmsKey, grant: KmsGrant): Iterable<WorldRecord> {
  const until = key.grants.ended.get(grant);
  if (until === undefined && !key.grants.has(grant)) return;
  yield [grantId(key, grant), JSON.stringify({ key: key.arn, grant, until } satisfies WrittenGrant)];
}

export const grantId = (key: KmsKey, { id }: KmsGrant): string => idOf('grant', `${key.arn} ${id}`);

/** Nothing where the grant has ended. */
export function* tokenRecord(world: KeyWorld, token: string): Iterable<WorldRecord> {
  const found = world.grantOf(token);
  if (found) yield record('token', token, { key: found.key.arn, grant: found.grant.id } satisfies WrittenToken);
}

/** Of the custom key stores, and what stands behind them. */
export function* storeRecords({ stores }: KeyWorld): Iterable<WorldRecord> {
  for (const { externalKeys, secrets, type, address, error, hsms } of stores.allBackends)
    yield record('backend', address, {
      type,
      address,
      error,
      hsms,
      externalKeys: externalKeys && [...externalKeys],
      secrets: [...secrets].map(([id, secret]) => [id, secret.export().toString('base64')] as const),
    } satisfies WrittenBackend);
  for (const store of stores.all) yield [storeId(store), JSON.stringify(writtenStore(store))];
}

function writtenStore(store: KeyStore): WrittenStore {
  const { partition, account, region, id, type, created, name, state, error, settles, backend, trustAnchor } = store;
  return {
    partition,
    account,
    region,
    id,
    type,
    created,
    name,
    state,
    error,
    settles,
    backend: backend.address,
    proxy: store.proxy,
    ...(trustAnchor === undefined ? {} : { trustAnchor }),
  };
}

export function storeId({ partition, account, region, id }: Omit<KeyStore, 'backend'>): string {
  return idOf('store', [partition, account, region, id].join(' '));
}

export const idOf = (kind: RecordKind, name: string): string => `${kind} ${name}`;

const record = (kind: RecordKind, name: string, value: object): WorldRecord => [
  idOf(kind, name),
  JSON.stringify(value),
];

/** Keys of one multi-Region key share their material, but for what is imported into each of them. */
function materialsOf({ arn, identity, multiRegionKeyType }: KmsKey): string {
  const isShared = multiRegionKeyType !== undefined && identity.origin !== 'EXTERNAL';
  return isShared ? `${identity.partition} ${identity.account} ${identity.id}` : arn;
}

function writtenKey(key: KmsKey): WrittenKey {
  const { keyStore, policy } = key;
  return {
    identity: key.identity,
    multiRegion: key.multiRegionKeyType,
    materials: idOf('materials', materialsOf(key)),
    store: keyStore && { record: storeId(keyStore.store), xksKeyId: keyStore.xksKeyId },
    state: key.state,
    stateWhenAvailable: key.stateWhenAvailable,
    policy: { text: policy.text, document: policy.compiled.document },
    description: key.description,
    rotation: key.rotation,
    deletion: key.deletion,
    windowAfterReplicas: key.windowAfterReplicas,
    settles: key.settles,
    tags: [...key.tags],
    aliases: [...key.aliases.values()],
  };
}

function writtenMaterials({ identity, materials }: KmsKey): WrittenMaterials {
  const { current, earlier, pending }: Materials = materials;
  return {
    spec: identity.spec,
    current: current && writtenMaterial(current),
    earlier: earlier.map(writtenMaterial),
    pending: pending && writtenMaterial(pending),
  };
}

function writtenMaterial({ secret, ...material }: KeyMaterial): WrittenMaterial {
  return { ...material, secret: secret && writtenSecret(secret) };
}

function writtenImport(
  { arn }: KmsKey,
  token: string,
  { algorithm, wrappingKey, validTo }: ImportToken,
): WrittenImport {
  return { key: arn, token, algorithm, wrappingKey: wrappingKey && writePrivateKey(wrappingKey), validTo };
}
