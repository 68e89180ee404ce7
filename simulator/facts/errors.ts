/** An exception of the API. */
export interface ApiError {
  readonly name: string;
  /** One sentence of ours that says what it means. */
  readonly summary: string;
}

/** Source: AWS KMS API Reference, "Common Errors" and the errors of each operation; checked 2026-11. */
export const apiErrors: readonly ApiError[] = [
  { name: 'AccessDeniedException', summary: 'Nothing lets the caller do it, or something denies it.' },
  { name: 'AlreadyExistsException', summary: 'There is one of that name already.' },
  { name: 'ConflictException', summary: 'An automatic rotation is under way, or about to begin.' },
  { name: 'CustomKeyStoreNotFoundException', summary: 'There is no such custom key store.' },
  { name: 'DisabledException', summary: 'The key is disabled.' },
  { name: 'DryRunOperationException', summary: 'It was a dry run, and the call would have gone through.' },
  {
    name: 'ExpiredImportTokenException',
    summary: 'The import token is older than 24 hours: get new parameters for the import.',
  },
  {
    name: 'IncorrectKeyException',
    summary: 'The ciphertext was made under another key than the one that the request names.',
  },
  {
    name: 'IncorrectKeyMaterialException',
    summary: 'The material is not the one that the key had, or not of the length that it needs.',
  },
  { name: 'InvalidAliasNameException', summary: 'The name of the alias is not allowed.' },
  { name: 'InvalidArnException', summary: 'An ARN in the request is malformed.' },
  {
    name: 'InvalidCiphertextException',
    summary: 'The ciphertext or its encryption context is not what was encrypted.',
  },
  { name: 'InvalidGrantIdException', summary: 'The id of the grant is malformed.' },
  { name: 'InvalidGrantTokenException', summary: 'A grant token is not valid.' },
  { name: 'InvalidImportTokenException', summary: 'The import token belongs to another key, or is none.' },
  { name: 'InvalidKeyUsageException', summary: 'The key is not for this: its usage or its algorithms are others.' },
  { name: 'InvalidMarkerException', summary: 'The marker is none that an earlier page gave.' },
  { name: 'KMSInvalidMacException', summary: 'The MAC does not belong to the message under this key.' },
  { name: 'KMSInvalidSignatureException', summary: 'The signature does not belong to the message under this key.' },
  { name: 'KMSInvalidStateException', summary: 'The key is in a state in which this cannot be done.' },
  { name: 'LimitExceededException', summary: 'A quota is used up, or something is too long.' },
  { name: 'MalformedPolicyDocumentException', summary: 'The policy cannot be read, or would lock everybody out.' },
  { name: 'NotAuthorizedException', summary: 'The caller may not do this.' },
  {
    name: 'NotFoundException',
    summary: 'There is no such key, alias or grant in the account and Region that are called.',
  },
  { name: 'SerializationException', summary: 'A member has a value of another type than the API takes.' },
  { name: 'TagException', summary: 'A tag is not allowed.' },
  { name: 'ThrottlingException', summary: 'More calls came in a second than the request quota allows.' },
  { name: 'UnsupportedOperationException', summary: 'Keys of this kind do not support it.' },
  { name: 'ValidationException', summary: 'A member breaks a constraint, or members contradict each other.' },
];

/** What any operation may answer. */
const ANYWHERE: readonly string[] = ['AccessDenied', 'Validation', 'Serialization', 'Throttling'];

