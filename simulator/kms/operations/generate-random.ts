import { assertAvailable } from '../crypto/available.ts';
import { invalid, unsupported } from '../errors.ts';
import { checkConnected, problemOf, wrongState } from '../key-store.ts';
import { storeNamed } from '../key-store-request.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { optional } from '../shapes.ts';

export const generateRandom = operation({
  name: 'GenerateRandom',
  members: {
    NumberOfBytes: optional(members.numberOfBytes),
    CustomKeyStoreId: optional(members.customKeyStoreId),
    ...members.recipient,
  },
  check(input) {
    if (input.NumberOfBytes === undefined)
      throw invalid('NumberOfBytes is required.', 'give `NumberOfBytes`, 1 to 1024');
    if (input.Recipient) assertAvailable('Recipient');
  },
  act({ input, random, world, place }) {
    if (input.CustomKeyStoreId !== undefined) {
      const store = storeNamed(input.CustomKeyStoreId, world, place);
      if (store.type !== 'AWS_CLOUDHSM')
        throw unsupported('', 'name a CloudHSM key store, or none: external key managers give no random bytes');
      checkConnected(store);
      const problem = problemOf(store.backend);
      if (problem) throw wrongState(`mend the cluster of the key store: ${problem.name}`);
    }
    return { Plaintext: random.bytes(input.NumberOfBytes ?? 0) };
  },
});
