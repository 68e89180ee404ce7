import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decrypt } from '../../simulator/envelope/decrypt.ts';
import { encrypt } from '../../simulator/envelope/encrypt.ts';
import { kmsKeyring } from '../../simulator/envelope/keyrings/kms.ts';
import { systemRandom } from '../../simulator/kms/environment.ts';
import { operationNames } from '../../simulator/kms/service.ts';
import { projectRoot } from '../cli/run.ts';
import { payloadOf } from '../simulator/envelope/fixtures/samples.ts';
import { callerOf } from '../simulator/kms/keys.ts';
import { sdk } from './sdk.ts';
import { type Serving, serve } from './serve.ts';

const require = createRequire(`${projectRoot}bench/envelope/`);
const kms = require('@aws-sdk/client-kms');

type Fields = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: the SDK is installed when this first runs, so that its types are not there.
type Answer = any;

const SCENARIO = 'test/sdk/fixtures/world.kms-scenario.json';
const REGIONS = ['eu-central-1', 'us-west-2'];
const admin = { accessKeyId: 'AKIAKMSLENSADMIN', secretAccessKey: 'kms-lens-admin-secret' };
const app = { accessKeyId: 'AKIAKMSLENSAPP', secretAccessKey: 'kms-lens-app-secret' };
const APP = 'arn:aws:iam::111122223333:role/App';

let serving: Serving;
const sent = new Map<string, Set<string>>(REGIONS.map((region) => [region, new Set()]));

beforeAll(async () => {
  serving = await serve('--scenario', SCENARIO);
});
afterAll(() => serving?.end());

const settingsOf = (region: string, credentials: typeof admin) => ({
  endpoint: serving.url,
  region,
  credentials,
  maxAttempts: 1,
});

const clientOf = (region: string, credentials = admin) => new kms.KMSClient(settingsOf(region, credentials));

