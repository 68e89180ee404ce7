import { bareKey } from '../crypto/bare-key.ts';
import { encapsulate as encapsulateWith } from '../crypto/lattice.ts';
import { algorithmFor, secretOf } from '../key-use.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const encapsulate = operation({
  name: 'Encapsulate',
  members: {
    ...members.onKey,
    EncapsulationAlgorithm: required(members.encapsulationAlgorithm),
    ...members.cryptographic,
  },
  async act({ input, key, random }) {
    algorithmFor(key, input.EncapsulationAlgorithm);
    const { secret } = await secretOf(key);
    const { sharedSecret, ciphertext } = await encapsulateWith(bareKey(secret), random);
    return {
      KeyId: key.arn,
      SharedSecret: sharedSecret,
      SharedSecretCiphertextBlob: ciphertext,
      EncapsulationAlgorithm: input.EncapsulationAlgorithm,
    };
  },
});
