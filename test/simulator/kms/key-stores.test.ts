import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionErrors, keyStoreTypes } from '../../../simulator/facts/key-stores.ts';
import type { KeyStoreType } from '../../../simulator/facts/types.ts';
import type { KmsKey } from '../../../simulator/kms/key.ts';
import { type Backend, type KeyStore, newBackend } from '../../../simulator/kms/key-store.ts';
import type { Operations } from '../../../simulator/kms/service.ts';
import { ACCOUNT, CALLER, NOW, PLACE, utf8 } from './keys.ts';
import { DAY, everything, Lab, text } from './lab.ts';
import { outcomesOf, playScenario } from './play.ts';

type CreateStore = Operations['CreateCustomKeyStore']['input'];

const CLUSTER = 'cluster-2abcdefghij';
const ENDPOINT = 'https://xks.example.com';
const PATH = '/kms/xks/v1';

const hsm: CreateStore = {
  CustomKeyStoreName: 'hsm',
  CloudHsmClusterId: CLUSTER,
  KeyStorePassword: 'example-password',
  TrustAnchorCertificate: 'certificate',
};
const vault: CreateStore = {
  CustomKeyStoreName: 'vault',
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  XksProxyUriEndpoint: ENDPOINT,
  XksProxyUriPath: PATH,
  XksProxyAuthenticationCredential: { AccessKeyId: 'KMSLENSEXAMPLEPROXYID', RawSecretAccessKey: 'EXAMPLE'.repeat(7) },
};
const storeOfType = (type: string): CreateStore => (type === 'AWS_CLOUDHSM' ? hsm : vault);

class StoreLab extends Lab {
  readonly cluster: Backend = newBackend('AWS_CLOUDHSM', CLUSTER);
  readonly manager: Backend = newBackend('EXTERNAL_KEY_STORE', `${ENDPOINT}${PATH}`);

  constructor(policies?: ConstructorParameters<typeof Lab>[0]) {
    super(policies);
    this.world.stores.addBackend(this.cluster);
    this.world.stores.addBackend(this.manager);
  }

  backend(type: string): Backend {
    return type === 'AWS_CLOUDHSM' ? this.cluster : this.manager;
  }

  async store(type: string): Promise<KeyStore> {
    const { CustomKeyStoreId } = await this.call('CreateCustomKeyStore', storeOfType(type));
    const store = this.world.stores.find(PLACE, CustomKeyStoreId);
    if (!store) throw new Error('no key store was made');
    return store;
  }

  async connected(type: string): Promise<KeyStore> {
    const store = await this.store(type);
    await this.connect(store);
    return store;
  }

  async connect({ id }: KeyStore): Promise<void> {
    await this.call('ConnectCustomKeyStore', { CustomKeyStoreId: id });
    this.settle();
  }

  /** Longer than it takes to connect anything. */
  settle(): void {
    this.clock.advance(20 * 60 * 1000);
    this.service.settle();
  }

  disconnect({ id }: KeyStore) {
    return this.call('DisconnectCustomKeyStore', { CustomKeyStoreId: id });
  }

  keyIn({ id, type }: KeyStore, XksKeyId = 'external-1'): Promise<KmsKey> {
    return this.key(inputFor(id, type, XksKeyId));
  }

  async stateOf({ id }: KeyStore): Promise<string> {
    const { CustomKeyStores } = await this.call('DescribeCustomKeyStores', { CustomKeyStoreId: id });
    const [entry] = CustomKeyStores as readonly Readonly<Record<string, unknown>>[];
    return [entry?.['ConnectionState'], entry?.['ConnectionErrorCode']].filter((each) => each !== undefined).join(' ');
  }
}

const inputFor = (CustomKeyStoreId: string, Origin: string, XksKeyId = 'external-1') => ({
  CustomKeyStoreId,
  Origin,
  ...(Origin === 'EXTERNAL_KEY_STORE' ? { XksKeyId } : {}),
});

const wrongState = 'CustomKeyStoreInvalidStateException: ';

