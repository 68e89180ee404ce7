import { adoptConnection, wrongState } from '../key-store.ts';
import { storeData, storeNamed } from '../key-store-request.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const disconnectCustomKeyStore = operation({
  name: 'DisconnectCustomKeyStore',
  members: { CustomKeyStoreId: required(members.customKeyStoreId) },
  act({ input, world, place, trail }) {
    const store = storeNamed(input.CustomKeyStoreId, world, place);
    trail.additionalEventData = storeData(store);
    if (store.state === 'DISCONNECTED' || store.state === 'DISCONNECTING')
      throw wrongState(`the key store is ${store.state} already`);
    store.state = 'DISCONNECTED';
    store.error = undefined;
    store.settles = undefined;
    for (const key of world.keysInStore(store)) adoptConnection(key);
    return {};
  },
});
