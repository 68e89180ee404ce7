import { keyIdOf } from './symmetric-key.ts';

const errorNames = [
  'AccessDeniedException',
  'DisabledException',
  'IncorrectKeyException',
  'InvalidCiphertextException',
  'KMSInvalidStateException',
  'NotFoundException',
  'ValidationException',
] as const;

/** The exceptions of the KMS API that the service throws, by the name that AWS gives them. */
export type KmsErrorName = (typeof errorNames)[number];

/** Whether the service throws exceptions of this name. */
export function isKmsErrorName(name: string): name is KmsErrorName {
  return errorNames.some((known) => known === name);
}

/** A failed KMS call. `name` and `message` are AWS's; several exceptions have no message at all. */
export class KmsError extends Error {
  override readonly name: KmsErrorName;
  /** What to do about it, in our words. */
  readonly remedy: string;
  /** Why the caller was refused, in our words; there for AccessDeniedException where policies decided. */
  readonly because: string | undefined;

  constructor(name: KmsErrorName, message: string, remedy: string, because?: string) {
    super(message);
    this.name = name;
    this.remedy = remedy;
    this.because = because;
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

/** AWS tells ids that no key could have from those that no key has. Where AWS completes an id to an ARN, it stays an id. */
export function keyNotFound(keyId: string): KmsError {
  return new KmsError(
    'NotFoundException',
    notFoundMessage(keyId),
    'name a key of this account and Region by its id or ARN; a key of another account needs its ARN',
  );
}

function notFoundMessage(keyId: string): string {
  if (/(^|:)alias\//.test(keyId)) return `Alias ${keyId} is not found.`;
  return isWellFormed(keyId) ? `Key '${keyId}' does not exist` : `Invalid keyId ${quotedUnlessArn(keyId)}`;
}

function isWellFormed(keyId: string): boolean {
  return /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i.test(keyIdOf(keyId));
}

function quotedUnlessArn(keyId: string): string {
  return keyId.startsWith('arn:') ? keyId : `'${keyId}'`;
}
