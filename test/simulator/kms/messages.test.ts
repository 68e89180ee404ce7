import { describe, expect, it } from 'vitest';
import type { KmsKey } from '../../../simulator/kms/key.ts';
import type { OperationName, Operations } from '../../../simulator/kms/service.ts';
import { CALLER, utf8 } from './keys.ts';
import { everything, Lab } from './lab.ts';

/**
 * What KMS says, word for word, with where the words come from. LS: recorded from AWS by the snapshot tests of LocalStack,
 * 2023–2026 (Apache-2.0); FL: measured in us-east-1 for floci, 2026-09 (MIT); LOG: public logs, 2021–2026; moto: as moto has
 * it (Apache-2.0), not verified.
 */
type Source = 'LS' | 'FL' | 'LOG' | 'moto' | 'local-kms';

type Input = Readonly<Record<string, unknown>>;
type Row = readonly [
  source: Source,
  operation: OperationName,
  input: (keys: Keys) => Input | Promise<Input>,
  says: (keys: Keys) => string,
];

/** What the rows speak of. */
interface Keys {
  readonly lab: Lab;
  readonly symmetric: KmsKey;
  readonly rsa: KmsKey;
  readonly signing: KmsKey;
  readonly mac: KmsKey;
  readonly agreeing: KmsKey;
  readonly external: KmsKey;
}

async function keysOf(): Promise<Keys> {
  const lab = new Lab();
  return {
    lab,
    symmetric: await lab.key(),
    rsa: await lab.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }),
    signing: await lab.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
    mac: await lab.key({ KeySpec: 'HMAC_224', KeyUsage: 'GENERATE_VERIFY_MAC' }),
    agreeing: await lab.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' }),
    external: await lab.key({ Origin: 'EXTERNAL' }),
  };
}

