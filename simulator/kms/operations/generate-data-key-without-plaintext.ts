import { encryptUnder } from '../cipher.ts';
import { dataKeyLength, dataKeyMembers } from '../data-key.ts';
import { materialNote } from '../metadata.ts';
import { operation } from '../operation.ts';

export const generateDataKeyWithoutPlaintext = operation({
  name: 'GenerateDataKeyWithoutPlaintext',
  members: dataKeyMembers,
  check: (input) => void dataKeyLength(input),
  async act({ input, key, random, trail }) {
    const plaintext = random.bytes(dataKeyLength(input));
    const asked = { key, algorithm: undefined, context: input.EncryptionContext };
    const { ciphertext, material } = await encryptUnder(asked, plaintext, random);
    plaintext.fill(0);
    trail.additionalEventData = materialNote(material);
    return { CiphertextBlob: ciphertext, KeyId: key.arn, ...material };
  },
});
