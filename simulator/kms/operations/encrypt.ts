import { sealBlob } from '../ciphertext-blob.ts';
import { bytesLength, checkConstraints, textLength, wellFormedContext } from '../validation.ts';
import { findNamedKey, type KeyRequest, MAXIMUM_KEY_ID_LENGTH, namedResource, type Operation } from './operation.ts';

export interface EncryptInput extends KeyRequest {
  readonly Plaintext: Uint8Array;
}

/** Unlike other operations, Encrypt does not tell the key material. */
export interface EncryptOutput {
  readonly CiphertextBlob: Uint8Array;
  /** The key's ARN. */
  readonly KeyId: string;
  readonly EncryptionAlgorithm: 'SYMMETRIC_DEFAULT';
}

/** The most that Encrypt takes, in bytes: a limit of the request, for keys of every spec. */
const MAXIMUM_PLAINTEXT_BYTES = 4096;

export const encrypt: Operation<EncryptInput, EncryptOutput> = {
  validate(input) {
    checkConstraints(
      [
        textLength('keyId', input.KeyId, MAXIMUM_KEY_ID_LENGTH),
        bytesLength('plaintext', input.Plaintext, MAXIMUM_PLAINTEXT_BYTES),
      ],
      `give a key and 1 to ${MAXIMUM_PLAINTEXT_BYTES} bytes; for more, ask for a data key and encrypt locally`,
    );
    wellFormedContext(input.EncryptionContext);
  },
  findKey: findNamedKey,
  resource: namedResource,
  async perform(key, input, random) {
    return {
      CiphertextBlob: sealBlob(key, input.Plaintext, input.EncryptionContext, random),
      KeyId: key.arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  },
};
