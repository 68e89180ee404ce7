import { wrongState } from '../key-store.ts';
import { storeData, storeNamed } from '../key-store-request.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

const MINUTE = 60 * 1000;

/** How long it takes, as far as AWS says. */
const CLUSTER = 20 * MINUTE;
const PUBLIC_ENDPOINT = MINUTE / 2;
const ENDPOINT_SERVICE = 10 * MINUTE;

/** It only begins to connect; whether it succeeds shows DescribeCustomKeyStores. */
export const connectCustomKeyStore = operation({
  name: 'ConnectCustomKeyStore',
  members: { CustomKeyStoreId: required(members.customKeyStoreId) },
  act({ input, world, place, now, trail }) {
    const store = storeNamed(input.CustomKeyStoreId, world, place);
    trail.additionalEventData = storeData(store);
    if (store.state === 'FAILED' || store.state === 'DISCONNECTING')
      throw wrongState('call DisconnectCustomKeyStore, mend what is wrong, and connect again');
    if (store.state !== 'DISCONNECTED') return {};
    store.state = 'CONNECTING';
    store.settles = now + (store.proxy ? durationFor(store.proxy.connectivity) : CLUSTER);
    world.schedule(store.settles);
    return {};
  },
});

const durationFor = (connectivity: string): number =>
  connectivity === 'VPC_ENDPOINT_SERVICE' ? ENDPOINT_SERVICE : PUBLIC_ENDPOINT;