/** What operations answer besides, `Exception` left out; what only the internals of KMS bring about is not listed. */
const byOperation: Readonly<Record<string, string>> = {
  CancelKeyDeletion: 'InvalidArn KMSInvalidState NotFound',
  CreateAlias: 'AlreadyExists InvalidAliasName KMSInvalidState LimitExceeded NotFound',
  CreateGrant: 'Disabled DryRunOperation InvalidArn InvalidGrantToken KMSInvalidState LimitExceeded NotFound',
  CreateKey: 'CustomKeyStoreNotFound InvalidArn LimitExceeded MalformedPolicyDocument Tag UnsupportedOperation',
  Decapsulate: 'Disabled DryRunOperation InvalidCiphertext InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  Decrypt:
    'Disabled DryRunOperation IncorrectKey InvalidCiphertext InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  DeleteAlias: 'KMSInvalidState NotFound',
  DeleteImportedKeyMaterial: 'InvalidArn KMSInvalidState NotFound UnsupportedOperation',
  DeriveSharedSecret: 'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  DescribeKey: 'InvalidArn NotFound',
  DisableKey: 'InvalidArn KMSInvalidState NotFound',
  DisableKeyRotation: 'Disabled InvalidArn KMSInvalidState NotFound UnsupportedOperation',
  EnableKey: 'InvalidArn KMSInvalidState LimitExceeded NotFound',
  EnableKeyRotation: 'Disabled InvalidArn KMSInvalidState NotFound UnsupportedOperation',
  Encapsulate: 'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  Encrypt: 'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  GenerateDataKey: 'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  GenerateDataKeyPair:
    'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound UnsupportedOperation',
  GenerateDataKeyPairWithoutPlaintext:
    'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound UnsupportedOperation',
  GenerateDataKeyWithoutPlaintext:
    'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  GenerateMac: 'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  GenerateRandom: 'CustomKeyStoreNotFound UnsupportedOperation',
  GetKeyLastUsage: 'InvalidArn NotFound',
  GetKeyPolicy: 'InvalidArn KMSInvalidState NotFound',
  GetKeyRotationStatus: 'InvalidArn KMSInvalidState NotFound UnsupportedOperation',
  GetParametersForImport: 'InvalidArn KMSInvalidState NotFound UnsupportedOperation',
  GetPublicKey: 'Disabled InvalidArn InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound UnsupportedOperation',
  ImportKeyMaterial:
    'ExpiredImportToken IncorrectKeyMaterial InvalidArn InvalidCiphertext InvalidImportToken KMSInvalidState NotFound UnsupportedOperation',
  ListAliases: 'InvalidArn InvalidMarker NotFound',
  ListGrants: 'InvalidArn InvalidGrantId InvalidMarker KMSInvalidState NotFound',
  ListKeyPolicies: 'InvalidArn KMSInvalidState NotFound',
  ListKeyRotations: 'InvalidArn InvalidMarker KMSInvalidState NotFound UnsupportedOperation',
  ListKeys: 'InvalidMarker',
  ListResourceTags: 'InvalidArn InvalidMarker NotFound',
  ListRetirableGrants: 'InvalidArn InvalidMarker NotFound',
  PutKeyPolicy: 'InvalidArn KMSInvalidState LimitExceeded MalformedPolicyDocument NotFound UnsupportedOperation',
  ReEncrypt:
    'Disabled DryRunOperation IncorrectKey InvalidCiphertext InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  ReplicateKey:
    'AlreadyExists Disabled InvalidArn KMSInvalidState LimitExceeded MalformedPolicyDocument NotFound Tag UnsupportedOperation',
  RetireGrant: 'DryRunOperation InvalidArn InvalidGrantId InvalidGrantToken KMSInvalidState NotFound',
  RevokeGrant: 'DryRunOperation InvalidArn InvalidGrantId KMSInvalidState NotFound',
  RotateKeyOnDemand: 'Conflict Disabled InvalidArn KMSInvalidState LimitExceeded NotFound UnsupportedOperation',
  ScheduleKeyDeletion: 'InvalidArn KMSInvalidState NotFound',
  Sign: 'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  TagResource: 'InvalidArn KMSInvalidState LimitExceeded NotFound Tag',
  UntagResource: 'InvalidArn KMSInvalidState NotFound Tag',
  UpdateAlias: 'KMSInvalidState LimitExceeded NotFound',
  UpdateKeyDescription: 'InvalidArn KMSInvalidState NotFound',
  Verify: 'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidSignature KMSInvalidState NotFound',
  VerifyMac: 'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidMac KMSInvalidState NotFound',
};

export const findApiError = (name: string): ApiError | undefined => apiErrors.find((each) => each.name === name);

/** The names of the exceptions that an operation can answer with; all for one that is not listed. */
export function errorsOf(operation: string | undefined): readonly string[] {
  const own = operation !== undefined && Object.hasOwn(byOperation, operation) ? byOperation[operation] : undefined;
  if (own === undefined) return apiErrors.map(({ name }) => name);
  const names = [...ANYWHERE.slice(0, 1), ...own.split(' ').filter((name) => name !== ''), ...ANYWHERE.slice(1)];
  return names.map((name) => `${name}Exception`);
}
