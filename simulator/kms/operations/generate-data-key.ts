import { encryptUnder } from '../cipher.ts';
import { assertAvailable } from '../crypto/available.ts';
import { dataKeyLength, dataKeyMembers } from '../data-key.ts';
import * as members from '../members.ts';
import { materialNote } from '../metadata.ts';
import { operation } from '../operation.ts';

export const generateDataKey = operation({
  name: 'GenerateDataKey',
  members: { ...dataKeyMembers, ...members.recipient },
  check(input) {
    dataKeyLength(input);
    if (input.Recipient) assertAvailable('Recipient');
  },
  async act({ input, key, random, trail }) {
    const plaintext = random.bytes(dataKeyLength(input));
    const asked = { key, algorithm: undefined, context: input.EncryptionContext };
    const { ciphertext, material } = await encryptUnder(asked, plaintext, random);
    trail.additionalEventData = materialNote(material);
    return { CiphertextBlob: ciphertext, Plaintext: plaintext, KeyId: key.arn, ...material };
  },
});
