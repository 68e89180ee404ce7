import { decryptUnder, keyOfCiphertext, SYMMETRIC } from '../cipher.ts';
import { checkCiphertextRequest } from '../ciphertext-request.ts';
import { assertAvailable } from '../crypto/available.ts';
import * as members from '../members.ts';
import { materialNote } from '../metadata.ts';
import { operation } from '../operation.ts';
import { optional } from '../shapes.ts';

export const decrypt = operation({
  name: 'Decrypt',
  members: {
    CiphertextBlob: optional(members.ciphertext),
    EncryptionContext: optional(members.encryptionContext),
    KeyId: optional(members.keyId),
    EncryptionAlgorithm: optional(members.encryptionAlgorithm),
    ...members.recipient,
    ...members.cryptographic,
    ...members.dryRunModifiers,
  },
  check(input) {
    checkCiphertextRequest(
      {
        ciphertext: input.CiphertextBlob,
        keyId: input.KeyId,
        algorithm: input.EncryptionAlgorithm,
        dryRun: input.DryRun,
        modifiers: input.DryRunModifiers,
      },
      'keyId',
    );
    if (input.Recipient) assertAvailable('Recipient');
  },
  find({ KeyId, CiphertextBlob }, finder) {
    if (KeyId !== undefined) return { on: finder.key(KeyId) };
    return { on: keyOfCiphertext(CiphertextBlob ?? new Uint8Array(), 'Decrypt', finder) };
  },
  defaults: ({ EncryptionAlgorithm = SYMMETRIC }) => ({ encryptionAlgorithm: EncryptionAlgorithm }),
  async act({ input, key, random, trail }) {
    const asked = { key, algorithm: input.EncryptionAlgorithm, context: input.EncryptionContext };
    const { plaintext, algorithm, material } = await decryptUnder(
      asked,
      input.CiphertextBlob ?? new Uint8Array(),
      random,
    );
    trail.additionalEventData = materialNote(material);
    return { KeyId: key.arn, Plaintext: plaintext, EncryptionAlgorithm: algorithm, ...material };
  },
});
