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
  { name: 'CloudHsmClusterInUseException', summary: 'Another key store has the CloudHSM cluster already.' },
  {
    name: 'CloudHsmClusterInvalidConfigurationException',
    summary: 'The CloudHSM cluster lacks active HSMs, or its network is not as KMS needs it.',
  },
  { name: 'CloudHsmClusterNotActiveException', summary: 'The CloudHSM cluster is not active.' },
  { name: 'CloudHsmClusterNotFoundException', summary: 'There is no such CloudHSM cluster.' },
  {
    name: 'CloudHsmClusterNotRelatedException',
    summary: 'The CloudHSM cluster does not come from a backup of the one before.',
  },
  { name: 'ConflictException', summary: 'An automatic rotation is under way, or about to begin.' },
  { name: 'CustomKeyStoreHasCMKsException', summary: 'The key store has keys still.' },
  { name: 'CustomKeyStoreInvalidStateException', summary: 'The connection state of the key store does not allow it.' },
  { name: 'CustomKeyStoreNameInUseException', summary: 'Another key store has the name already.' },
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
  { name: 'IncorrectTrustAnchorException', summary: 'The certificate is not that of the CloudHSM cluster.' },
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
  { name: 'KMSInternalException', summary: 'KMS itself failed; the request can be repeated.' },
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
  { name: 'XksKeyAlreadyInUseException', summary: 'Another key of the key store has the external key already.' },
  {
    name: 'XksKeyInvalidConfigurationException',
    summary: 'The external key is no AES-256 key that is enabled and encrypts and decrypts.',
  },
  { name: 'XksKeyNotFoundException', summary: 'The external key store proxy does not find the external key.' },
  {
    name: 'XksProxyIncorrectAuthenticationCredentialException',
    summary: 'The external key store proxy does not accept the credential.',
  },
  {
    name: 'XksProxyInvalidConfigurationException',
    summary: 'The external key store proxy is not configured as KMS needs it.',
  },
  {
    name: 'XksProxyInvalidResponseException',
    summary: 'KMS does not understand what the external key store proxy answers.',
  },
  { name: 'XksProxyUriEndpointInUseException', summary: 'Another external key store has the endpoint already.' },
  { name: 'XksProxyUriInUseException', summary: 'Another external key store has the endpoint and path already.' },
  { name: 'XksProxyUriUnreachableException', summary: 'KMS does not reach the external key store proxy.' },
  {
    name: 'XksProxyVpcEndpointServiceInUseException',
    summary: 'Another external key store has the VPC endpoint service already.',
  },
  {
    name: 'XksProxyVpcEndpointServiceInvalidConfigurationException',
    summary: 'The VPC endpoint service is not as KMS needs it.',
  },
  { name: 'XksProxyVpcEndpointServiceNotFoundException', summary: 'KMS does not find the VPC endpoint service.' },
];

/** What any operation may answer. */
const ANYWHERE: readonly string[] = ['AccessDenied', 'Validation', 'Serialization', 'Throttling'];

const xksProxy =
  'XksProxyIncorrectAuthenticationCredential XksProxyInvalidConfiguration XksProxyInvalidResponse XksProxyUriEndpointInUse XksProxyUriInUse XksProxyUriUnreachable XksProxyVpcEndpointServiceInUse XksProxyVpcEndpointServiceInvalidConfiguration XksProxyVpcEndpointServiceNotFound';

/** What operations answer besides, `Exception` left out; what only the internals of KMS bring about is not listed. */
const byOperation: Readonly<Record<string, string>> = {
  CancelKeyDeletion: 'InvalidArn KMSInvalidState NotFound',
  ConnectCustomKeyStore:
    'CloudHsmClusterInvalidConfiguration CloudHsmClusterNotActive CustomKeyStoreInvalidState CustomKeyStoreNotFound',
  CreateAlias: 'AlreadyExists InvalidAliasName KMSInvalidState LimitExceeded NotFound',
  CreateCustomKeyStore: `CloudHsmClusterInUse CloudHsmClusterInvalidConfiguration CloudHsmClusterNotActive CloudHsmClusterNotFound CustomKeyStoreNameInUse IncorrectTrustAnchor LimitExceeded ${xksProxy}`,
  CreateGrant: 'Disabled DryRunOperation InvalidArn InvalidGrantToken KMSInvalidState LimitExceeded NotFound',
  CreateKey:
    'CloudHsmClusterInvalidConfiguration CustomKeyStoreInvalidState CustomKeyStoreNotFound InvalidArn LimitExceeded MalformedPolicyDocument Tag UnsupportedOperation XksKeyAlreadyInUse XksKeyInvalidConfiguration XksKeyNotFound',
  Decapsulate: 'Disabled DryRunOperation InvalidCiphertext InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  Decrypt:
    'Disabled DryRunOperation IncorrectKey InvalidCiphertext InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  DeleteAlias: 'KMSInvalidState NotFound',
  DeleteCustomKeyStore: 'CustomKeyStoreHasCMKs CustomKeyStoreInvalidState CustomKeyStoreNotFound',
  DeleteImportedKeyMaterial: 'InvalidArn KMSInvalidState NotFound UnsupportedOperation',
  DeriveSharedSecret: 'Disabled DryRunOperation InvalidGrantToken InvalidKeyUsage KMSInvalidState NotFound',
  DescribeCustomKeyStores: 'CustomKeyStoreNotFound InvalidMarker',
  DescribeKey: 'InvalidArn NotFound',
  DisableKey: 'InvalidArn KMSInvalidState NotFound',
  DisableKeyRotation: 'Disabled InvalidArn KMSInvalidState NotFound UnsupportedOperation',
  DisconnectCustomKeyStore: 'CustomKeyStoreInvalidState CustomKeyStoreNotFound',
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
  GenerateRandom: 'CustomKeyStoreInvalidState CustomKeyStoreNotFound UnsupportedOperation',
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
  UpdateCustomKeyStore: `CloudHsmClusterInvalidConfiguration CloudHsmClusterNotActive CloudHsmClusterNotFound CloudHsmClusterNotRelated CustomKeyStoreInvalidState CustomKeyStoreNameInUse CustomKeyStoreNotFound ${xksProxy}`,
  UpdateKeyDescription: 'InvalidArn KMSInvalidState NotFound',
  UpdatePrimaryRegion: 'Disabled InvalidArn KMSInvalidState NotFound UnsupportedOperation',
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