describe.each(keyStoreTypes)('a key store of type %s', (type: KeyStoreType) => {
  it('is made, connected, disconnected and deleted', async () => {
    const lab = new StoreLab();
    const store = await lab.store(type);
    const CustomKeyStoreId = store.id;
    expect(CustomKeyStoreId).toMatch(/^cks-[0-9a-f]{17}$/);
    expect(await lab.stateOf(store)).toBe('DISCONNECTED');
    expect(await lab.outcome('DisconnectCustomKeyStore', { CustomKeyStoreId })).toBe(wrongState);
    expect(await lab.call('ConnectCustomKeyStore', { CustomKeyStoreId })).toEqual({});
    expect(await lab.stateOf(store)).toBe('CONNECTING');
    expect(await lab.outcome('CreateKey', inputFor(CustomKeyStoreId, type))).toBe(wrongState);
    lab.settle();
    expect(await lab.stateOf(store)).toBe('CONNECTED');
    expect(await lab.outcome('ConnectCustomKeyStore', { CustomKeyStoreId })).toBe('ok');
    expect(await lab.stateOf(store)).toBe('CONNECTED');
    const key = await lab.keyIn(store);
    const remove = () => lab.outcome('DeleteCustomKeyStore', { CustomKeyStoreId });
    expect(await remove()).toBe('CustomKeyStoreHasCMKsException: ');
    await lab.call('ScheduleKeyDeletion', { KeyId: key.arn, PendingWindowInDays: 7 });
    expect(await remove()).toBe('CustomKeyStoreHasCMKsException: ');
    lab.wait(7);
    expect(await remove()).toBe(wrongState);
    await lab.disconnect(store);
    expect(await remove()).toBe('ok');
    expect(await lab.outcome('DescribeCustomKeyStores', { CustomKeyStoreId })).toBe(
      'CustomKeyStoreNotFoundException: ',
    );
  });

  it('has keys that tell where they are, and encrypt and decrypt', async () => {
    const lab = new StoreLab();
    const store = await lab.connected(type);
    const { arn: KeyId } = await lab.keyIn(store);
    const { KeyMetadata } = await lab.call('DescribeKey', { KeyId });
    expect(KeyMetadata).toMatchObject({
      Origin: type,
      CustomKeyStoreId: store.id,
      KeyState: 'Enabled',
      MultiRegion: false,
      ...(type === 'AWS_CLOUDHSM' ? { CloudHsmClusterId: CLUSTER } : { XksKeyConfiguration: { Id: 'external-1' } }),
    });
    expect('CloudHsmClusterId' in KeyMetadata).toBe(type === 'AWS_CLOUDHSM');
    expect('XksKeyConfiguration' in KeyMetadata).toBe(type !== 'AWS_CLOUDHSM');
    expect(KeyMetadata).not.toHaveProperty('CurrentKeyMaterialId');
    const EncryptionContext = { a: 'b' };
    const sealed = await lab.call('Encrypt', { KeyId, Plaintext: new Uint8Array(4096).fill(7), EncryptionContext });
    const opened = await lab.call('Decrypt', { CiphertextBlob: sealed.CiphertextBlob, EncryptionContext });
    expect(Buffer.from(opened.Plaintext).equals(new Uint8Array(4096).fill(7))).toBe(true);
    expect(opened).not.toHaveProperty('KeyMaterialId');
    const { Plaintext, CiphertextBlob } = await lab.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
    expect(Buffer.from((await lab.call('Decrypt', { CiphertextBlob })).Plaintext).equals(Plaintext)).toBe(true);
    const event = lab.service.trail.find(({ eventName }) => eventName === 'Encrypt');
    expect(event?.additionalEventData).toEqual({
      customKeyStoreId: store.id,
      ...(type === 'AWS_CLOUDHSM' ? {} : { xksKeyId: 'external-1' }),
    });
  });

  it('does what standard keys do and its keys do not', async () => {
    const lab = new StoreLab();
    const store = await lab.connected(type);
    const { arn: KeyId } = await lab.keyIn(store);
    const origin = `UnsupportedOperationException: ${KeyId} origin is ${type} which is not valid for this operation.`;
    expect(await lab.outcome('EnableKeyRotation', { KeyId })).toBe(origin);
    expect(await lab.outcome('RotateKeyOnDemand', { KeyId })).toBe(origin);
    expect(await lab.outcome('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ECC_NIST_P256' })).toBe(origin);
    const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
    expect(await lab.outcome('GetParametersForImport', { KeyId, ...wrapping })).toBe(origin);
    const create = (more: object) => lab.outcome('CreateKey', { ...inputFor(store.id, type, 'external-2'), ...more });
    expect(await create({ MultiRegion: true })).toBe('UnsupportedOperationException: ');
    expect(await create({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })).toBe('UnsupportedOperationException: ');
    expect(await create({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' })).toBe(
      'UnsupportedOperationException: ',
    );
    expect(await create({ Origin: 'AWS_KMS' })).toBe('ValidationException: ');
    expect(await create({ Origin: keyStoreTypes.find((each) => each !== type), XksKeyId: undefined })).toMatch(
      /^ValidationException: $/,
    );
    expect(await create({ CustomKeyStoreId: 'cks-00000000000000000' })).toBe('CustomKeyStoreNotFoundException: ');
    expect(await create({ CustomKeyStoreId: undefined })).toBe('ValidationException: ');
    expect(await create({})).toBe('ok');
  });

  it('makes its keys unavailable while it is disconnected, and gives them back as they were', async () => {
    const lab = new StoreLab();
    const store = await lab.connected(type);
    const [on, off, doomed, turned, saved] = await Promise.all(
      [1, 2, 3, 4, 5].map((number) => lab.keyIn(store, `external-${number}`)),
    );
    if (!on || !off || !doomed || !turned || !saved) throw new Error('there are five');
    const states = () => [on, off, doomed, turned, saved].map(({ state }) => state);
    await lab.call('DisableKey', { KeyId: off.arn });
    for (const { arn: KeyId } of [doomed, saved]) await lab.call('ScheduleKeyDeletion', { KeyId });
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: on.arn, Plaintext: utf8('x') });
    await lab.disconnect(store);
    const gone = 'Unavailable';
    expect(states()).toEqual([gone, gone, 'PendingDeletion', gone, 'PendingDeletion']);
    expect(await lab.outcome('Decrypt', { CiphertextBlob })).toBe(
      `KMSInvalidStateException: ${on.arn} is unavailable.`,
    );
    expect((await lab.call('DescribeKey', { KeyId: on.arn })).KeyMetadata).toMatchObject({
      KeyState: gone,
      Enabled: false,
    });
    // Both count once the key is back.
    expect(await lab.outcome('EnableKey', { KeyId: off.arn })).toBe('ok');
    expect(await lab.outcome('DisableKey', { KeyId: turned.arn })).toBe('ok');
    await lab.call('CancelKeyDeletion', { KeyId: saved.arn });
    expect(states()).toEqual([gone, gone, 'PendingDeletion', gone, gone]);
    await lab.call('ConnectCustomKeyStore', { CustomKeyStoreId: store.id });
    expect(states()[0]).toBe(gone);
    lab.settle();
    expect(states()).toEqual(['Enabled', 'Enabled', 'PendingDeletion', 'Disabled', 'Disabled']);
    expect(text((await lab.call('Decrypt', { CiphertextBlob })).Plaintext)).toBe('x');
  });

  it('fails to connect with each code, and stays so until it was disconnected', async () => {
    const codes = connectionErrors.filter(({ types }) => types.includes(type)).map(({ name }) => name);
    expect(codes.length).toBeGreaterThan(9);
    for (const code of codes) {
      const lab = new StoreLab();
      const store = await lab.connected(type);
      const key = await lab.keyIn(store);
      await lab.disconnect(store);
      lab.backend(type).error = code;
      await lab.connect(store);
      expect(await lab.stateOf(store)).toBe(`FAILED ${code}`);
      expect(key.state).toBe('Unavailable');
      lab.backend(type).error = undefined;
      expect(await lab.outcome('ConnectCustomKeyStore', { CustomKeyStoreId: store.id })).toBe(wrongState);
      await lab.disconnect(store);
      expect(await lab.stateOf(store)).toBe('DISCONNECTED');
      await lab.connect(store);
      expect(await lab.stateOf(store)).toBe('CONNECTED');
      expect(key.state).toBe('Enabled');
    }
  });

  it('stays connected when what is behind it fails, and its keys enabled, though they are of no use', async () => {
    for (const { name, types, message = '' } of connectionErrors) {
      if (!types.includes(type)) continue;
      const lab = new StoreLab();
      const store = await lab.connected(type);
      const { arn: KeyId } = await lab.keyIn(store);
      const { CiphertextBlob } = await lab.call('Encrypt', { KeyId, Plaintext: utf8('x') });
      lab.backend(type).error = name;
      const said = type === 'AWS_CLOUDHSM' ? 'KMS cannot communicate with your CloudHSM cluster' : message;
      for (const outcome of [
        await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') }),
        await lab.outcome('Decrypt', { CiphertextBlob }),
        await lab.outcome('GenerateDataKeyWithoutPlaintext', { KeyId, KeySpec: 'AES_256' }),
        await lab.outcome('ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId }),
      ])
        expect(outcome).toBe(`KMSInvalidStateException: ${said}`);
      expect(await lab.stateOf(store)).toBe('CONNECTED');
      expect((await lab.call('DescribeKey', { KeyId })).KeyMetadata).toMatchObject({ KeyState: 'Enabled' });
      expect(await lab.outcome('CreateKey', inputFor(store.id, type, 'external-2'))).toMatch(
        /^(CustomKeyStoreInvalidState|CloudHsmClusterInvalidConfiguration)Exception: /,
      );
      lab.backend(type).error = undefined;
      expect(await lab.outcome('Decrypt', { CiphertextBlob })).toBe('ok');
    }
  });

  it('cannot be made where what is behind it is not as it has to be', async () => {
    for (const { name, types, exceptions } of connectionErrors) {
      if (!types.includes(type)) continue;
      const lab = new StoreLab();
      lab.backend(type).error = name;
      const outcome = await lab.outcome('CreateCustomKeyStore', storeOfType(type));
      expect(outcome.replace(/: .*$/s, ''), name).toBe((exceptions?.[type] ?? 'ok').replace(/: $/, ''));
    }
  });
});

