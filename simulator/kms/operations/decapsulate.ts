import { bareKey } from '../crypto/bare-key.ts';
import { decapsulate as decapsulateWith } from '../crypto/lattice.ts';
import { invalidCiphertext } from '../errors.ts';
import { algorithmFor, secretOf } from '../key-use.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

/** A ciphertext that was made for another key, or changed, gives another secret and no error: that is how ML-KEM works. */
export const decapsulate = operation({
  name: 'Decapsulate',
  members: {
    ...members.onKey,
    SharedSecretCiphertextBlob: required(members.ciphertext),
    EncapsulationAlgorithm: required(members.encapsulationAlgorithm),
    ...members.cryptographic,
  },
  async act({ input, key }) {
    const { ciphertextBytes } = algorithmFor(key, input.EncapsulationAlgorithm);
    if (input.SharedSecretCiphertextBlob.length !== ciphertextBytes)
      throw invalidCiphertext(
        `give the ${ciphertextBytes} bytes that Encapsulate, or the library of the other side, made for this key`,
      );
    const { secret } = await secretOf(key);
    const SharedSecret = await decapsulateWith(bareKey(secret), input.SharedSecretCiphertextBlob);
    return { KeyId: key.arn, SharedSecret, EncapsulationAlgorithm: input.EncapsulationAlgorithm };
  },
});
