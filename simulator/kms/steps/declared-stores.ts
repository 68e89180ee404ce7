import type { BackendState } from '../../scenario/file.ts';
import type { DeclaredKeyStore } from '../../scenario/key-stores.ts';
import type { ScenarioWorld } from '../../scenario/world.ts';
import { type Backend, type KeyStore, newBackend } from '../key-store.ts';
import type { KeyWorld } from '../world.ts';

/** Makes the custom key stores of a scenario, and what stands behind them. They go by the names of the file. */
export function declareStores(world: KeyWorld, scenario: ScenarioWorld): ReadonlyMap<string, KeyStore> {
  const stores = new Map<string, KeyStore>();
  for (const name of Object.keys(scenario.file.customKeyStores ?? {})) {
    const declared = scenario.keyStoreOf(name);
    if (!declared) continue;
    const backend = newBackend(declared.type, addressOf(declared));
    changeBackend(backend, declared.entry);
    world.stores.addBackend(backend);
    if (declared.entry.created === false) continue;
    const store = storeOf(declared, backend, scenario.start);
    world.stores.add(store);
    stores.set(name, store);
  }
  return stores;
}

export const addressOf = ({ type, cluster, endpoint, path }: DeclaredKeyStore): string =>
  type === 'AWS_CLOUDHSM' ? cluster : `${endpoint}${path}`;

export function changeBackend(backend: Backend, { error, hsms, externalKeys }: BackendState): void {
  if (error !== undefined) backend.error = error === 'none' ? undefined : error;
  if (hsms !== undefined) backend.hsms = hsms;
  if (!externalKeys) return;
  backend.externalKeys ??= new Map();
  for (const [id, status] of Object.entries(externalKeys)) backend.externalKeys.set(id, status);
}

/** What the documentation of AWS has for examples. */
const TRUST_ANCHOR = '(the certificate of the cluster)';
const ACCESS_KEY_ID = 'KMSLENSEXAMPLEPROXYID';

function storeOf(declared: DeclaredKeyStore, backend: Backend, created: number): KeyStore {
  const { entry, partition, account, region, id, type, name, endpoint, path } = declared;
  const isExternal = type === 'EXTERNAL_KEY_STORE';
  return {
    partition,
    account,
    region,
    id,
    type,
    name,
    created,
    state: entry.state ?? 'CONNECTED',
    error: undefined,
    settles: undefined,
    backend,
    proxy: isExternal ? { connectivity: 'PUBLIC_ENDPOINT', endpoint, path, accessKeyId: ACCESS_KEY_ID } : undefined,
    ...(isExternal ? {} : { trustAnchor: TRUST_ANCHOR }),
  };
}
