import type { ApiMember, ApiMembers, ApiShape } from './api.ts';
import {
  encryptionAlgorithms,
  keyAgreementAlgorithms,
  keySpecNames,
  keyUsages,
  macAlgorithms,
  signingAlgorithms,
} from './key-specs.ts';
import { connectionErrors, connectionStates, keyStoreTypes, xksConnectivities } from './key-stores.ts';
import { expirationModels, origins } from './origins.ts';

/**
 * The members of responses. A member is a text unless something else stands behind its colon: a type, the name of a
 * structure, or either with `[]` for a list.
 * Source: botocore's service model of KMS of 2026-05 (Apache-2.0), and the SDK for JavaScript of 2026-11 for what is newer;
 * checked 2026-11.
 */
const responses: Readonly<Record<string, string>> = {
  CancelKeyDeletion: 'KeyId',
  ConnectCustomKeyStore: '',
  CreateAlias: '',
  CreateCustomKeyStore: 'CustomKeyStoreId',
  CreateGrant: 'GrantToken GrantId',
  CreateKey: 'KeyMetadata:KeyMetadata',
  Decapsulate: 'KeyId SharedSecret:bytes EncapsulationAlgorithm',
  Decrypt: 'KeyId Plaintext:bytes EncryptionAlgorithm CiphertextForRecipient:bytes KeyMaterialId',
  DeleteAlias: '',
  DeleteCustomKeyStore: '',
  DeleteImportedKeyMaterial: 'KeyId KeyMaterialId',
  DeriveSharedSecret: 'KeyId SharedSecret:bytes CiphertextForRecipient:bytes KeyAgreementAlgorithm KeyOrigin',
  DescribeCustomKeyStores: 'CustomKeyStores:CustomKeyStoresListEntry[] NextMarker Truncated:flag',
  DescribeKey: 'KeyMetadata:KeyMetadata',
  DisableKey: '',
  DisableKeyRotation: '',
  DisconnectCustomKeyStore: '',
  EnableKey: '',
  EnableKeyRotation: '',
  Encapsulate: 'KeyId SharedSecret:bytes SharedSecretCiphertextBlob:bytes EncapsulationAlgorithm',
  Encrypt: 'CiphertextBlob:bytes KeyId EncryptionAlgorithm',
  GenerateDataKey: 'CiphertextBlob:bytes Plaintext:bytes KeyId CiphertextForRecipient:bytes KeyMaterialId',
  GenerateDataKeyPair:
    'PrivateKeyCiphertextBlob:bytes PrivateKeyPlaintext:bytes PublicKey:bytes KeyId KeyPairSpec CiphertextForRecipient:bytes KeyMaterialId',
  GenerateDataKeyPairWithoutPlaintext: 'PrivateKeyCiphertextBlob:bytes PublicKey:bytes KeyId KeyPairSpec KeyMaterialId',
  GenerateDataKeyWithoutPlaintext: 'CiphertextBlob:bytes KeyId KeyMaterialId',
  GenerateMac: 'Mac:bytes MacAlgorithm KeyId',
  GenerateRandom: 'Plaintext:bytes CiphertextForRecipient:bytes',
  GetKeyLastUsage: 'KeyId KeyLastUsage:KeyLastUsageData TrackingStartDate:time KeyCreationDate:time',
  GetKeyPolicy: 'Policy PolicyName',
  GetKeyRotationStatus:
    'KeyRotationEnabled:flag KeyId RotationPeriodInDays:number NextRotationDate:time OnDemandRotationStartDate:time',
  GetParametersForImport: 'KeyId ImportToken:bytes PublicKey:bytes ParametersValidTo:time',
  GetPublicKey:
    'KeyId PublicKey:bytes CustomerMasterKeySpec KeySpec KeyUsage EncryptionAlgorithms:text[] SigningAlgorithms:text[] KeyAgreementAlgorithms:text[] EncapsulationAlgorithms:text[]',
  ImportKeyMaterial: 'KeyId KeyMaterialId',
  ListAliases: 'Aliases:AliasListEntry[] NextMarker Truncated:flag',
  ListGrants: 'Grants:GrantListEntry[] NextMarker Truncated:flag',
  ListKeyPolicies: 'PolicyNames:text[] NextMarker Truncated:flag',
  ListKeyRotations: 'Rotations:RotationsListEntry[] NextMarker Truncated:flag',
  ListKeys: 'Keys:KeyListEntry[] NextMarker Truncated:flag',
  ListResourceTags: 'Tags:Tag[] NextMarker Truncated:flag',
  ListRetirableGrants: 'Grants:GrantListEntry[] NextMarker Truncated:flag',
  PutKeyPolicy: '',
  ReEncrypt:
    'CiphertextBlob:bytes SourceKeyId KeyId SourceEncryptionAlgorithm DestinationEncryptionAlgorithm SourceKeyMaterialId DestinationKeyMaterialId',
  ReplicateKey: 'ReplicaKeyMetadata:KeyMetadata ReplicaPolicy ReplicaTags:Tag[]',
  RetireGrant: '',
  RevokeGrant: '',
  RotateKeyOnDemand: 'KeyId',
  ScheduleKeyDeletion: 'KeyId DeletionDate:time KeyState PendingWindowInDays:number',
  Sign: 'KeyId Signature:bytes SigningAlgorithm',
  TagResource: '',
  UntagResource: '',
  UpdateAlias: '',
  UpdateCustomKeyStore: '',
  UpdateKeyDescription: '',
  UpdatePrimaryRegion: '',
  Verify: 'KeyId SignatureValid:flag SigningAlgorithm',
  VerifyMac: 'KeyId MacValid:flag MacAlgorithm',
};

