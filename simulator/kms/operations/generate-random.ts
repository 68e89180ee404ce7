import { assertAvailable } from '../crypto/available.ts';
import { invalid, KmsError } from '../errors.ts';
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
  act({ input, random }) {
    if (input.CustomKeyStoreId !== undefined)
      throw new KmsError(
        'CustomKeyStoreNotFoundException',
        '',
        'custom key stores are not simulated, so that none can be found',
      );
    return { Plaintext: random.bytes(input.NumberOfBytes ?? 0) };
  },
});
