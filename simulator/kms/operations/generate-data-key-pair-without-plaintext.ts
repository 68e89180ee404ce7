import { dataKeyPairMembers, newDataKeyPair } from '../data-key-pair.ts';
import { materialNote } from '../metadata.ts';
import { operation } from '../operation.ts';
import { checkKeyPairSpec } from '../spec-check.ts';

export const generateDataKeyPairWithoutPlaintext = operation({
  name: 'GenerateDataKeyPairWithoutPlaintext',
  members: dataKeyPairMembers,
  check: (input, place) => checkKeyPairSpec(input.KeyPairSpec, place),
  async act({ input, key, random, trail }) {
    const spec = input.KeyPairSpec;
    const pair = await newDataKeyPair({ key, spec, context: input.EncryptionContext, random });
    pair.privateKey.fill(0);
    trail.additionalEventData = materialNote(pair.material);
    return {
      PrivateKeyCiphertextBlob: pair.ciphertext,
      PublicKey: pair.publicKey,
      KeyId: key.arn,
      KeyPairSpec: spec,
      ...pair.material,
    };
  },
});