describe('CreateCustomKeyStore', () => {
  it.each<[string, CreateStore, string]>([
    ['a cluster without a password', { ...hsm, KeyStorePassword: undefined }, 'ValidationException: '],
    ['a cluster with a proxy', { ...hsm, XksProxyUriPath: PATH }, 'ValidationException: '],
    [
      'a proxy without a credential',
      { ...vault, XksProxyAuthenticationCredential: undefined },
      'ValidationException: ',
    ],
    ['a proxy with a cluster', { ...vault, CloudHsmClusterId: CLUSTER }, 'ValidationException: '],
    ['a service without a name', { ...vault, XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' }, 'ValidationException: '],
    [
      'a cluster that is not there',
      { ...hsm, CloudHsmClusterId: 'cluster-2aaaaaaaaaa' },
      'CloudHsmClusterNotFoundException: ',
    ],
    ['a proxy that is not there', { ...vault, XksProxyUriPath: '/x/kms/xks/v1' }, 'XksProxyUriUnreachableException: '],
  ])('refuses %s', async (_, input, outcome) => {
    expect(await new StoreLab().outcome('CreateCustomKeyStore', input)).toBe(outcome);
  });

  it('refuses what another key store has', async () => {
    const lab = new StoreLab();
    await lab.store('AWS_CLOUDHSM');
    await lab.store('EXTERNAL_KEY_STORE');
    expect(await lab.outcome('CreateCustomKeyStore', hsm)).toBe('CustomKeyStoreNameInUseException: ');
    const again = (input: CreateStore) =>
      lab.outcome('CreateCustomKeyStore', { ...input, CustomKeyStoreName: 'other' });
    expect(await again(hsm)).toBe('CloudHsmClusterInUseException: ');
    expect(await again(vault)).toBe('XksProxyUriInUseException: ');
    const service = {
      XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
      XksProxyVpcEndpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0abc',
      XksProxyUriPath: '/a/kms/xks/v1',
    };
    expect(await again({ ...vault, ...service })).toBe('XksProxyUriEndpointInUseException: ');
    const other = { ...vault, ...service, XksProxyUriEndpoint: 'https://a.example.com' };
    lab.world.stores.addBackend(newBackend('EXTERNAL_KEY_STORE', 'https://a.example.com/a/kms/xks/v1'));
    expect(await lab.outcome('CreateCustomKeyStore', { ...other, CustomKeyStoreName: 'service' })).toBe('ok');
    expect(await again({ ...other, XksProxyUriEndpoint: 'https://b.example.com' })).toBe(
      'XksProxyVpcEndpointServiceInUseException: ',
    );
  });

  it('makes ten in a Region', async () => {
    const lab = new StoreLab();
    for (let number = 0; number <= 10; number++) {
      const CloudHsmClusterId = `cluster-2aaaaaaaa${String.fromCharCode(97 + number)}a`;
      lab.world.stores.addBackend(newBackend('AWS_CLOUDHSM', CloudHsmClusterId));
      const outcome = await lab.outcome('CreateCustomKeyStore', {
        ...hsm,
        CloudHsmClusterId,
        CustomKeyStoreName: `${number}`,
      });
      expect(outcome).toBe(number < 10 ? 'ok' : 'LimitExceededException: ');
    }
    const first = await lab.call('DescribeCustomKeyStores', { Limit: 6 });
    expect(first.CustomKeyStores).toHaveLength(6);
    expect((await lab.call('DescribeCustomKeyStores', { Marker: first.NextMarker })).CustomKeyStores).toHaveLength(4);
    const named = await lab.call('DescribeCustomKeyStores', { CustomKeyStoreName: '3' });
    expect(named.CustomKeyStores).toMatchObject([{ CustomKeyStoreName: '3', CustomKeyStoreType: 'AWS_CLOUDHSM' }]);
    expect(await lab.outcome('DescribeCustomKeyStores', { CustomKeyStoreName: 'none' })).toBe(
      'CustomKeyStoreNotFoundException: ',
    );
  });

  it('keeps secrets out of messages and of CloudTrail', async () => {
    const lab = new StoreLab();
    await lab.store('AWS_CLOUDHSM');
    await lab.store('EXTERNAL_KEY_STORE');
    const RawSecretAccessKey = 'short-EXAMPLE';
    const credential = { AccessKeyId: 'KMSLENSEXAMPLEPROXYID', RawSecretAccessKey };
    const wrong = await lab.outcome('CreateCustomKeyStore', { ...vault, XksProxyAuthenticationCredential: credential });
    expect(wrong).toContain("Value at 'xksProxyAuthenticationCredential.rawSecretAccessKey' failed to satisfy");
    expect(wrong).not.toContain(RawSecretAccessKey);
    const recorded = JSON.stringify(lab.service.trail);
    for (const secret of ['example-password', 'EXAMPLEEXAMPLE', RawSecretAccessKey, 'certificate'])
      expect(recorded).not.toContain(secret);
    expect(lab.service.trail[0]).toMatchObject({
      requestParameters: { customKeyStoreName: 'hsm', clusterId: CLUSTER },
      responseElements: { customKeyStoreId: expect.stringMatching(/^cks-/) },
    });
  });

  it('is a matter of identity policies, as are the others', async () => {
    const eve = `arn:aws:iam::${ACCOUNT}:user/eve`;
    const lab = new StoreLab({ [CALLER]: everything });
    const { id: CustomKeyStoreId } = await lab.store('AWS_CLOUDHSM');
    expect(await lab.outcome('CreateCustomKeyStore', vault, eve)).toMatch(/^AccessDenied.*kms:CreateCustomKeyStore/);
    for (const name of [
      'ConnectCustomKeyStore',
      'DisconnectCustomKeyStore',
      'DeleteCustomKeyStore',
      'UpdateCustomKeyStore',
      'DescribeCustomKeyStores',
    ] as const)
      expect(await lab.outcome(name, { CustomKeyStoreId }, eve)).toMatch(new RegExp(`^AccessDenied.*kms:${name} `));
  });
});

describe('a CloudHSM cluster', () => {
  it('needs two HSMs to make keys and one to use them', async () => {
    const lab = new StoreLab();
    const store = await lab.connected('AWS_CLOUDHSM');
    const { arn: KeyId } = await lab.keyIn(store);
    const outcomes = async () => [
      await lab.outcome('CreateKey', inputFor(store.id, 'AWS_CLOUDHSM')),
      await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') }),
      await lab.outcome('GenerateRandom', { NumberOfBytes: 4, CustomKeyStoreId: store.id }),
    ];
    const few = expect.stringMatching(/^CloudHsmClusterInvalidConfigurationException: /);
    expect(await outcomes()).toEqual(['ok', 'ok', 'ok']);
    lab.cluster.hsms = 1;
    expect(await outcomes()).toEqual([few, 'ok', 'ok']);
    lab.cluster.hsms = 0;
    const unreachable = 'KMSInvalidStateException: KMS cannot communicate with your CloudHSM cluster';
    expect(await outcomes()).toEqual([few, unreachable, wrongState]);
    await lab.disconnect(store);
    await lab.connect(store);
    expect(await lab.stateOf(store)).toBe('FAILED INSUFFICIENT_CLOUDHSM_HSMS');
    await lab.disconnect(store);
    lab.cluster.hsms = 1;
    await lab.connect(store);
    expect(await lab.stateOf(store)).toBe('CONNECTED');
  });

  it('gives random bytes, unlike an external key manager', async () => {
    const lab = new StoreLab();
    const [cluster, external] = [await lab.store('AWS_CLOUDHSM'), await lab.connected('EXTERNAL_KEY_STORE')];
    const random = (CustomKeyStoreId: string) => lab.outcome('GenerateRandom', { NumberOfBytes: 4, CustomKeyStoreId });
    expect(await random(cluster.id)).toBe(wrongState);
    await lab.connect(cluster);
    expect(await random(cluster.id)).toBe('ok');
    expect(await random(external.id)).toBe('UnsupportedOperationException: ');
    expect(await random('cks-00000000000000000')).toBe('CustomKeyStoreNotFoundException: ');
  });
});

describe('an external key', () => {
  const notFound = 'The external key store proxy rejected the request because it could not find the external key.';

  it('belongs to one KMS key of the key store, has to be there and enabled', async () => {
    const lab = new StoreLab();
    lab.manager.externalKeys = new Map([
      ['one', 'ENABLED'],
      ['two', 'DISABLED'],
    ]);
    const store = await lab.connected('EXTERNAL_KEY_STORE');
    const create = (XksKeyId: string) => lab.outcome('CreateKey', inputFor(store.id, store.type, XksKeyId));
    expect(await create('one')).toBe('ok');
    expect(await create('one')).toBe('XksKeyAlreadyInUseException: ');
    expect(await create('two')).toBe(
      'XksKeyInvalidConfigurationException: The status of the external key must be ENABLED. The status of specified external key is DISABLED.',
    );
    expect(await create('three')).toBe(`XksKeyNotFoundException: ${notFound}`);
    expect(await lab.outcome('CreateKey', { XksKeyId: 'four' })).toBe('ValidationException: ');
    expect(await lab.outcome('CreateKey', { ...inputFor(store.id, store.type), XksKeyId: undefined })).toBe(
      'ValidationException: ',
    );
  });

  it('opens and closes the key that rests on it', async () => {
    const lab = new StoreLab();
    const store = await lab.connected('EXTERNAL_KEY_STORE');
    const { arn: KeyId } = await lab.keyIn(store, 'one');
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId, Plaintext: utf8('x') });
    const decrypt = () => lab.outcome('Decrypt', { CiphertextBlob });
    lab.manager.externalKeys = new Map([['one', 'DISABLED']]);
    expect(await decrypt()).toMatch(/^KMSInvalidStateException: .* is not enabled in the external key manager\.$/);
    lab.manager.externalKeys.set('one', 'DELETED');
    expect(await decrypt()).toBe(`KMSInvalidStateException: ${notFound}`);
    lab.manager.externalKeys.set('one', 'ENABLED');
    expect(await decrypt()).toBe('ok');
    lab.manager.secrets.delete('one');
    expect(await decrypt()).toMatch(/^KMSInvalidStateException: .* corrupted, missing, or otherwise invalid\.$/);
  });

  it('is one of two that a plaintext is encrypted under, each with a tag of its own', async () => {
    const lab = new StoreLab();
    const store = await lab.connected('EXTERNAL_KEY_STORE');
    const standard = await lab.key();
    const { arn: KeyId } = await lab.keyIn(store, 'one');
    const seal = async (id: string) =>
      (await lab.call('Encrypt', { KeyId: id, Plaintext: utf8('plaintext'), EncryptionContext: { a: 'b' } }))
        .CiphertextBlob;
    const [simple, double] = [await seal(standard.arn), await seal(KeyId)];
    expect(double.length - simple.length).toBe(12 + 16);
    const wrong = expect.stringMatching(/^KMSInvalidStateException: .* corrupted, missing, or otherwise invalid\.$/);
    const decrypt = (CiphertextBlob: Uint8Array, context: Record<string, string>) =>
      lab.outcome('Decrypt', { CiphertextBlob, EncryptionContext: context });
    expect(await decrypt(double, { a: 'b' })).toBe('ok');
    expect(await decrypt(double, { a: 'c' })).toEqual(wrong);
    expect(await decrypt(simple, { a: 'c' })).toBe('InvalidCiphertextException: ');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 + 9 + 16 + 16 }),
        fc.integer({ min: 1, max: 255 }),
        async (fromEnd, bits) => {
          const changed = Uint8Array.from(double, (byte, index) =>
            index === double.length - fromEnd ? byte ^ bits : byte,
          );
          expect(await decrypt(changed, { a: 'b' })).toEqual(wrong);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('UpdateCustomKeyStore', () => {
  it('changes the name at any time, a cluster when it is disconnected', async () => {
    const lab = new StoreLab();
    const { id: CustomKeyStoreId } = await lab.connected('AWS_CLOUDHSM');
    const update = (more: object) => lab.outcome('UpdateCustomKeyStore', { CustomKeyStoreId, ...more });
    expect(await update({ NewCustomKeyStoreName: 'other' })).toBe('ok');
    expect(await update({ KeyStorePassword: 'example-password' })).toBe(wrongState);
    expect(await update({ XksProxyUriPath: PATH })).toBe('ValidationException: ');
    await lab.call('DisconnectCustomKeyStore', { CustomKeyStoreId });
    expect(await update({ KeyStorePassword: 'example-password' })).toBe('ok');
    expect(await update({ CloudHsmClusterId: CLUSTER })).toBe('ok');
    expect(await update({ CloudHsmClusterId: 'cluster-2bbbbbbbbbb' })).toBe('CloudHsmClusterNotFoundException: ');
    lab.world.stores.addBackend(newBackend('AWS_CLOUDHSM', 'cluster-2bbbbbbbbbb'));
    expect(await update({ CloudHsmClusterId: 'cluster-2bbbbbbbbbb' })).toBe('CloudHsmClusterNotRelatedException: ');
    await lab.store('EXTERNAL_KEY_STORE');
    expect(await update({ NewCustomKeyStoreName: 'vault' })).toBe('CustomKeyStoreNameInUseException: ');
    expect(await update({ CustomKeyStoreId: 'cks-0' })).toBe('CustomKeyStoreNotFoundException: ');
    const { CustomKeyStores } = await lab.call('DescribeCustomKeyStores', { CustomKeyStoreId });
    expect(CustomKeyStores).toMatchObject([{ CustomKeyStoreName: 'other', CloudHsmClusterId: CLUSTER }]);
  });

  it('changes path and credential of a proxy while it is connected, the rest when it is not', async () => {
    const lab = new StoreLab();
    const store = await lab.connected('EXTERNAL_KEY_STORE');
    const { arn: KeyId } = await lab.keyIn(store);
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId, Plaintext: utf8('x') });
    const CustomKeyStoreId = store.id;
    const update = (more: object) => lab.outcome('UpdateCustomKeyStore', { CustomKeyStoreId, ...more });
    const AccessKeyId = 'OTHEREXAMPLEPROXYACCESSID';
    const credential = { AccessKeyId, RawSecretAccessKey: 'EXAMPLE'.repeat(7) };
    expect(await update({ XksProxyAuthenticationCredential: credential })).toBe('ok');
    expect(await update({ XksProxyUriEndpoint: 'https://other.example.com' })).toBe(wrongState);
    const other = newBackend('EXTERNAL_KEY_STORE', `${ENDPOINT}/other${PATH}`);
    lab.world.stores.addBackend(other);
    other.error = 'XKS_PROXY_TIMED_OUT';
    expect(await update({ XksProxyUriPath: `/other${PATH}` })).toMatch(/^XksProxyUriUnreachableException: .* in time/);
    expect(await lab.outcome('Decrypt', { CiphertextBlob })).toBe('ok');
    other.error = undefined;
    expect(await update({ XksProxyUriPath: `/other${PATH}` })).toBe('ok');
    // Another key manager has another key under the same ID.
    expect(await lab.outcome('Decrypt', { CiphertextBlob })).toMatch(/otherwise invalid\.$/);
    expect(await update({ XksProxyUriPath: PATH })).toBe('ok');
    expect(await lab.outcome('Decrypt', { CiphertextBlob })).toBe('ok');
    const { CustomKeyStores } = await lab.call('DescribeCustomKeyStores', { CustomKeyStoreId });
    expect(CustomKeyStores).toEqual([
      {
        CustomKeyStoreId,
        CustomKeyStoreName: 'vault',
        ConnectionState: 'CONNECTED',
        CreationDate: new Date(NOW),
        CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
        XksProxyConfiguration: { Connectivity: 'PUBLIC_ENDPOINT', AccessKeyId, UriEndpoint: ENDPOINT, UriPath: PATH },
      },
    ]);
  });
});

it('a deletion ends while the key store is disconnected', async () => {
  const lab = new StoreLab();
  const store = await lab.connected('AWS_CLOUDHSM');
  const { arn: KeyId } = await lab.keyIn(store);
  await lab.disconnect(store);
  await lab.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  lab.clock.advance(8 * DAY);
  expect(await lab.outcome('DescribeKey', { KeyId })).toMatch(/^NotFound/);
  expect(await lab.outcome('DeleteCustomKeyStore', { CustomKeyStoreId: store.id })).toBe('ok');
});

describe('in a scenario', () => {
  it('key stores are declared, named and fail', async () => {
    const encrypt = { call: 'Encrypt', input: { KeyId: 'card', Plaintext: 'text:4242' } };
    const results = await playScenario({
      customKeyStores: {
        hsm: { state: 'DISCONNECTED' },
        vault: { type: 'EXTERNAL_KEY_STORE', externalKeys: { card: 'ENABLED' } },
        later: { cluster: 'cluster-2abcdefghij', created: false },
      },
      keys: { card: { customKeyStore: 'vault' }, safe: { customKeyStore: 'hsm' } },
      steps: [
        { ...encrypt, expect: 'ok' },
        { backend: 'vault', externalKeys: { card: 'DELETED' } },
        { ...encrypt, expect: { error: 'KMSInvalidStateException' } },
        { backend: 'vault', error: 'none', externalKeys: { card: 'ENABLED' } },
        { ...encrypt, expect: 'ok' },
        {
          call: 'DescribeKey',
          input: { KeyId: 'safe' },
          expect: { ok: { KeyMetadata: { KeyState: 'Unavailable', Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'hsm' } } },
        },
        { call: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: 'hsm' }, expect: 'ok' },
        { wait: 'PT20M' },
        { call: 'DescribeKey', input: { KeyId: 'safe' }, expect: { ok: { KeyMetadata: { KeyState: 'Enabled' } } } },
        {
          call: 'CreateCustomKeyStore',
          input: {
            CustomKeyStoreName: 'later',
            CloudHsmClusterId: 'cluster-2abcdefghij',
            KeyStorePassword: 'example-password',
            TrustAnchorCertificate: 'customerCA.crt',
          },
          save: 'made',
          expect: 'ok',
        },
        { backend: 'later', error: 'USER_LOGGED_IN' },
        { call: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: '$made.CustomKeyStoreId' }, expect: 'ok' },
        { wait: 'PT20M' },
        {
          call: 'DescribeCustomKeyStores',
          input: { CustomKeyStoreName: 'later' },
          expect: { ok: { CustomKeyStores: [{ ConnectionState: 'FAILED', ConnectionErrorCode: 'USER_LOGGED_IN' }] } },
        },
      ],
    });
    const outcomes = outcomesOf(results).filter((each) => !each.startsWith('info'));
    expect(outcomes).toEqual(Array(9).fill('pass'));
  });
});