const ALIAS = 'arn:aws:kms:us-east-1:111122223333:alias/orders';
const UNKNOWN = '00000000-0000-4000-a000-000000000000';
const policy = (Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' };
const detected = (problem: string) => `ValidationException: 1 validation error detected: ${problem}`;

const rows: readonly Row[] = [
  // Messages that are none.
  [
    'LS',
    'Decrypt',
    ({ symmetric }) => ({ KeyId: symmetric.arn, CiphertextBlob: utf8('x') }),
    () => 'InvalidCiphertextException: ',
  ],
  [
    'FL',
    'Decrypt',
    ({ rsa }) => ({ KeyId: rsa.arn, CiphertextBlob: new Uint8Array(256) }),
    () => 'InvalidCiphertextException: ',
  ],
  [
    'LS',
    'Verify',
    ({ signing }) => ({
      KeyId: signing.arn,
      Message: utf8('x'),
      Signature: utf8('x'),
      SigningAlgorithm: 'ECDSA_SHA_256',
    }),
    () => 'KMSInvalidSignatureException: ',
  ],
  [
    'LS',
    'VerifyMac',
    ({ mac }) => ({ KeyId: mac.arn, Message: utf8('x'), Mac: utf8('x'), MacAlgorithm: 'HMAC_SHA_224' }),
    () => 'KMSInvalidMacException: ',
  ],
  ['LS', 'EnableKeyRotation', ({ signing }) => ({ KeyId: signing.arn }), () => 'UnsupportedOperationException: '],
  ['LS', 'RotateKeyOnDemand', ({ mac }) => ({ KeyId: mac.arn }), () => 'UnsupportedOperationException: '],
  ['FL', 'GetPublicKey', ({ symmetric }) => ({ KeyId: symmetric.arn }), () => 'UnsupportedOperationException: '],
  ['FL', 'GetPublicKey', ({ mac }) => ({ KeyId: mac.arn }), () => 'UnsupportedOperationException: '],
  [
    'FL',
    'DeriveSharedSecret',
    ({ agreeing }) => ({ KeyId: agreeing.arn, KeyAgreementAlgorithm: 'ECDH', PublicKey: utf8('x') }),
    () => 'ValidationException: ',
  ],
  // Members.
  [
    'LS',
    'Encrypt',
    ({ symmetric }) => ({ KeyId: symmetric.arn, Plaintext: new Uint8Array(4097) }),
    () =>
      detected("Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096"),
  ],
  [
    'LS',
    'Encrypt',
    () => ({ Plaintext: utf8('x') }),
    () => detected("Value null at 'keyId' failed to satisfy constraint: Member must not be null"),
  ],
  ['LS', 'GenerateRandom', () => ({}), () => 'ValidationException: NumberOfBytes is required.'],
  [
    'LS',
    'GenerateRandom',
    () => ({ NumberOfBytes: 1025 }),
    () =>
      detected(
        "Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024",
      ),
  ],
  [
    'FL',
    'GenerateDataKey',
    ({ symmetric }) => ({ KeyId: symmetric.arn }),
    () => 'ValidationException: Please specify either number of bytes or key spec.',
  ],
  [
    'local-kms',
    'CreateKey',
    () => ({ KeySpec: 'RSA_2048', CustomerMasterKeySpec: 'RSA_2048' }),
    () =>
      'ValidationException: You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
  ],
  [
    'LS',
    'CreateKey',
    () => ({ KeySpec: 'RSA_2048' }),
    () =>
      'ValidationException: You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
  ],
  [
    'LS',
    'CreateKey',
    () => ({ KeySpec: 'RSA_2048', KeyUsage: 'KEY_AGREEMENT' }),
    () => 'ValidationException: KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048',
  ],
  [
    'FL',
    'CreateKey',
    () => ({ KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' }),
    () => 'UnsupportedOperationException: KeySpec SM2 is not supported in this Region',
  ],
  // Names.
  ['LS', 'DescribeKey', () => ({ KeyId: 'nothing' }), () => "NotFoundException: Invalid keyId 'nothing'"],
  [
    'FL',
    'DescribeKey',
    () => ({ KeyId: 'arn:aws:kms:us-east-1:111122223333:key/nothing' }),
    () => 'NotFoundException: Invalid keyId arn:aws:kms:us-east-1:111122223333:key/nothing',
  ],
  ['LS', 'EnableKey', () => ({ KeyId: 'alias/orders' }), () => "NotFoundException: Invalid keyId 'alias/orders'"],
  [
    'LS',
    'DescribeKey',
    () => ({ KeyId: UNKNOWN }),
    () => `NotFoundException: Key 'arn:aws:kms:us-east-1:111122223333:key/${UNKNOWN}' does not exist`,
  ],
  [
    'LS',
    'DescribeKey',
    () => ({ KeyId: `arn:aws:kms:eu-west-1:111122223333:key/${UNKNOWN}` }),
    () => 'NotFoundException: Invalid arn eu-west-1',
  ],
  [
    'LOG',
    'DescribeKey',
    () => ({ KeyId: `arn:aws:kms:us-east-1:444455556666:key/${UNKNOWN}` }),
    () =>
      `AccessDeniedException: User: ${CALLER} is not authorized to perform: kms:DescribeKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  ],
  ['FL', 'DescribeKey', () => ({ KeyId: 'alias/orders' }), () => `NotFoundException: Alias ${ALIAS} is not found.`],
  ['FL', 'DeleteAlias', () => ({ AliasName: 'alias/orders' }), () => `NotFoundException: Alias ${ALIAS} is not found.`],
  [
    'LS',
    'CreateAlias',
    ({ symmetric }) => ({ AliasName: 'orders', TargetKeyId: symmetric.arn }),
    () =>
      'ValidationException: Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
  ],
  [
    'moto',
    'CreateAlias',
    ({ symmetric }) => ({ AliasName: 'alias/aws/s3', TargetKeyId: symmetric.arn }),
    () => 'NotAuthorizedException: ',
  ],
  [
    'moto',
    'CreateAlias',
    async ({ lab, symmetric }) => {
      const input = { AliasName: 'alias/orders', TargetKeyId: symmetric.arn };
      await lab.call('CreateAlias', input);
      return input;
    },
    () => `AlreadyExistsException: An alias with the name ${ALIAS} already exists`,
  ],
  // Usages and algorithms.
  [
    'LS',
    'Encrypt',
    ({ signing }) => ({ KeyId: signing.arn, Plaintext: utf8('x') }),
    ({ signing }) =>
      `InvalidKeyUsageException: ${signing.arn} key usage is SIGN_VERIFY which is not valid for Encrypt.`,
  ],
  [
    'LS',
    'GenerateMac',
    ({ mac }) => ({ KeyId: mac.arn, Message: utf8('x'), MacAlgorithm: 'HMAC_SHA_256' }),
    () => 'InvalidKeyUsageException: Algorithm HMAC_SHA_256 is incompatible with key spec HMAC_224.',
  ],
  [
    'FL',
    'GenerateDataKey',
    ({ rsa }) => ({ KeyId: rsa.arn, KeySpec: 'AES_256' }),
    () => 'InvalidKeyUsageException: You cannot generate a data key with an asymmetric CMK',
  ],
  [
    'LS',
    'Encrypt',
    ({ rsa }) => ({ KeyId: rsa.arn, Plaintext: new Uint8Array(215), EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' }),
    () =>
      'ValidationException: Algorithm RSAES_OAEP_SHA_1 and key spec RSA_2048 cannot encrypt data larger than 214 bytes.',
  ],
  [
    'LS',
    'Sign',
    ({ signing }) => ({
      KeyId: signing.arn,
      Message: utf8('x'),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
    }),
    () => 'ValidationException: Digest is invalid length for algorithm ECDSA_SHA_256.',
  ],
  ...(['Encrypt', 'Decrypt'] as const).map(
    (operation): Row => [
      'FL',
      operation,
      ({ rsa }) => ({
        KeyId: rsa.arn,
        EncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
        EncryptionContext: { a: 'b' },
        ...(operation === 'Encrypt' ? { Plaintext: utf8('x') } : { CiphertextBlob: new Uint8Array(256) }),
      }),
      () => 'ValidationException: EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.',
    ],
  ),
  [
    'LS',
    'Decrypt',
    async ({ lab, symmetric }) => {
      const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: symmetric.arn, Plaintext: utf8('x') });
      return { CiphertextBlob, KeyId: (await lab.key()).arn };
    },
    () => 'IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation.',
  ],
  [
    'LS',
    'Encrypt',
    ({ symmetric }) => ({ KeyId: symmetric.arn, Plaintext: utf8('x'), DryRun: true }),
    () => 'DryRunOperationException: The request would have succeeded, but the DryRun option is set.',
  ],
  // Origins and material.
  [
    'LS',
    'EnableKeyRotation',
    ({ external }) => ({ KeyId: external.arn }),
    ({ external }) =>
      `UnsupportedOperationException: ${external.arn} origin is EXTERNAL which is not valid for this operation.`,
  ],
  [
    'LS',
    'GetParametersForImport',
    ({ symmetric }) => ({ KeyId: symmetric.arn, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' }),
    ({ symmetric }) =>
      `UnsupportedOperationException: ${symmetric.arn} origin is AWS_KMS which is not valid for this operation.`,
  ],
  [
    'LS',
    'ImportKeyMaterial',
    ({ external }) => ({ KeyId: external.arn, ImportToken: utf8('x'), EncryptedKeyMaterial: utf8('x') }),
    () => 'ValidationException: A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES',
  ],
  [
    'LS',
    'RotateKeyOnDemand',
    async ({ lab, symmetric }) => {
      for (let i = 0; i < 25; i++) await lab.call('RotateKeyOnDemand', { KeyId: symmetric.arn });
      return { KeyId: symmetric.arn };
    },
    ({ symmetric }) =>
      `LimitExceededException: The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${symmetric.arn}`,
  ],
  // Tags and policies.
  [
    'LS',
    'TagResource',
    ({ symmetric }) => ({
      KeyId: symmetric.arn,
      Tags: [
        { TagKey: 'a', TagValue: '1' },
        { TagKey: 'a', TagValue: '2' },
      ],
    }),
    () => 'TagException: Duplicate tag keys',
  ],
  [
    'LS',
    'TagResource',
    ({ symmetric }) => ({
      KeyId: symmetric.arn,
      Tags: Array.from({ length: 51 }, (_, i) => ({ TagKey: `${i}`, TagValue: '' })),
    }),
    () => 'TagException: Too many tags',
  ],
  ...['aws:x', 'AWS:x'].map(
    (TagKey): Row => [
      'LS',
      'CreateKey',
      () => ({ Tags: [{ TagKey, TagValue: '' }] }),
      () => 'TagException: Tags beginning with aws: are reserved',
    ],
  ),
  [
    'LOG',
    'CreateKey',
    () => ({ Policy: policy([{ ...allow, Action: 'kms:Encrypt' }]) }),
    () =>
      'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.',
  ],
  [
    'LOG',
    'PutKeyPolicy',
    ({ symmetric }) => ({
      KeyId: symmetric.arn,
      Policy: policy([allow, { ...allow, Principal: { AWS: 'arn:aws:iam::111122223333:group/Team' } }]),
    }),
    () => 'MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.',
  ],
  // States that no table has.
  [
    'LS',
    'CancelKeyDeletion',
    ({ symmetric }) => ({ KeyId: symmetric.arn }),
    ({ symmetric }) => `KMSInvalidStateException: ${symmetric.arn} is not pending deletion.`,
  ],
  [
    'LS',
    'Encrypt',
    async ({ lab, symmetric }) => {
      await lab.call('DisableKey', { KeyId: symmetric.arn });
      return { KeyId: symmetric.arn, Plaintext: utf8('x') };
    },
    ({ symmetric }) => `DisabledException: ${symmetric.arn} is disabled.`,
  ],
  [
    'LS',
    'Encrypt',
    async ({ lab, symmetric }) => {
      await lab.call('ScheduleKeyDeletion', { KeyId: symmetric.arn });
      return { KeyId: symmetric.arn, Plaintext: utf8('x') };
    },
    ({ symmetric }) => `KMSInvalidStateException: ${symmetric.arn} is pending deletion.`,
  ],
  [
    'LS',
    'Encrypt',
    ({ external }) => ({ KeyId: external.arn, Plaintext: utf8('x') }),
    ({ external }) => `KMSInvalidStateException: ${external.arn} is pending import.`,
  ],
];

describe('what KMS says', () => {
  it.each(rows)('%s: %s, row %#', async (_, operation, inputOf, says) => {
    const keys = await keysOf();
    expect(await keys.lab.outcome(operation, (await inputOf(keys)) as never)).toBe(says(keys));
  });
});

describe('what KMS says to whom it refuses', () => {
  const resource = (arn: string) => `User: ${CALLER} is not authorized to perform: kms:Encrypt on resource: ${arn}`;
  const statement = (more: object) => policy([allow, { ...allow, ...more }]);
  const hidden =
    'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

  it.each<[source: Source, identityPolicy: object | undefined, Policy: string, ending: string]>([
    [
      'LOG',
      everything,
      policy([{ ...allow, Action: 'kms:Put*' }]),
      'because no resource-based policy allows the kms:Encrypt action',
    ],
    [
      'LOG',
      { ...everything, Statement: [{ ...everything.Statement[0], Action: 'kms:PutKeyPolicy' }] },
      policy([allow]),
      'because no identity-based policy allows the kms:Encrypt action',
    ],
    [
      'LOG',
      everything,
      statement({ Effect: 'Deny', Principal: '*', Action: 'kms:Encrypt' }),
      'with an explicit deny in a resource-based policy',
    ],
  ])('%s: row %#', async (_, identityPolicy, Policy, ending) => {
    const root = 'arn:aws:iam::111122223333:root';
    const lab = new Lab({ [CALLER]: identityPolicy });
    const key = await lab.key({}, root);
    await lab.call('PutKeyPolicy', { KeyId: key.arn, Policy }, root);
    expect(await lab.outcome('Encrypt', { KeyId: key.arn, Plaintext: utf8('x') })).toBe(
      `AccessDeniedException: ${resource(key.arn)} ${ending}`,
    );
  });

  it('LOG: who holds a ciphertext alone', async () => {
    const eve = 'arn:aws:iam::444455556666:user/Eve';
    const lab = new Lab({ [CALLER]: everything, [eve]: everything });
    const key = await lab.key();
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: key.arn, Plaintext: utf8('x') });
    const start = `AccessDeniedException: User: ${eve} is not authorized to perform: kms`;
    expect(await lab.outcome('Decrypt', { CiphertextBlob }, eve)).toBe(
      `${start}:Decrypt on the resource associated with this ciphertext ${hidden}`,
    );
    expect(await lab.outcome('Decrypt', { CiphertextBlob }, CALLER, { region: 'eu-west-1' })).toBe(
      `AccessDeniedException: User: ${CALLER} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext ${hidden}`,
    );
    expect(await lab.outcome('Decrypt', { CiphertextBlob, KeyId: key.arn }, eve)).toBe(
      `${start}:Decrypt on this resource ${hidden}`,
    );
    const DestinationKeyId = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-a000-000000000000';
    expect(await lab.outcome('ReEncrypt', { SourceKeyId: key.arn, CiphertextBlob, DestinationKeyId }, eve)).toBe(
      `${start}:ReEncryptTo on this resource ${hidden}`,
    );
  });
});

it('no message is made up: whatever is not known has none', async () => {
  const { lab, symmetric, external } = await keysOf();
  const outcome = <Name extends OperationName>(name: Name, input: Operations[Name]['input']) =>
    lab.outcome(name, input);
  const KeyId = symmetric.arn;
  expect([
    await outcome('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 6 }),
    await outcome('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 31 }),
    await outcome('PutKeyPolicy', { KeyId, Policy: policy([allow]).padEnd(32_769) }),
    await outcome('ListKeys', { Marker: 'x' }),
    await outcome('Decrypt', { KeyId, CiphertextBlob: utf8('x'), GrantTokens: ['x'] }),
    await outcome('CreateKey', { Origin: 'AWS_CLOUDHSM' }),
    await outcome('GetParametersForImport', {
      KeyId: external.arn,
      WrappingAlgorithm: 'RSAES_PKCS1_V1_5',
      WrappingKeySpec: 'RSA_2048',
    }),
  ]).toEqual([
    'ValidationException: ',
    'ValidationException: ',
    'LimitExceededException: ',
    'InvalidMarkerException: ',
    'InvalidGrantTokenException: ',
    'ValidationException: ',
    'UnsupportedOperationException: ',
  ]);
});
