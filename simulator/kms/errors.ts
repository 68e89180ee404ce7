import type { OperationDecision } from '../access/operation.ts';

const errorNames = [
  'AccessDeniedException',
  'AlreadyExistsException',
  'CloudHsmClusterInUseException',
  'CloudHsmClusterInvalidConfigurationException',
  'CloudHsmClusterNotFoundException',
  'CloudHsmClusterNotRelatedException',
  'ConflictException',
  'CustomKeyStoreHasCMKsException',
  'CustomKeyStoreInvalidStateException',
  'CustomKeyStoreNameInUseException',
  'CustomKeyStoreNotFoundException',
  'DisabledException',
  'DryRunOperationException',
  'ExpiredImportTokenException',
  'IncorrectKeyException',
  'IncorrectKeyMaterialException',
  'InvalidAliasNameException',
  'InvalidArnException',
  'InvalidCiphertextException',
  'InvalidGrantIdException',
  'InvalidGrantTokenException',
  'InvalidImportTokenException',
  'InvalidKeyUsageException',
  'InvalidMarkerException',
  'KMSInternalException',
  'KMSInvalidMacException',
  'KMSInvalidSignatureException',
  'KMSInvalidStateException',
  'LimitExceededException',
  'MalformedPolicyDocumentException',
  'NotAuthorizedException',
  'NotFoundException',
  'SerializationException',
  'TagException',
  'ThrottlingException',
  'UnsupportedOperationException',
  'ValidationException',
  'XksKeyAlreadyInUseException',
  'XksKeyInvalidConfigurationException',
  'XksKeyNotFoundException',
  'XksProxyIncorrectAuthenticationCredentialException',
  'XksProxyInvalidConfigurationException',
  'XksProxyInvalidResponseException',
  'XksProxyUriEndpointInUseException',
  'XksProxyUriInUseException',
  'XksProxyUriUnreachableException',
  'XksProxyVpcEndpointServiceInUseException',
  'XksProxyVpcEndpointServiceInvalidConfigurationException',
  'XksProxyVpcEndpointServiceNotFoundException',
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
  /** What refused the caller, where policies decided. */
  readonly decision: OperationDecision | undefined;

  constructor(name: KmsErrorName, message: string, remedy: string, because?: string, decision?: OperationDecision) {
    super(message);
    this.name = name;
    this.remedy = remedy;
    this.because = because;
    this.decision = decision;
  }
}

/** What AWS KMS can do and this version of the simulator cannot: no answer of KMS, so that nobody takes it for one. */
export class NotSimulatedError extends Error {
  override readonly name = 'NotSimulatedError';
}

/** Whether a call is allowed hangs on something that nobody said. */
export class UndecidedError extends Error {
  override readonly name = 'UndecidedError';
  readonly decision: OperationDecision;

  constructor(decision: OperationDecision) {
    super('whether the call is allowed depends on something that is not known');
    this.decision = decision;
  }
}

/** AWS gives this one no message, so that it tells an attacker nothing. */
export function invalidCiphertext(remedy: string): KmsError {
  return new KmsError('InvalidCiphertextException', '', remedy);
}

export function invalidGrantToken(): KmsError {
  return new KmsError('InvalidGrantTokenException', '', 'give the token of a grant that is there, or none');
}

export function incorrectKey(remedy: string): KmsError {
  const message = 'The key ID in the request does not identify a CMK that can perform this operation.';
  return new KmsError('IncorrectKeyException', message, remedy);
}

export function invalid(message: string, remedy: string): KmsError {
  return new KmsError('ValidationException', message, remedy);
}

export function unsupported(message: string, remedy: string): KmsError {
  return new KmsError('UnsupportedOperationException', message, remedy);
}

export function invalidState(message: string, remedy: string): KmsError {
  return new KmsError('KMSInvalidStateException', message, remedy);
}

export function notFound(message: string, remedy = HOW_KEYS_ARE_NAMED): KmsError {
  return new KmsError('NotFoundException', message, remedy);
}

const HOW_KEYS_ARE_NAMED =
  'name a key of this account and Region by its id or ARN, where the operation takes them also an alias; a key of another account needs its ARN';
