import { assertAvailable } from '../crypto/available.ts';
import { dataKeyPairMembers, newDataKeyPair } from '../data-key-pair.ts';
import * as members from '../members.ts';
import { materialNote } from '../metadata.ts';
import { operation } from '../operation.ts';
import { checkKeyPairSpec } from '../spec-check.ts';

export const generateDataKeyPair = operation({
  name: 'GenerateDataKeyPair',
  members: { ...dataKeyPairMembers, ...members.recipient },
  check(input, place) {
    checkKeyPairSpec(input.KeyPairSpec, place);
    if (input.Recipient) assertAvailable('Recipient');
  },
  async act({ input, key, random, trail }) {
    const spec = input.KeyPairSpec;
    const pair = await newDataKeyPair({ key, spec, context: input.EncryptionContext, random });
    trail.additionalEventData = materialNote(pair.material);
    return {
      PrivateKeyCiphertextBlob: pair.ciphertext,
      PrivateKeyPlaintext: pair.privateKey,
      PublicKey: pair.publicKey,
      KeyId: key.arn,
      KeyPairSpec: spec,
      ...pair.material,
    };
  },
});
