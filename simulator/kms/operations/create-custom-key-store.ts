import { keyStoreTypes } from '../../facts/key-stores.ts';
import { resourceQuotas } from '../../facts/quotas.ts';
import type { KeyStoreType } from '../../facts/types.ts';
import { KmsError } from '../errors.ts';
import { type Backend, checkBackend, type Proxy } from '../key-store.ts';
import {
  checkName,
  checkNeeded,
  checkProperties,
  clusterFor,
  clusterNote,
  type KeyStoreProperties,
  proxyFor,
} from '../key-store-request.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { optional, required, secretText } from '../shapes.ts';

const MOST = resourceQuotas.find(({ name }) => name === 'custom key stores')?.limit ?? 10;

/** It is connected by an operation of its own. */
export const createCustomKeyStore = operation({
  name: 'CreateCustomKeyStore',
  members: {
    CustomKeyStoreName: required(members.customKeyStoreName),
    CustomKeyStoreType: optional(members.customKeyStoreType),
    TrustAnchorCertificate: optional(secretText({ min: 1, max: 5000 })),
    ...members.keyStoreProperties,
  },
  check(input) {
    checkProperties(typeOf(input), input);
    checkNeeded(typeOf(input), input);
  },
  defaults: clusterNote,
  act({ input, world, place, now, random }) {
    const type = typeOf(input);
    const { TrustAnchorCertificate: trustAnchor } = input;
    checkName(input.CustomKeyStoreName, world, place);
    if (world.stores.in(place).length >= MOST)
      throw new KmsError('LimitExceededException', '', `an account has ${MOST} key stores in a Region at most`);
    const proxy = type === 'EXTERNAL_KEY_STORE' ? proxyOf(input) : undefined;
    const backend: Backend = proxy
      ? proxyFor(proxy, world, place)
      : clusterFor(input.CloudHsmClusterId ?? '', world, place);
    checkBackend(backend);
    const id = `cks-${Buffer.from(random.bytes(9)).toString('hex').slice(0, 17)}`;
    world.stores.add({
      partition: place.partition,
      account: place.account,
      region: place.region,
      id,
      type,
      created: now,
      name: input.CustomKeyStoreName,
      state: 'DISCONNECTED',
      error: undefined,
      settles: undefined,
      backend,
      proxy,
      ...(trustAnchor === undefined ? {} : { trustAnchor }),
    });
    return { CustomKeyStoreId: id };
  },
});

function typeOf({ CustomKeyStoreType: wanted }: { readonly CustomKeyStoreType?: string | undefined }): KeyStoreType {
  return keyStoreTypes.find((type) => type === wanted) ?? 'AWS_CLOUDHSM';
}

function proxyOf(input: KeyStoreProperties): Proxy {
  const { XksProxyVpcEndpointServiceName: serviceName, XksProxyVpcEndpointServiceOwner: serviceOwner } = input;
  return {
    connectivity: input.XksProxyConnectivity ?? '',
    endpoint: input.XksProxyUriEndpoint ?? '',
    path: input.XksProxyUriPath ?? '',
    accessKeyId: input.XksProxyAuthenticationCredential?.AccessKeyId ?? '',
    ...(serviceName === undefined ? {} : { serviceName }),
    ...(serviceOwner === undefined ? {} : { serviceOwner }),
  };
}
