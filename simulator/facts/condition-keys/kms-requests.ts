/**
 * What the kms condition keys hold, apart from those about grants; types come from the generated data.
 * Source: KMS Developer Guide, "AWS KMS condition keys", "Condition keys for attested platforms". Checked 2026-11.
 */
import {
  dataKeyPairSpecs,
  encryptionAlgorithms,
  keyAgreementAlgorithms,
  keySpecNames,
  keyUsages,
  macAlgorithms,
  messageTypes,
  signingAlgorithms,
} from '../key-specs.ts';
import { expirationModels, origins, wrappingAlgorithms, wrappingKeySpecs } from '../origins.ts';
import type { ConditionKey } from '../types.ts';

/** A kms condition key without what is generated. */
export type KmsConditionKeyText = Omit<ConditionKey, 'type' | 'multivalued' | 'variableRange' | 'deprecated'>;

const everyKeyRequest = 'Present in every request on a key; in CreateKey it is the value of the key to be made.';
const attested =
  'Present in Decrypt, DeriveSharedSecret, GenerateDataKey, GenerateDataKeyPair and GenerateRandom requests that carry an attestation document.';
const context =
  'Present in requests on symmetric encryption keys that have an encryption context, and in CreateGrant when the grant has such a constraint.';
const keySpecValues = { values: keySpecNames };
const keyUsageValues = { values: keyUsages.map((usage) => usage.name) };

