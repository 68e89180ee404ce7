import { KmsError } from '../errors.ts';
import { wrongState } from '../key-store.ts';
import { storeData, storeNamed } from '../key-store-request.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const deleteCustomKeyStore = operation({
  name: 'DeleteCustomKeyStore',
  members: { CustomKeyStoreId: required(members.customKeyStoreId) },
  act({ input, world, place, trail }) {
    const store = storeNamed(input.CustomKeyStoreId, world, place);
    trail.additionalEventData = storeData(store);
    if (world.keysInStore(store).length > 0)
      throw new KmsError(
        'CustomKeyStoreHasCMKsException',
        '',
        'call ScheduleKeyDeletion for its keys and wait until they are gone; DisconnectCustomKeyStore is enough to stop their use',
      );
    if (store.state !== 'DISCONNECTED') throw wrongState(`call DisconnectCustomKeyStore first: it is ${store.state}`);
    world.stores.remove(store);
    return {};
  },
});
