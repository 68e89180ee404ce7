import { createHash } from 'node:crypto';
import type { Grant } from '../../access/world.ts';
import { keySpecs, keyUsages } from '../../facts/key-specs.ts';
import { keyStates } from '../../facts/key-states.ts';
import { origins } from '../../facts/origins.ts';
import { parseDuration } from '../../scenario/duration.ts';
import { externalKeyFor } from '../../scenario/key-stores.ts';
import { isAwsManaged } from '../../scenario/keys.ts';
import type { ScenarioKey, ScenarioWorld } from '../../scenario/world.ts';
import { MANAGED_ROTATION_DAYS, managedDescription } from '../aws-managed.ts';
import { DAY } from '../by-itself.ts';
import type { RandomSource } from '../environment.ts';
import type { KmsGrant } from '../grants.ts';
import { KmsKey } from '../key.ts';
import { keyPolicyOf } from '../key-policy.ts';
import { adoptConnection, type KeyStore, type KeyStorePlace } from '../key-store.ts';
import { Materials, newMaterial } from '../material.ts';
import { KeyWorld } from '../world.ts';
import { declareStores } from './declared-stores.ts';

/** The keys of a scenario with what the service needs besides, and which key of the file each is. */
export interface DeclaredKeys {
  readonly world: KeyWorld;
  readonly declared: ReadonlyMap<KmsKey, ScenarioKey>;
  /** Of the grants, by their names in the file. */
  readonly grants: ReadonlyMap<string, DeclaredGrant>;
}

/** What stands for a grant in requests. */
export interface DeclaredGrant {
  readonly id: string;
  readonly token: string;
}

/** Waiting periods are as long as they get, and rotations count from the start, where the file says nothing else. */
const WINDOW_DAYS = 30;
const ROTATION_DAYS = 365;

export function declaredKeys(scenario: ScenarioWorld, random: RandomSource): DeclaredKeys {
  const delay = parseDuration(scenario.file.grantConsistencyDelay ?? 'PT0S');
  const world = new KeyWorld([], delay === undefined ? {} : { grantDelay: delay });
  const stores = declareStores(world, scenario);
  const declared = new Map<KmsKey, ScenarioKey>();
  const grants = new Map<string, DeclaredGrant>();
  const materials = new Map<string, Materials>();
  for (const each of scenario.keys) {
    const set = setOf(each);
    const primary = materials.get(set);
    const own = primary ? sharedBy(each, primary) : materialsOf(each, random);
    if (!primary) materials.set(set, own);
    const key = keyOf(each, own, scenario.start, keyStoreOf(each, stores));
    adoptConnection(key);
    world.add(key);
    for (const name of each.description.aliases ?? [])
      world.putAlias(key, { name, created: scenario.start, updated: scenario.start });
    declared.set(key, each);
    for (const grant of key.grants.all) {
      const { id, terms } = grant;
      const token = Buffer.from(`kms-lens grant ${terms.name} ${key.arn}`).toString('base64');
      world.addGrantToken(token, { key, grant });
      grants.set(terms.name, { id, token });
    }
  }
  return { world, declared, grants };
}

function materialsOf({ description, entry }: ScenarioKey, random: RandomSource): Materials {
  const { id, spec = '', origin } = description;
  if (origin === 'EXTERNAL' && entry.state === 'PendingImport') return new Materials();
  const material = newMaterial(id, spec, random);
  if (origin === 'EXTERNAL') material.imported = {};
  return new Materials(material);
}

/** Keys of one multi-Region key may be declared one by one, too. */
const setOf = ({ name, description: { multiRegion, account, id } }: ScenarioKey): string =>
  multiRegion ? `${account} ${id}` : name;

/** What a replica has: imported material is its own, though it is the same. */
function sharedBy({ description, entry }: ScenarioKey, primary: Materials): Materials {
  return description.origin === 'EXTERNAL' ? primary.forAnotherRegion(entry.state !== 'PendingImport') : primary;
}

function keyStoreOf({ name, entry }: ScenarioKey, stores: ReadonlyMap<string, KeyStore>): KeyStorePlace | undefined {
  const store = entry.customKeyStore === undefined ? undefined : stores.get(entry.customKeyStore);
  if (!store) return undefined;
  return store.type === 'AWS_CLOUDHSM' ? { store } : { store, xksKeyId: entry.externalKey ?? externalKeyFor(name) };
}

function keyOf(
  { description, entry, policy, grants }: ScenarioKey,
  materials: Materials,
  start: number,
  keyStore: KeyStorePlace | undefined,
): KmsKey {
  const { partition, account, region, id, manager = 'CUSTOMER', multiRegionKeyType, tags = {} } = description;
  const managed = description.aliases?.find(isAwsManaged);
  const periodInDays =
    manager === 'AWS'
      ? MANAGED_ROTATION_DAYS
      : entry.rotation?.enabled
        ? (entry.rotation.periodInDays ?? ROTATION_DAYS)
        : undefined;
  const key = new KmsKey({
    partition,
    account,
    region,
    id,
    spec: keySpecs.find(({ name }) => name === description.spec)?.name ?? 'SYMMETRIC_DEFAULT',
    usage: keyUsages.find(({ name }) => name === description.usage)?.name ?? 'ENCRYPT_DECRYPT',
    origin: origins.find(({ name }) => name === description.origin)?.name ?? 'AWS_KMS',
    manager,
    ...(multiRegionKeyType === undefined ? {} : { multiRegionKeyType }),
    created: start,
    state: keyStates.find(({ name }) => name === entry.state)?.name ?? 'Enabled',
    ...(keyStore ? { keyStore } : {}),
    policy: keyPolicyOf(policy),
    description: managed === undefined ? '' : managedDescription(managed),
    materials,
    grants: grants.map((grant) => grantOf(grant, `${account} ${region} ${id}`, start)),
    tags: Object.entries(tags),
    ...(periodInDays === undefined || multiRegionKeyType === 'REPLICA'
      ? {}
      : { rotation: { periodInDays, next: start + periodInDays * DAY } }),
  });
  if (key.state === 'PendingDeletion') key.deletion = start + WINDOW_DAYS * DAY;
  return key;
}

/** One of the file was made long before its start. Its name there is its `Name`, where it can be one. */
function grantOf(terms: Grant, key: string, start: number): KmsGrant {
  const id = createHash('sha256').update(`${terms.name} ${key}`).digest('hex');
  const name = /^[a-zA-Z0-9:/_-]{1,256}$/.test(terms.name) ? terms.name : undefined;
  return { id, ...(name === undefined ? {} : { name }), terms: { ...terms, id }, created: start, everywhere: start };
}
