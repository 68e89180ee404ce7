import { invalid, KmsError } from '../errors.ts';
import type { KeyStore } from '../key-store.ts';
import { storeNamed } from '../key-store-request.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { optional } from '../shapes.ts';

export const describeCustomKeyStores = operation({
  name: 'DescribeCustomKeyStores',
  members: {
    CustomKeyStoreId: optional(members.customKeyStoreId),
    CustomKeyStoreName: optional(members.customKeyStoreName),
    ...members.pages(1000),
  },
  check({ CustomKeyStoreId: id, CustomKeyStoreName: name }) {
    if (id !== undefined && name !== undefined)
      throw invalid('', 'give `CustomKeyStoreId` or `CustomKeyStoreName`, not both');
  },
  act({ input, world, place }) {
    const { CustomKeyStoreId: id, CustomKeyStoreName: name } = input;
    const all =
      id === undefined
        ? world.stores.in(place).filter((store) => name === undefined || store.name === name)
        : [storeNamed(id, world, place)];
    if (name !== undefined && all.length === 0)
      throw new KmsError('CustomKeyStoreNotFoundException', '', 'no key store of this account and Region has the name');
    const { page, more } = pageOf(all, (store) => store.id, input, 100);
    return { CustomKeyStores: page.map(entryOf), ...more };
  },
});

function entryOf({ id, name, type, backend, trustAnchor, state, error, created, proxy }: KeyStore): object {
  return {
    CustomKeyStoreId: id,
    CustomKeyStoreName: name,
    ...(type === 'AWS_CLOUDHSM' ? { CloudHsmClusterId: backend.address } : {}),
    ...(trustAnchor === undefined ? {} : { TrustAnchorCertificate: trustAnchor }),
    ConnectionState: state,
    ...(error === undefined ? {} : { ConnectionErrorCode: error }),
    CreationDate: new Date(created),
    CustomKeyStoreType: type,
    ...(proxy
      ? {
          XksProxyConfiguration: {
            Connectivity: proxy.connectivity,
            AccessKeyId: proxy.accessKeyId,
            UriEndpoint: proxy.endpoint,
            UriPath: proxy.path,
            ...(proxy.serviceName === undefined ? {} : { VpcEndpointServiceName: proxy.serviceName }),
            ...(proxy.serviceOwner === undefined ? {} : { VpcEndpointServiceOwner: proxy.serviceOwner }),
          },
        }
      : {}),
  };
}