export const kmsRequestKeys: readonly KmsConditionKeyText[] = [
  {
    name: 'kms:BypassPolicyLockoutSafetyCheck',
    summary: 'Whether the request waives the check that its caller can change the key policy again.',
    present:
      'Present in CreateKey and PutKeyPolicy requests only when the parameter is given, so a missing one is not false.',
  },
  {
    name: 'kms:CallerAccount',
    summary: 'The 12-digit id of the account that the caller belongs to.',
    present: 'Present in every request on a key and in those on custom key stores.',
  },
  {
    name: 'kms:CustomerMasterKeySpec',
    summary: 'The old name of kms:KeySpec.',
    present: everyKeyRequest,
    ...keySpecValues,
  },
  {
    name: 'kms:CustomerMasterKeyUsage',
    summary: 'The old name of kms:KeyUsage.',
    present: everyKeyRequest,
    ...keyUsageValues,
  },
  {
    name: 'kms:DataKeyPairSpec',
    summary: 'The kind of key pair that the request asks for.',
    present: 'Present in GenerateDataKeyPair and GenerateDataKeyPairWithoutPlaintext requests.',
    values: dataKeyPairSpecs,
  },
  {
    name: 'kms:EncryptionAlgorithm',
    summary: 'The algorithm that encrypts or decrypts, SYMMETRIC_DEFAULT also where the request leaves it out.',
    present: 'Present in Encrypt, Decrypt, ReEncrypt and the data key requests.',
    values: encryptionAlgorithms,
  },
  {
    name: 'kms:EncryptionContext:${EncryptionContextKey}',
    summary:
      'The value of one encryption context pair, whose key stands after the colon and is read without regard to case.',
    present: context,
  },
  {
    name: 'kms:EncryptionContextKeys',
    summary: 'The keys of all encryption context pairs in the request.',
    present: context,
  },
  {
    name: 'kms:ExpirationModel',
    summary: 'Whether the imported key material will expire.',
    present:
      'Present in ImportKeyMaterial requests only when the parameter is given; left out means KEY_MATERIAL_EXPIRES.',
    values: expirationModels.map((model) => model.name),
  },
  {
    name: 'kms:KeyAgreementAlgorithm',
    summary: 'The algorithm of the key agreement.',
    present: 'Present in DeriveSharedSecret requests.',
    values: keyAgreementAlgorithms,
  },
  {
    name: 'kms:KeyOrigin',
    summary: 'Where the key material of the key comes from.',
    present: everyKeyRequest,
    values: origins.map((origin) => origin.name),
  },
  { name: 'kms:KeySpec', summary: 'The key spec of the key.', present: everyKeyRequest, ...keySpecValues },
  { name: 'kms:KeyUsage', summary: 'What the key can be used for.', present: everyKeyRequest, ...keyUsageValues },
  {
    name: 'kms:MacAlgorithm',
    summary: 'The MAC algorithm of the request.',
    present: 'Present in GenerateMac and VerifyMac requests.',
    values: macAlgorithms,
  },
  {
    name: 'kms:MessageType',
    summary: 'Whether the request hands over a message, a digest, or the external mu of ML-DSA.',
    present: 'Present in Sign and Verify requests.',
    values: messageTypes,
  },
  { name: 'kms:MultiRegion', summary: 'Whether the key is a multi-Region key.', present: everyKeyRequest },
  {
    name: 'kms:MultiRegionKeyType',
    summary: 'Whether a multi-Region key is the primary or a replica.',
    present: 'Present in requests on multi-Region keys and absent for single-Region keys.',
    values: ['PRIMARY', 'REPLICA'],
  },
  {
    name: 'kms:PrimaryRegion',
    summary: 'The Region whose replica is to become the primary key.',
    present: 'Present in UpdatePrimaryRegion requests.',
  },
  {
    name: 'kms:ReEncryptOnSameKey',
    summary: 'Whether ReEncrypt encrypts under the same key that it decrypts with.',
    present: 'Present when kms:ReEncryptFrom and kms:ReEncryptTo are decided.',
  },
  {
    name: 'kms:RecipientAttestation:ImageSha384',
    summary:
      'The SHA-384 hash of the enclave image in the attestation document, 96 hexadecimal digits, the same as PCR0.',
    present: attested,
  },
  {
    name: 'kms:RecipientAttestation:NitroTPMPCR${PcrId}',
    summary: 'One platform configuration register, 0 to 23, in the attestation document of a NitroTPM instance.',
    present: attested,
  },
  {
    name: 'kms:RecipientAttestation:PCR${PcrId}',
    summary: 'One platform configuration register, 0 to 31, in the attestation document of a Nitro enclave.',
    present: attested,
  },
  {
    name: 'kms:ReplicaRegion',
    summary: 'The Region in which the replica is to be made.',
    present: 'Present in ReplicateKey requests.',
  },
  {
    name: 'kms:RequestAlias',
    summary: 'The alias name, `alias/…`, that the request names the key by, also where it used the alias ARN.',
    present:
      'Present in cryptographic operations, DescribeKey and GetPublicKey only when the request names an alias, not a key id or key ARN.',
  },
  {
    name: 'kms:ResourceAliases',
    summary: 'The alias names, `alias/…`, of the key, however the request names it.',
    present: 'Present in requests on keys that have aliases, in IAM policies only; absent in key policies.',
    onlyIn: ['identity-policy'],
  },
  {
    name: 'kms:RotationPeriodInDays',
    summary: 'The rotation period that the request asks for, 90 to 2,560 days.',
    present: 'Present in EnableKeyRotation requests.',
  },
  {
    name: 'kms:ScheduleKeyDeletionPendingWindowInDays',
    summary: 'The waiting period that the request asks for, 7 to 30 days.',
    present: 'Present in ScheduleKeyDeletion requests.',
  },
  {
    name: 'kms:SigningAlgorithm',
    summary: 'The signing algorithm of the request.',
    present: 'Present in Sign and Verify requests.',
    values: signingAlgorithms,
  },
  {
    name: 'kms:TrailingDaysWithoutKeyUsage',
    summary:
      'The whole days since the last successful cryptographic operation with the key, or since it was made or tracked.',
    present: 'Present in DisableKey and ScheduleKeyDeletion requests.',
    since: '2026-04',
  },
  {
    name: 'kms:ValidTo',
    alsoTypes: ['Numeric'],
    summary: 'The date on which the imported key material expires, in seconds since 1970.',
    present: 'Present in ImportKeyMaterial requests that give a date.',
  },
  {
    name: 'kms:ViaService',
    summary: "The AWS service that makes the request with the caller's own rights, as `service.region.amazonaws.com`.",
    present:
      'Present in requests on a key that a service forwards for its caller, be it another service; absent in direct calls, those of services and service roles included.',
  },
  {
    name: 'kms:WrappingAlgorithm',
    summary: 'The algorithm that is to wrap the key material for import.',
    present: 'Present in GetParametersForImport requests.',
    values: wrappingAlgorithms.map((algorithm) => algorithm.name),
  },
  {
    name: 'kms:WrappingKeySpec',
    summary: 'The spec of the public key that is to wrap the key material for import.',
    present: 'Present in GetParametersForImport requests.',
    values: wrappingKeySpecs,
  },
];
