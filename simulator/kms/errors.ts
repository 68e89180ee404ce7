/** The exceptions of the KMS API that the service throws, by the name that AWS gives them. */
export type KmsErrorName =
  | 'AccessDeniedException'
  | 'IncorrectKeyException'
  | 'InvalidCiphertextException'
  | 'NotFoundException'
  | 'ValidationException';

/**
 * A failed KMS call. `name` and `message` are AWS's; several exceptions have no message at all. `remedy` is ours and
 * says what to do about it.
 */
export class KmsError extends Error {
  override readonly name: KmsErrorName;
  readonly remedy: string;

  constructor(name: KmsErrorName, message: string, remedy: string) {
    super(message);
    this.name = name;
    this.remedy = remedy;
  }
}

/** AWS gives this one no message, so that it tells an attacker nothing. */
export function invalidCiphertext(remedy: string): KmsError {
  return new KmsError('InvalidCiphertextException', '', remedy);
}

export function incorrectKey(remedy: string): KmsError {
  const message = 'The key ID in the request does not identify a CMK that can perform this operation.';
  return new KmsError('IncorrectKeyException', message, remedy);
}

export function keyNotFound(keyId: string): KmsError {
  return new KmsError(
    'NotFoundException',
    `Key '${keyId}' does not exist`,
    'name a key of this account and Region by its id or ARN; a key of another account needs its ARN',
  );
}
