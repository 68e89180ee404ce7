import { KmsError } from '../errors.ts';
import { checkBackend, type KeyStore, type Proxy, wrongState } from '../key-store.ts';
import {
  checkName,
  checkProperties,
  clusterFor,
  clusterNote,
  type KeyStoreProperties,
  proxyFor,
  storeData,
  storeNamed,
} from '../key-store-request.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { optional, required } from '../shapes.ts';
import type { KeyWorld, Place } from '../world.ts';

/** What may be changed of a connected external key store, besides the name. */
const WHILE_CONNECTED: ReadonlySet<string> = new Set(['XksProxyAuthenticationCredential', 'XksProxyUriPath']);

export const updateCustomKeyStore = operation({
  name: 'UpdateCustomKeyStore',
  members: {
    CustomKeyStoreId: required(members.customKeyStoreId),
    NewCustomKeyStoreName: optional(members.customKeyStoreName),
    ...members.keyStoreProperties,
  },
  defaults: clusterNote,
  act({ input, world, place, trail }) {
    const { CustomKeyStoreId: id, NewCustomKeyStoreName: name, ...properties } = input;
    const store = storeNamed(id, world, place);
    checkProperties(store.type, properties);
    checkState(store, properties);
    if (name !== undefined) checkName(name, world, place, store);
    if (Object.values(properties).some((value) => value !== undefined)) {
      if (store.type === 'AWS_CLOUDHSM') updateCluster(store, properties, world, place);
      else updateProxy(store, properties, world, place);
    }
    if (name !== undefined) store.name = name;
    trail.additionalEventData = storeData(store);
    return {};
  },
});

function checkState({ state, name }: KeyStore, properties: KeyStoreProperties): void {
  const changes = Object.entries(properties).filter(([, value]) => value !== undefined);
  const isFree = state === 'CONNECTED' && changes.every(([property]) => WHILE_CONNECTED.has(property));
  if (state !== 'DISCONNECTED' && !isFree)
    throw wrongState(`call DisconnectCustomKeyStore for \`${name}\` first: it is ${state}`);
}

function updateCluster(store: KeyStore, { CloudHsmClusterId: id }: KeyStoreProperties, world: KeyWorld, place: Place) {
  const cluster = id === undefined ? store.backend : clusterFor(id, world, place, store);
  if (cluster !== store.backend)
    throw new KmsError(
      'CloudHsmClusterNotRelatedException',
      '',
      'name the cluster of the key store, or one that was made from a backup of it',
    );
  checkBackend(cluster);
}

function updateProxy(store: KeyStore, properties: KeyStoreProperties, world: KeyWorld, place: Place): void {
  const old = store.proxy;
  if (!old) return;
  const connectivity = properties.XksProxyConnectivity ?? old.connectivity;
  const { serviceName: oldName, serviceOwner: oldOwner, ...rest } = old;
  const serviceName = properties.XksProxyVpcEndpointServiceName ?? oldName;
  const serviceOwner = properties.XksProxyVpcEndpointServiceOwner ?? oldOwner;
  const proxy: Proxy = {
    ...rest,
    connectivity,
    endpoint: properties.XksProxyUriEndpoint ?? old.endpoint,
    path: properties.XksProxyUriPath ?? old.path,
    accessKeyId: properties.XksProxyAuthenticationCredential?.AccessKeyId ?? old.accessKeyId,
    ...(connectivity === 'VPC_ENDPOINT_SERVICE' && serviceName !== undefined ? { serviceName } : {}),
    ...(connectivity === 'VPC_ENDPOINT_SERVICE' && serviceOwner !== undefined ? { serviceOwner } : {}),
  };
  const backend = proxyFor(proxy, world, place, store);
  checkBackend(backend);
  store.proxy = proxy;
  store.backend = backend;
}
