import type { KeyStoreType } from '../facts/types.ts';
import { invalid, KmsError } from './errors.ts';
import type { Backend, KeyStore } from './key-store.ts';
import type { KeyWorld, Place } from './world.ts';

/** The members of CreateCustomKeyStore and UpdateCustomKeyStore that say where a key store is. */
export interface KeyStoreProperties {
  readonly CloudHsmClusterId?: string | undefined;
  readonly KeyStorePassword?: string | undefined;
  readonly TrustAnchorCertificate?: string | undefined;
  readonly XksProxyUriEndpoint?: string | undefined;
  readonly XksProxyUriPath?: string | undefined;
  readonly XksProxyVpcEndpointServiceName?: string | undefined;
  readonly XksProxyVpcEndpointServiceOwner?: string | undefined;
  readonly XksProxyAuthenticationCredential?: { readonly AccessKeyId: string } | undefined;
  readonly XksProxyConnectivity?: string | undefined;
}

type Name = keyof KeyStoreProperties;

const OF_TYPE: Readonly<Record<KeyStoreType, readonly Name[]>> = {
  AWS_CLOUDHSM: ['CloudHsmClusterId', 'KeyStorePassword', 'TrustAnchorCertificate'],
  EXTERNAL_KEY_STORE: [
    'XksProxyUriEndpoint',
    'XksProxyUriPath',
    'XksProxyVpcEndpointServiceName',
    'XksProxyVpcEndpointServiceOwner',
    'XksProxyAuthenticationCredential',
    'XksProxyConnectivity',
  ],
};

const NEEDED: Readonly<Record<KeyStoreType, readonly Name[]>> = {
  AWS_CLOUDHSM: OF_TYPE.AWS_CLOUDHSM,
  EXTERNAL_KEY_STORE: [
    'XksProxyConnectivity',
    'XksProxyUriEndpoint',
    'XksProxyUriPath',
    'XksProxyAuthenticationCredential',
  ],
};

const other = (type: KeyStoreType): KeyStoreType => (type === 'AWS_CLOUDHSM' ? 'EXTERNAL_KEY_STORE' : 'AWS_CLOUDHSM');

/** Throws for members that belong to the other kind of key store. */
export function checkProperties(type: KeyStoreType, input: KeyStoreProperties): void {
  const foreign = OF_TYPE[other(type)].find((name) => input[name] !== undefined);
  if (foreign !== undefined) throw invalid('', `leave out \`${foreign}\`: a key store of type ${type} has none`);
  const isService = input.XksProxyConnectivity === 'VPC_ENDPOINT_SERVICE';
  if (isService && input.XksProxyVpcEndpointServiceName === undefined)
    throw invalid('', 'name the VPC endpoint service: `XksProxyVpcEndpointServiceName`');
  if (input.XksProxyConnectivity === 'PUBLIC_ENDPOINT' && input.XksProxyVpcEndpointServiceName !== undefined)
    throw invalid('', 'leave out `XksProxyVpcEndpointServiceName`: a public endpoint has none');
}

export function checkNeeded(type: KeyStoreType, input: KeyStoreProperties): void {
  const missing = NEEDED[type].filter((name) => input[name] === undefined);
  if (missing.length > 0)
    throw invalid('', `a key store of type ${type} needs ${missing.map((name) => `\`${name}\``).join(', ')}`);
}

/** Throws where another key store of the account and Region has the name. */
export function checkName(name: string, world: KeyWorld, place: Place, own?: KeyStore): void {
  if (world.stores.in(place).some((each) => each !== own && each.name === name))
    throw new KmsError('CustomKeyStoreNameInUseException', '', 'give the key store another name');
}

export function storeNamed(id: string, world: KeyWorld, place: Place): KeyStore {
  const store = world.stores.find(place, id);
  if (store) return store;
  throw new KmsError(
    'CustomKeyStoreNotFoundException',
    '',
    'give the id of a key store of this account and Region; DescribeCustomKeyStores lists them',
  );
}

/** The cluster that nobody else has. */
export function clusterFor(id: string, world: KeyWorld, place: Place, own?: KeyStore): Backend {
  const cluster = world.stores.backend(id);
  if (cluster?.type !== 'AWS_CLOUDHSM')
    throw new KmsError(
      'CloudHsmClusterNotFoundException',
      '',
      'name a cluster that is there: in a scenario, a `cluster` of `customKeyStores`',
    );
  if (world.stores.in(place).some((each) => each !== own && each.backend === cluster))
    throw new KmsError('CloudHsmClusterInUseException', '', 'take another cluster: each belongs to one key store');
  return cluster;
}

export interface ProxyAddress {
  readonly endpoint: string;
  readonly path: string;
  readonly connectivity: string;
  readonly serviceName?: string | undefined;
}

/** What is behind a proxy that nobody else has. */
export function proxyFor(
  { endpoint, path, connectivity, serviceName }: ProxyAddress,
  world: KeyWorld,
  place: Place,
  own?: KeyStore,
): Backend {
  for (const each of world.stores.in(place)) {
    const { proxy } = each;
    if (each === own || !proxy) continue;
    if (proxy.endpoint === endpoint && proxy.path === path)
      throw new KmsError('XksProxyUriInUseException', '', `\`${each.name}\` has this endpoint and path: take another`);
    if (proxy.endpoint === endpoint && proxy.connectivity !== connectivity)
      throw new KmsError(
        'XksProxyUriEndpointInUseException',
        '',
        `\`${each.name}\` has this endpoint with another connectivity: take another`,
      );
    if (serviceName !== undefined && proxy.serviceName === serviceName && proxy.endpoint !== endpoint)
      throw new KmsError(
        'XksProxyVpcEndpointServiceInUseException',
        '',
        `\`${each.name}\` has this VPC endpoint service with another endpoint: take another`,
      );
  }
  const backend = world.stores.backend(`${endpoint}${path}`);
  if (backend?.type === 'EXTERNAL_KEY_STORE') return backend;
  throw new KmsError(
    'XksProxyUriUnreachableException',
    '',
    'name a proxy that is there: in a scenario, an `endpoint` and `path` of `customKeyStores`',
  );
}

/** What CloudTrail shows besides of operations on a key store. */
export function storeData({ name, type, backend }: KeyStore): Readonly<Record<string, unknown>> {
  return { customKeyStoreName: name, ...(type === 'AWS_CLOUDHSM' ? { clusterId: backend.address } : {}) };
}

/** CloudTrail has a name of its own for the cluster of a request. */
export function clusterNote({ CloudHsmClusterId: id }: KeyStoreProperties): Readonly<Record<string, unknown>> {
  return id === undefined ? {} : { clusterId: id };
}