/** Calls by the names of operations. */
function caller(region: string, credentials = admin) {
  const client = clientOf(region, credentials);
  return async (operation: string, input: Fields = {}): Promise<Answer> => {
    sent.get(region)?.add(operation);
    return client.send(new kms[`${operation}Command`](input));
  };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What takes KMS a while is done. */
async function later(): Promise<void> {
  const { status } = await fetch(`${serving.url}/_kms-lens/clock`, { method: 'POST', body: '{"advance": "PT30M"}' });
  expect(status).toBe(200);
}

async function newKey(call: ReturnType<typeof caller>, input: Fields = {}): Promise<string> {
  return (await call('CreateKey', input)).KeyMetadata.KeyId;
}

describe.each(REGIONS)('@aws-sdk/client-kms in %s', (region) => {
  const other = REGIONS.find((each) => each !== region);

  test('keys, their policies, aliases, tags and descriptions', async () => {
    const call = caller(region);
    const { KeyMetadata } = await call('CreateKey', { Description: 'first', Tags: [{ TagKey: 'a', TagValue: '1' }] });
    const { KeyId, Arn } = KeyMetadata;
    expect(KeyMetadata).toMatchObject({ Enabled: true, KeySpec: 'SYMMETRIC_DEFAULT' });
    const DAY = 24 * 60 * 60 * 1000;
    expect(Math.abs(KeyMetadata.CreationDate.getTime() - Date.now())).toBeLessThan(DAY);
    await call('UpdateKeyDescription', { KeyId, Description: 'second' });
    await call('DisableKey', { KeyId });
    expect((await call('DescribeKey', { KeyId })).KeyMetadata).toMatchObject({
      Description: 'second',
      KeyState: 'Disabled',
    });
    await call('EnableKey', { KeyId });
    await call('CreateAlias', { AliasName: 'alias/one', TargetKeyId: KeyId });
    await call('UpdateAlias', { AliasName: 'alias/one', TargetKeyId: await newKey(call) });
    expect((await call('ListAliases', {})).Aliases.map((each: Answer) => each.AliasName)).toContain('alias/one');
    await call('DeleteAlias', { AliasName: 'alias/one' });
    const { Policy } = await call('GetKeyPolicy', { KeyId });
    await call('PutKeyPolicy', { KeyId, Policy });
    expect((await call('ListKeyPolicies', { KeyId })).PolicyNames).toEqual(['default']);
    await call('TagResource', { KeyId, Tags: [{ TagKey: 'b', TagValue: '2' }] });
    await call('UntagResource', { KeyId, TagKeys: ['a'] });
    expect((await call('ListResourceTags', { KeyId })).Tags).toEqual([{ TagKey: 'b', TagValue: '2' }]);
    const { DeletionDate } = await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    expect(DeletionDate).toBeInstanceOf(Date);
    await call('CancelKeyDeletion', { KeyId });
    await call('GetKeyLastUsage', { KeyId });
    const pages: Answer[] = [];
    sent.get(region)?.add('ListKeys');
    for await (const page of kms.paginateListKeys({ client: clientOf(region), pageSize: 1 }, {}))
      pages.push(...page.Keys);
    expect(pages.map(({ KeyArn }) => KeyArn)).toContain(Arn);
  });

  test('symmetric encryption, data keys and random bytes', async () => {
    const call = caller(region);
    const [KeyId, DestinationKeyId] = [await newKey(call), await newKey(call)];
    const EncryptionContext = { tenant: 'a', __proto__x: 'ü' };
    const { CiphertextBlob } = await call('Encrypt', { KeyId, Plaintext: bytes('hello'), EncryptionContext });
    const again = await call('ReEncrypt', {
      CiphertextBlob,
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId,
    });
    expect((await call('Decrypt', { CiphertextBlob: again.CiphertextBlob })).Plaintext).toEqual(bytes('hello'));
    const dataKey = await call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
    expect((await call('Decrypt', { CiphertextBlob: dataKey.CiphertextBlob })).Plaintext).toEqual(dataKey.Plaintext);
    await call('GenerateDataKeyWithoutPlaintext', { KeyId, NumberOfBytes: 64 });
    const pair = await call('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ECC_NIST_P256' });
    expect(createPublicKey({ key: Buffer.from(pair.PublicKey), format: 'der', type: 'spki' }).asymmetricKeyType).toBe(
      'ec',
    );
    await call('GenerateDataKeyPairWithoutPlaintext', { KeyId, KeyPairSpec: 'ECC_NIST_P256' });
    expect((await call('GenerateRandom', { NumberOfBytes: 1024 })).Plaintext).toHaveLength(1024);
  });

  test('signatures, MACs, key agreement and encapsulation', async () => {
    const call = caller(region);
    const signing = await newKey(call, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const what = { KeyId: signing, Message: bytes('m'), SigningAlgorithm: 'ECDSA_SHA_256' };
    const { Signature } = await call('Sign', what);
    expect((await call('Verify', { ...what, Signature })).SignatureValid).toBe(true);
    await expect(call('Verify', { ...what, Message: bytes('n'), Signature })).rejects.toBeInstanceOf(
      kms.KMSInvalidSignatureException,
    );
    const hmac = await newKey(call, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const mac = { KeyId: hmac, Message: bytes('m'), MacAlgorithm: 'HMAC_SHA_256' };
    expect((await call('VerifyMac', { ...mac, Mac: (await call('GenerateMac', mac)).Mac })).MacValid).toBe(true);
    const agreeing = await newKey(call, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
    const { PublicKey } = await call('GetPublicKey', { KeyId: agreeing });
    const derive = { KeyId: agreeing, KeyAgreementAlgorithm: 'ECDH', PublicKey };
    expect((await call('DeriveSharedSecret', derive)).SharedSecret).toHaveLength(32);
    const mlkem = await newKey(call, { KeySpec: 'ML_KEM_768', KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
    const kem = { KeyId: mlkem, EncapsulationAlgorithm: 'ML_KEM' };
    const sealed = await call('Encapsulate', kem);
    const { SharedSecretCiphertextBlob } = sealed;
    expect((await call('Decapsulate', { ...kem, SharedSecretCiphertextBlob })).SharedSecret).toEqual(
      sealed.SharedSecret,
    );
  });

  test('rotation and imported material', async () => {
    const call = caller(region);
    const KeyId = await newKey(call);
    await call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    expect(await call('GetKeyRotationStatus', { KeyId })).toMatchObject({
      KeyRotationEnabled: true,
      NextRotationDate: expect.any(Date),
    });
    await call('DisableKeyRotation', { KeyId });
    await call('RotateKeyOnDemand', { KeyId });
    expect((await call('ListKeyRotations', { KeyId })).Rotations).toHaveLength(1);
    const imported = await newKey(call, { Origin: 'EXTERNAL' });
    const { PublicKey, ImportToken } = await call('GetParametersForImport', {
      KeyId: imported,
      WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
      WrappingKeySpec: 'RSA_2048',
    });
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    const EncryptedKeyMaterial = publicEncrypt(
      { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
      Buffer.alloc(32, 7),
    );
    const ValidTo = new Date(Date.now() + 24 * 3_600_000);
    await call('ImportKeyMaterial', { KeyId: imported, ImportToken, EncryptedKeyMaterial, ValidTo });
    const { KeyMetadata } = await call('DescribeKey', { KeyId: imported });
    expect([KeyMetadata.KeyState, Math.floor(KeyMetadata.ValidTo.getTime() / 1000)]).toEqual([
      'Enabled',
      Math.floor(ValidTo.getTime() / 1000),
    ]);
    await call('DeleteImportedKeyMaterial', { KeyId: imported });
  });

  test('grants', async () => {
    const call = caller(region);
    const asApp = caller(region, app);
    const KeyId = await newKey(call);
    const { KeyId: arn } = await call('GenerateDataKeyWithoutPlaintext', { KeyId, KeySpec: 'AES_256' });
    await expect(asApp('Encrypt', { KeyId, Plaintext: bytes('x') })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::111122223333:assumed-role/App/session is not authorized to perform: kms:Encrypt on resource: ${arn} because no identity-based policy allows the kms:Encrypt action`,
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    const grant = { KeyId, GranteePrincipal: APP, RetiringPrincipal: APP, Operations: ['Encrypt'] };
    const { GrantToken } = await call('CreateGrant', grant);
    await asApp('Encrypt', { KeyId, Plaintext: bytes('x'), GrantTokens: [GrantToken] });
    await expect(
      asApp('Encrypt', { KeyId, Plaintext: bytes('x'), GrantTokens: [GrantToken], DryRun: true }),
    ).rejects.toBeInstanceOf(kms.DryRunOperationException);
    const { Grants } = await call('ListGrants', { KeyId });
    expect(Grants).toMatchObject([{ Operations: ['Encrypt'], CreationDate: expect.any(Date) }]);
    expect((await call('ListRetirableGrants', { RetiringPrincipal: APP })).Grants.length).toBeGreaterThan(0);
    await asApp('RetireGrant', { GrantToken });
    const { GrantId } = await call('CreateGrant', grant);
    await call('RevokeGrant', { KeyId, GrantId });
  });

  test('multi-Region keys', async () => {
    const call = caller(region);
    const KeyId = await newKey(call, { MultiRegion: true });
    const { ReplicaKeyMetadata } = await call('ReplicateKey', { KeyId, ReplicaRegion: other });
    expect(ReplicaKeyMetadata.Arn).toContain(`:${other}:`);
    await later();
    await call('UpdatePrimaryRegion', { KeyId, PrimaryRegion: other });
    await later();
    const { MultiRegionConfiguration } = (await call('DescribeKey', { KeyId })).KeyMetadata;
    expect(MultiRegionConfiguration).toMatchObject({ MultiRegionKeyType: 'REPLICA', PrimaryKey: { Region: other } });
  });

  test('custom key stores', async () => {
    const call = caller(region);
    const CloudHsmClusterId = region === 'us-west-2' ? 'cluster-3abcdefghij' : 'cluster-2abcdefghij';
    const { CustomKeyStoreId } = await call('CreateCustomKeyStore', {
      CustomKeyStoreName: 'hsm',
      CloudHsmClusterId,
      KeyStorePassword: 'example-password',
      TrustAnchorCertificate: 'certificate',
    });
    await call('UpdateCustomKeyStore', { CustomKeyStoreId, NewCustomKeyStoreName: 'safe' });
    await call('ConnectCustomKeyStore', { CustomKeyStoreId });
    await later();
    expect((await call('DescribeCustomKeyStores')).CustomKeyStores).toMatchObject([
      { CustomKeyStoreName: 'safe', ConnectionState: 'CONNECTED', CreationDate: expect.any(Date) },
    ]);
    await call('DisconnectCustomKeyStore', { CustomKeyStoreId });
    await later();
    await call('DeleteCustomKeyStore', { CustomKeyStoreId });
  });

  test.each([
    ['DescribeKey', { KeyId: 'alias/none' }, 'NotFoundException'],
    ['Decrypt', { CiphertextBlob: bytes('none') }, 'InvalidCiphertextException'],
    ['ListKeys', { Marker: 'none' }, 'InvalidMarkerException'],
    ['CreateKey', { Policy: '{}' }, 'MalformedPolicyDocumentException'],
    ['CreateAlias', { AliasName: 'none', TargetKeyId: 'none' }, undefined],
  ])('%s %j is refused as the SDK knows it', async (operation, input, name) => {
    const error = await caller(region)(operation, input).catch((each: Error) => each);
    expect(error).toBeInstanceOf(name === undefined ? kms.KMSServiceException : kms[name]);
  });
});

test('every operation was called in both Regions', () => {
  for (const region of REGIONS) expect([...(sent.get(region) ?? [])].sort()).toEqual([...operationNames].sort());
});

test('another secret is noticed', async () => {
  const call = caller('eu-central-1', { ...admin, secretAccessKey: 'kms-lens-guessed' });
  await expect(call('ListKeys')).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  const stranger = caller('eu-central-1', { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'kms-lens-x' });
  await expect(stranger('ListKeys')).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});

test('the AWS Encryption SDK encrypts under a key here, with data keys that it caches', async () => {
  const call = caller('eu-central-1');
  const { KeyId } = await call('GenerateDataKeyWithoutPlaintext', { KeyId: await newKey(call), KeySpec: 'AES_256' });
  const keyring = new sdk.KmsKeyringNode({
    generatorKeyId: KeyId,
    clientProvider: (region: string) => new kms.KMS(settingsOf(region, admin)),
  });
  const manager = new sdk.NodeCachingMaterialsManager({
    backingMaterials: keyring,
    cache: sdk.getLocalCryptographicMaterialsCache(10),
    maxAge: 60_000,
  });
  const { encrypt, decrypt } = sdk.buildClient(sdk.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
  const before = await dataKeysMade();
  for (const text of ['one', 'two', 'three']) {
    const encryptionContext = { service: 'orders' };
    const { result } = await encrypt(manager, Buffer.from(text), { encryptionContext, plaintextLength: text.length });
    const { plaintext, messageHeader } = await decrypt(manager, result);
    expect([plaintext.toString(), messageHeader.encryptionContext['service']]).toEqual([text, 'orders']);
  }
  expect((await dataKeysMade()) - before).toBe(1);
});

test.each([0, 1, 4095, 4096, 4097, 8192, 8193])(
  'messages of %i bytes are read by the SDK and by us, under a key here',
  async (length) => {
    const call = caller('eu-central-1');
    const { Arn: keyArn } = (await call('CreateKey')).KeyMetadata;
    const keyring = kmsKeyring({ service: { call }, keyArn, caller: callerOf(APP) });
    const theirKeyring = new sdk.KmsKeyringNode({
      generatorKeyId: keyArn,
      clientProvider: (region: string) => new kms.KMS(settingsOf(region, admin)),
    });
    const client = sdk.buildClient(sdk.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
    const plaintext = payloadOf(length);
    const encryptionContext = { service: 'orders' };
    const ours = await encrypt({ plaintext, keyring, encryptionContext, random: systemRandom });
    expect(Buffer.compare((await client.decrypt(theirKeyring, Buffer.from(ours))).plaintext, plaintext)).toBe(0);
    const { result } = await client.encrypt(theirKeyring, Buffer.from(plaintext), { encryptionContext });
    expect(Buffer.compare((await decrypt({ message: result, keyring })).plaintext, plaintext)).toBe(0);
    const changed = Buffer.from(ours);
    const last = changed.length - 1;
    changed[last] = (changed[last] ?? 0) ^ 1;
    await expect(client.decrypt(theirKeyring, changed)).rejects.toThrow();
  },
);

async function dataKeysMade(): Promise<number> {
  const answer = await fetch(`${serving.url}/_kms-lens/trail?follow=false`);
  return (await answer.text()).split('\n').filter((line) => line.includes('"eventName":"GenerateDataKey"')).length;
}