const structures: Readonly<Record<string, string>> = {
  AliasListEntry: 'AliasName AliasArn TargetKeyId CreationDate:time LastUpdatedDate:time',
  CustomKeyStoresListEntry:
    'CustomKeyStoreId CustomKeyStoreName CloudHsmClusterId TrustAnchorCertificate ConnectionState ConnectionErrorCode CreationDate:time CustomKeyStoreType XksProxyConfiguration:XksProxyConfigurationType',
  GrantConstraints: 'EncryptionContextSubset:pairs EncryptionContextEquals:pairs SourceArn',
  GrantListEntry:
    'KeyId GrantId Name CreationDate:time GranteePrincipal RetiringPrincipal IssuingAccount Operations:text[] Constraints:GrantConstraints GranteeServicePrincipal RetiringServicePrincipal',
  KeyLastUsageData: 'Operation Timestamp:time CloudTrailEventId KmsRequestId',
  KeyListEntry: 'KeyId KeyArn',
  KeyMetadata:
    'AWSAccountId KeyId Arn CreationDate:time Enabled:flag Description KeyUsage KeyState DeletionDate:time ValidTo:time Origin CustomKeyStoreId CloudHsmClusterId ExpirationModel KeyManager CustomerMasterKeySpec KeySpec EncryptionAlgorithms:text[] SigningAlgorithms:text[] KeyAgreementAlgorithms:text[] MultiRegion:flag MultiRegionConfiguration:MultiRegionConfiguration PendingDeletionWindowInDays:number MacAlgorithms:text[] XksKeyConfiguration:XksKeyConfigurationType CurrentKeyMaterialId EncapsulationAlgorithms:text[]',
  MultiRegionConfiguration: 'MultiRegionKeyType PrimaryKey:MultiRegionKey ReplicaKeys:MultiRegionKey[]',
  MultiRegionKey: 'Arn Region',
  RotationsListEntry:
    'KeyId KeyMaterialId KeyMaterialDescription ImportState KeyMaterialState ExpirationModel ValidTo:time RotationDate:time RotationType',
  Tag: 'TagKey TagValue',
  XksKeyConfigurationType: 'Id',
  XksProxyConfigurationType:
    'Connectivity AccessKeyId UriEndpoint UriPath VpcEndpointServiceName VpcEndpointServiceOwner',
};

const namesOf = (rows: readonly { readonly name: string }[]): readonly string[] => rows.map(({ name }) => name);

/** The values that texts of a name have, wherever they stand. */
const choices: Readonly<Record<string, readonly string[]>> = {
  KeySpec: keySpecNames,
  CustomerMasterKeySpec: keySpecNames,
  KeyUsage: namesOf(keyUsages),
  KeyState: [
    'Creating',
    'Enabled',
    'Disabled',
    'PendingDeletion',
    'PendingImport',
    'PendingReplicaDeletion',
    'Unavailable',
    'Updating',
  ],
  KeyManager: ['AWS', 'CUSTOMER'],
  ConnectionState: connectionStates,
  ConnectionErrorCode: namesOf(connectionErrors),
  CustomKeyStoreType: keyStoreTypes,
  Connectivity: xksConnectivities,
  Origin: namesOf(origins),
  KeyOrigin: namesOf(origins),
  ExpirationModel: namesOf(expirationModels),
  MultiRegionKeyType: ['PRIMARY', 'REPLICA'],
  RotationType: ['AUTOMATIC', 'ON_DEMAND'],
  ImportState: ['IMPORTED', 'PENDING_IMPORT'],
  KeyMaterialState: ['NON_CURRENT', 'CURRENT', 'PENDING_ROTATION', 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION'],
  EncryptionAlgorithm: encryptionAlgorithms,
  SourceEncryptionAlgorithm: encryptionAlgorithms,
  DestinationEncryptionAlgorithm: encryptionAlgorithms,
  SigningAlgorithm: signingAlgorithms,
  MacAlgorithm: macAlgorithms,
  KeyAgreementAlgorithm: keyAgreementAlgorithms,
};

const read = new Map<string, ApiMembers>();

/** The members of an operation's response; undefined for one that is not listed. */
export function responseMembers(operation: string): ApiMembers | undefined {
  return Object.hasOwn(responses, operation) ? membersOf(responses[operation] ?? '') : undefined;
}

function membersOf(line: string): ApiMembers {
  let members = read.get(line);
  if (!members) {
    const words = line.split(' ').filter((word) => word !== '');
    members = Object.fromEntries(
      words.map((word): [string, ApiMember] => {
        const [name = '', type = 'text'] = word.split(':');
        return [name, { shape: shapeOf(type, name) }];
      }),
    );
    read.set(line, members);
  }
  return members;
}

function shapeOf(type: string, name: string): ApiShape {
  if (type.endsWith('[]')) return { type: 'list', of: shapeOf(type.slice(0, -2), name.replace(/s$/, '')) };
  switch (type) {
    case 'text': {
      const values = Object.hasOwn(choices, name) ? choices[name] : undefined;
      return values ? { type, choices: values } : { type };
    }
    case 'bytes':
    case 'time':
    case 'number':
    case 'pairs':
      return { type };
    case 'flag':
      return { type: 'boolean' };
    default:
      return { type: 'structure', members: membersOf(structures[type] ?? '') };
  }
}
