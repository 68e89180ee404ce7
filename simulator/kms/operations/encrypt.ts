import { encryptUnder, SYMMETRIC } from '../cipher.ts';
import * as members from '../members.ts';
import { materialNote } from '../metadata.ts';
import { operation } from '../operation.ts';
import { optional, required } from '../shapes.ts';

/** Unlike other operations, Encrypt does not tell the key material. */
export const encrypt = operation({
  name: 'Encrypt',
  members: {
    ...members.onKey,
    Plaintext: required(members.plaintext),
    EncryptionContext: optional(members.encryptionContext),
    EncryptionAlgorithm: optional(members.encryptionAlgorithm),
    ...members.cryptographic,
  },
  defaults: ({ EncryptionAlgorithm = SYMMETRIC }) => ({ encryptionAlgorithm: EncryptionAlgorithm }),
  async act({ input, key, random, trail }) {
    const asked = { key, algorithm: input.EncryptionAlgorithm, context: input.EncryptionContext };
    const { ciphertext, algorithm, material } = await encryptUnder(asked, input.Plaintext, random);
    trail.additionalEventData = materialNote(material);
    return { CiphertextBlob: ciphertext, KeyId: key.arn, EncryptionAlgorithm: algorithm };
  },
});
