import { sealBlob } from '../ciphertext-blob.ts';
import { KmsError } from '../errors.ts';
import { checkConstraints, oneOf, range, textLength, wellFormedContext } from '../validation.ts';
import { findNamedKey, type KeyRequest, MAXIMUM_KEY_ID_LENGTH, namedResource, type Operation } from './operation.ts';

/** Exactly one of KeySpec and NumberOfBytes. */
export interface GenerateDataKeyInput extends KeyRequest {
  /** `AES_256` or `AES_128`. */
  readonly KeySpec?: string;
  /** 1 to 1024. */
  readonly NumberOfBytes?: number;
}

export interface GenerateDataKeyOutput {
  /** The data key, encrypted under the KMS key. */
  readonly CiphertextBlob: Uint8Array;
  /** The data key itself: to be used and then overwritten. */
  readonly Plaintext: Uint8Array;
  /** The key's ARN. */
  readonly KeyId: string;
  readonly KeyMaterialId: string;
}

const BYTES_BY_SPEC: ReadonlyMap<string, number> = new Map([
  ['AES_256', 32],
  ['AES_128', 16],
]);
const MAXIMUM_BYTES = 1024;

export const generateDataKey: Operation<GenerateDataKeyInput, GenerateDataKeyOutput> = {
  validate(input) {
    checkConstraints(
      [
        textLength('keyId', input.KeyId, MAXIMUM_KEY_ID_LENGTH),
        range('numberOfBytes', input.NumberOfBytes, 1, MAXIMUM_BYTES),
        oneOf('keySpec', input.KeySpec, [...BYTES_BY_SPEC.keys()]),
      ],
      `give KeySpec AES_256 or AES_128, or NumberOfBytes from 1 to ${MAXIMUM_BYTES}`,
    );
    dataKeyLength(input);
    wellFormedContext(input.EncryptionContext);
  },
  findKey: findNamedKey,
  resource: namedResource,
  async perform(key, input, random) {
    const plaintext = random.bytes(dataKeyLength(input));
    return {
      CiphertextBlob: sealBlob(key, plaintext, input.EncryptionContext, random),
      Plaintext: plaintext,
      KeyId: key.arn,
      KeyMaterialId: key.current.id,
    };
  },
};

function dataKeyLength({ KeySpec, NumberOfBytes }: GenerateDataKeyInput): number {
  const length = KeySpec === undefined ? NumberOfBytes : BYTES_BY_SPEC.get(KeySpec);
  if (length !== undefined && (KeySpec === undefined || NumberOfBytes === undefined)) return length;
  throw new KmsError(
    'ValidationException',
    'Please specify either number of bytes or key spec.',
    'give exactly one of KeySpec and NumberOfBytes',
  );
}
