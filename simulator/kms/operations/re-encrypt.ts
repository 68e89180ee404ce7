import { decryptUnder, encryptUnder, keyOfCiphertext, SYMMETRIC } from '../cipher.ts';
import { checkCiphertextRequest } from '../ciphertext-request.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { optional, required } from '../shapes.ts';

export const reEncrypt = operation({
  name: 'ReEncrypt',
  members: {
    CiphertextBlob: optional(members.ciphertext),
    SourceEncryptionContext: optional(members.encryptionContext),
    SourceKeyId: optional(members.keyId),
    DestinationKeyId: required(members.keyId),
    DestinationEncryptionContext: optional(members.encryptionContext),
    SourceEncryptionAlgorithm: optional(members.encryptionAlgorithm),
    DestinationEncryptionAlgorithm: optional(members.encryptionAlgorithm),
    ...members.cryptographic,
    ...members.dryRunModifiers,
  },
  check(input) {
    checkCiphertextRequest(
      {
        ciphertext: input.CiphertextBlob,
        keyId: input.SourceKeyId,
        algorithm: input.SourceEncryptionAlgorithm,
        dryRun: input.DryRun,
        modifiers: input.DryRunModifiers,
      },
      'sourceKeyId',
    );
  },
  find(input, finder) {
    const on =
      input.SourceKeyId === undefined
        ? keyOfCiphertext(input.CiphertextBlob ?? new Uint8Array(), 'ReEncryptFrom', finder)
        : finder.key(input.SourceKeyId, 'ReEncryptFrom');
    return { on, to: finder.key(input.DestinationKeyId, 'ReEncryptTo') };
  },
  defaults: ({ SourceEncryptionAlgorithm = SYMMETRIC, DestinationEncryptionAlgorithm = SYMMETRIC }) => ({
    sourceEncryptionAlgorithm: SourceEncryptionAlgorithm,
    destinationEncryptionAlgorithm: DestinationEncryptionAlgorithm,
  }),
  async act({ input, key, to, random, trail }) {
    const from = { key, algorithm: input.SourceEncryptionAlgorithm, context: input.SourceEncryptionContext };
    const source = await decryptUnder(from, input.CiphertextBlob ?? new Uint8Array(), random);
    const into = {
      key: to,
      algorithm: input.DestinationEncryptionAlgorithm,
      context: input.DestinationEncryptionContext,
    };
    const destination = await encryptUnder(into, source.plaintext, random);
    source.plaintext.fill(0);
    const ids = {
      ...(source.material.KeyMaterialId === undefined ? {} : { SourceKeyMaterialId: source.material.KeyMaterialId }),
      ...(destination.material.KeyMaterialId === undefined
        ? {}
        : { DestinationKeyMaterialId: destination.material.KeyMaterialId }),
    };
    trail.requestParameters = {
      sourceKeyId: key.arn,
      destinationKeyId: to.arn,
    };
    trail.additionalEventData = {
      ...(ids.SourceKeyMaterialId === undefined ? {} : { sourceKeyMaterialId: ids.SourceKeyMaterialId }),
      ...(ids.DestinationKeyMaterialId === undefined ? {} : { destinationKeyMaterialId: ids.DestinationKeyMaterialId }),
    };
    return {
      CiphertextBlob: destination.ciphertext,
      SourceKeyId: key.arn,
      KeyId: to.arn,
      SourceEncryptionAlgorithm: source.algorithm,
      DestinationEncryptionAlgorithm: destination.algorithm,
      ...ids,
    };
  },
});
