import { createSecretKey } from 'node:crypto';
import type { ExternalKeyStatus } from '../facts/key-stores.ts';
import { type ImportToken, KmsKey } from '../kms/key.ts';
import { type KeyPolicy, readKeyPolicy } from '../kms/key-policy.ts';
import type { Backend, KeyStore } from '../kms/key-store.ts';
import { type KeyMaterial, Materials } from '../kms/material.ts';
import { KeyWorld, type WorldOptions } from '../kms/world.ts';
import { StateError } from './errors.ts';
import {
  RECORDS,
  type RecordKind,
  type WrittenBackend,
  type WrittenGrant,
  type WrittenImport,
  type WrittenKey,
  type WrittenMaterial,
  type WrittenMaterials,
  type WrittenStore,
  type WrittenToken,
  type WrittenUsage,
} from './records.ts';
import { readPrivateKey, readSecret } from './secrets.ts';

export interface RestoreOptions extends WorldOptions {
  /** A policy that is compiled already, by the ARN of its key: decisions then name the file it is written in. */
  readonly policyOf?: (arn: string) => KeyPolicy | undefined;
}

/** The world that the records are of. */
export function worldFrom(records: ReadonlyMap<string, string>, options: RestoreOptions = {}): KeyWorld {
  const restoring = new Restoring(options);
  const byKind = new Map<string, (readonly [id: string, text: string])[]>(RECORDS.map((kind) => [kind, []]));
  for (const entry of records) byKind.get(entry[0].slice(0, entry[0].indexOf(' ')))?.push(entry);
  for (const kind of RECORDS)
    for (const [id, text] of byKind.get(kind) ?? []) restoring[kind](JSON.parse(text) as never, id);
  return restoring.world;
}

/** A method for each kind of record; what another is about comes before it. */
class Restoring implements Record<RecordKind, (value: never, id: string) => void> {
  readonly world: KeyWorld;
  private readonly options: RestoreOptions;
  private readonly backends = new Map<string, Backend>();
  private readonly stores = new Map<string, KeyStore>();
  private readonly materialsById = new Map<string, Materials>();

  constructor(options: RestoreOptions) {
    this.options = options;
    this.world = new KeyWorld([], options);
  }

  backend({ type, address, error, hsms, externalKeys, secrets }: WrittenBackend): void {
    const backend: Backend = {
      type,
      address,
      error,
      hsms,
      externalKeys: externalKeys && new Map(externalKeys as readonly (readonly [string, ExternalKeyStatus])[]),
      secrets: new Map(secrets.map(([id, bytes]) => [id, createSecretKey(bytes, 'base64')])),
    };
    this.backends.set(address, backend);
    this.world.stores.addBackend(backend);
  }

  store({ backend: address, ...written }: WrittenStore, id: string): void {
    const { error, settles, proxy } = written;
    const backend = this.known(this.backends.get(address), id);
    const store: KeyStore = { ...written, error, settles, proxy, backend };
    this.stores.set(id, store);
    this.world.stores.add(store);
  }

  materials({ spec, current, earlier, pending }: WrittenMaterials, id: string): void {
    const read = ({ secret, ...material }: WrittenMaterial): KeyMaterial => ({
      ...material,
      secret: secret && readSecret(secret, spec),
    });
    const materials = new Materials(current && read(current));
    materials.earlier.push(...earlier.map(read));
    materials.pending = pending && read(pending);
    this.materialsById.set(id, materials);
  }

  key({ identity, multiRegion, store, rotation, policy, aliases, ...written }: WrittenKey, id: string): void {
    const key = new KmsKey({
      ...identity,
      ...(multiRegion ? { multiRegionKeyType: multiRegion } : {}),
      ...(store ? { keyStore: { store: this.known(this.stores.get(store.record), id), ...externalKey(store) } } : {}),
      ...(rotation ? { rotation } : {}),
      state: written.state,
      policy: this.policyOf(id, policy),
      materials: this.known(this.materialsById.get(written.materials), id),
      description: written.description,
      tags: written.tags,
    });
    key.stateWhenAvailable = written.stateWhenAvailable;
    key.deletion = written.deletion;
    key.windowAfterReplicas = written.windowAfterReplicas;
    key.settles = written.settles;
    for (const alias of aliases) key.putAlias(alias);
    this.world.add(key);
  }

  grant({ key: arn, grant, until }: WrittenGrant): void {
    const grants = this.world.key(arn)?.grants;
    grants?.add(grant);
    if (until !== undefined) grants?.end(grant, until);
  }

  token({ key: arn, grant: id }: WrittenToken, record: string): void {
    const key = this.world.key(arn);
    const grant = key?.grants.find(id);
    // Of a grant that has ended.
    if (!key || !grant) return;
    this.world.addGrantToken(record.slice(record.indexOf(' ') + 1), { key, grant });
  }

  import({ key, token, algorithm, wrappingKey, validTo }: WrittenImport): void {
    const facts: ImportToken = {
      algorithm,
      wrappingKey: wrappingKey ? readPrivateKey(wrappingKey) : undefined,
      validTo,
    };
    this.world.key(key)?.importTokens.set(token, facts);
  }

  usage({ key: arn, usage }: WrittenUsage): void {
    const key = this.world.key(arn);
    if (key) key.lastUsage = usage;
  }

  private policyOf(id: string, { text, document }: WrittenKey['policy']): KeyPolicy {
    const compiled = this.options.policyOf?.(id.slice(id.indexOf(' ') + 1));
    if (compiled?.text === text) return compiled;
    return this.known(readKeyPolicy(text, document ?? `the policy of ${id}`), id);
  }

  private known<T>(found: T | undefined, id: string): T {
    if (found !== undefined) return found;
    throw new StateError(
      `the record \`${id}\` cannot be read: what it refers to is missing`,
      'this is a mistake of KMS Lens: keep the folder, and report it',
    );
  }
}

const externalKey = ({ xksKeyId }: { readonly xksKeyId?: string | undefined }) =>
  xksKeyId === undefined ? {} : { xksKeyId };
