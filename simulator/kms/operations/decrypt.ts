import { type CiphertextBlob, openBlob, parseBlob } from '../ciphertext-blob.ts';
import type { EncryptionContext } from '../encryption-context.ts';
import { incorrectKey, invalidCiphertext, KmsError } from '../errors.ts';
import { findKeyMaterial } from '../symmetric-key.ts';
import { bytesLength, checkConstraints, textLength, wellFormedContext } from '../validation.ts';
import { findNamedKey, MAXIMUM_KEY_ID_LENGTH, type Operation } from './operation.ts';

export interface DecryptInput {
  readonly CiphertextBlob: Uint8Array;
  readonly EncryptionContext?: EncryptionContext;
  /** Optional, since the ciphertext names its key; where given, only that key may decrypt. */
  readonly KeyId?: string;
}

export interface DecryptOutput {
  /** The key's ARN. */
  readonly KeyId: string;
  readonly Plaintext: Uint8Array;
  readonly EncryptionAlgorithm: 'SYMMETRIC_DEFAULT';
  readonly KeyMaterialId: string;
}

/** The most that Decrypt takes, in bytes. */
const MAXIMUM_CIPHERTEXT_BYTES = 6144;

const UNNAMED_KEY = 'the resource associated with this ciphertext';
const UNNAMED_KEY_DENIED =
  'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

export const decrypt: Operation<DecryptInput, DecryptOutput> = {
  validate(input) {
    checkConstraints(
      [
        bytesLength('ciphertextBlob', input.CiphertextBlob, MAXIMUM_CIPHERTEXT_BYTES),
        textLength('keyId', input.KeyId, MAXIMUM_KEY_ID_LENGTH),
      ],
      `give the ciphertext as KMS returned it, 1 to ${MAXIMUM_CIPHERTEXT_BYTES} bytes; a locally encrypted message goes to the program that made it, which sends KMS the encrypted data key alone`,
    );
    wellFormedContext(input.EncryptionContext);
  },
  findKey(input, keys, caller) {
    if (input.KeyId !== undefined) return findNamedKey({ KeyId: input.KeyId }, keys);
    const { keyArn } = readBlob(input.CiphertextBlob);
    const key = keys(keyArn);
    if (key) return key;
    throw new KmsError(
      'AccessDeniedException',
      `User: ${caller} is not authorized to perform: kms:Decrypt on ${UNNAMED_KEY} ${UNNAMED_KEY_DENIED}`,
      `the ciphertext was made under \`${keyArn}\`, which is not known here; decrypt where that key is`,
    );
  },
  resource(input, key) {
    if (input.KeyId !== undefined) return { name: `resource: ${key.arn}` };
    return { name: UNNAMED_KEY, ending: UNNAMED_KEY_DENIED };
  },
  async perform(key, input) {
    const blob = readBlob(input.CiphertextBlob);
    if (blob.keyArn !== key.arn) {
      throw incorrectKey(`the ciphertext was made under \`${blob.keyArn}\`; name that key, or none`);
    }
    const material = findKeyMaterial(key, blob.keyMaterialId);
    if (!material) {
      throw invalidCiphertext(`the ciphertext names key material that \`${key.arn}\` does not have, so it was changed`);
    }
    const plaintext = openBlob(material, blob, input.EncryptionContext);
    if (!plaintext) {
      throw invalidCiphertext(
        'give exactly the encryption context of the encryption, case included, and the ciphertext unchanged',
      );
    }
    return {
      KeyId: key.arn,
      Plaintext: plaintext,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      KeyMaterialId: material.id,
    };
  },
};

function readBlob(bytes: Uint8Array): CiphertextBlob {
  const answer = parseBlob(bytes);
  if ('blob' in answer) return answer.blob;
  throw invalidCiphertext(`this is no ciphertext of a simulated key: ${answer.problem}`);
}
