import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceQuotas } from '../../../simulator/facts/quotas.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { wrapBytes } from '../../../simulator/kms/import-wrapping.ts';
import type { KmsKey } from '../../../simulator/kms/key.ts';
import type { CallContext, Operations } from '../../../simulator/kms/service.ts';
import { ACCOUNT, CALLER, NOW, PLACE, utf8 } from './keys.ts';
import { DAY, everything, Lab, text } from './lab.ts';
import { outcomesOf, playScenario } from './play.ts';

const HOME = PLACE.region;
const AWAY = 'eu-west-1';
const FAR = 'ap-northeast-1';
const inRegion = (region: string): CallContext => ({ region });

/** The replica, which is there at once as far as the test is concerned. */
async function replicate(
  lab: Lab,
  key: KmsKey,
  ReplicaRegion: string,
  more: Partial<Operations['ReplicateKey']['input']> = {},
): Promise<KmsKey> {
  const { region } = key.identity;
  await lab.call('ReplicateKey', { KeyId: key.arn, ReplicaRegion, ...more }, undefined, inRegion(region));
  settle(lab);
  return keyAt(lab, key, ReplicaRegion);
}

function keyAt(lab: Lab, { identity }: KmsKey, region: string): KmsKey {
  const key = lab.world.keyIn({ ...identity, region }, identity.id);
  if (!key) throw new Error(`there is no key in ${region}`);
  return key;
}

function settle(lab: Lab): void {
  lab.clock.advance(5000);
  lab.service.settle();
}

const describeKey = async (lab: Lab, key: KmsKey) =>
  (await lab.call('DescribeKey', { KeyId: key.arn }, undefined, inRegion(key.identity.region))).KeyMetadata;

describe('ReplicateKey', () => {
  it('makes a key that is Creating for some seconds, and one with its primary from then on', async () => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true, Description: 'mine', Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    const answer = await lab.call('ReplicateKey', { KeyId: key.arn, ReplicaRegion: AWAY });
    const arn = key.arn.replace(HOME, AWAY);
    const PrimaryKey = { Arn: key.arn, Region: HOME };
    expect(answer.ReplicaKeyMetadata).toMatchObject({
      KeyId: key.identity.id,
      Arn: arn,
      KeyState: 'Creating',
      Enabled: false,
      Description: '',
      MultiRegion: true,
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'REPLICA',
        PrimaryKey,
        ReplicaKeys: [{ Arn: arn, Region: AWAY }],
      },
    });
    expect(answer.ReplicaKeyMetadata).not.toHaveProperty('CurrentKeyMaterialId');
    expect(JSON.parse(answer.ReplicaPolicy)).toMatchObject({ Id: 'key-default-1' });
    expect(answer.ReplicaTags).toEqual([]);
    const encrypt = () => lab.outcome('Encrypt', { KeyId: arn, Plaintext: utf8('x') }, undefined, inRegion(AWAY));
    expect(await encrypt()).toBe(`KMSInvalidStateException: ${arn} is creating.`);
    lab.clock.advance(4999);
    expect(await encrypt()).toContain('is creating');
    lab.clock.advance(1);
    expect(await encrypt()).toBe('ok');
    const [here, there] = [await describeKey(lab, key), await describeKey(lab, keyAt(lab, key, AWAY))];
    expect(there).toMatchObject({ KeyState: 'Enabled', Enabled: true });
    for (const shared of ['KeyId', 'KeySpec', 'KeyUsage', 'Origin', 'CurrentKeyMaterialId'])
      expect(there[shared]).toEqual(here[shared]);
    expect(here['MultiRegionConfiguration']).toEqual({
      MultiRegionKeyType: 'PRIMARY',
      PrimaryKey,
      ReplicaKeys: [{ Arn: arn, Region: AWAY }],
    });
  });

  it.each([
    ['a key of one Region', {}, AWAY, /^UnsupportedOperationException: .* is not a multi-region primary key\.$/],
    ['the Region of the primary', { MultiRegion: true }, HOME, /^AlreadyExistsException/],
    ['a Region of another partition', { MultiRegion: true }, 'cn-north-1', /^ValidationException: $/],
    ['no Region', { MultiRegion: true }, 'Ireland', /^ValidationException: 1 validation error.*'replicaRegion'/],
  ])('refuses %s', async (_, input, ReplicaRegion, outcome) => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key(input);
    expect(await lab.outcome('ReplicateKey', { KeyId, ReplicaRegion })).toMatch(outcome);
  });

  it('makes one in a Region, from the primary alone, and again once it is gone', async () => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true });
    const replica = await replicate(lab, key, AWAY);
    const again = () => lab.outcome('ReplicateKey', { KeyId: key.arn, ReplicaRegion: AWAY });
    expect(await again()).toMatch(/^AlreadyExistsException/);
    expect(
      await lab.outcome('ReplicateKey', { KeyId: replica.arn, ReplicaRegion: FAR }, undefined, inRegion(AWAY)),
    ).toBe(`UnsupportedOperationException: ${replica.arn} is not a multi-region primary key.`);
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: key.arn, Plaintext: utf8('x') });
    await lab.call('ScheduleKeyDeletion', { KeyId: replica.arn, PendingWindowInDays: 7 }, undefined, inRegion(AWAY));
    expect(await again()).toMatch(/^AlreadyExistsException/);
    lab.wait(7);
    expect(await again()).toBe('ok');
    settle(lab);
    expect(text((await lab.call('Decrypt', { CiphertextBlob }, undefined, inRegion(AWAY))).Plaintext)).toBe('x');
  });

  it('refuses a policy that locks out, too many tags and a full Region', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key({ MultiRegion: true });
    const one = { Sid: 'One', Effect: 'Allow', Principal: { AWS: CALLER }, Action: 'kms:Encrypt', Resource: '*' };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [one] });
    const of = (more: object) => lab.outcome('ReplicateKey', { KeyId, ReplicaRegion: AWAY, ...more });
    expect(await of({ Policy })).toMatch(/^MalformedPolicyDocumentException: The new key policy will not allow/);
    expect(await of({ Tags: [{ TagKey: 'aws:x', TagValue: '' }] })).toMatch(/^TagException/);
    const most = resourceQuotas.find(({ name }) => name === 'customer managed keys')?.limit ?? 0;
    lab.world.customerKeysIn = ({ region }) => (region === AWAY ? most : 0);
    expect(await of({})).toBe('LimitExceededException: ');
    lab.world.customerKeysIn = ({ region }) => (region === HOME ? most : 0);
    expect(await of({ Policy, BypassPolicyLockoutSafetyCheck: true })).toBe('ok');
  });

  it.each([
    ['HMAC_256', 'GENERATE_VERIFY_MAC'],
    ['ECC_NIST_P256', 'SIGN_VERIFY'],
    ['RSA_2048', 'ENCRYPT_DECRYPT'],
  ])('replicates %s', async (KeySpec, KeyUsage) => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true, KeySpec, KeyUsage });
    const KeyId = (await replicate(lab, key, AWAY)).arn;
    const away = inRegion(AWAY);
    const Message = utf8('message');
    if (KeyUsage === 'GENERATE_VERIFY_MAC') {
      const MacAlgorithm = 'HMAC_SHA_256';
      const { Mac } = await lab.call('GenerateMac', { KeyId: key.arn, Message, MacAlgorithm });
      expect(await lab.outcome('VerifyMac', { KeyId, Message, MacAlgorithm, Mac }, undefined, away)).toBe('ok');
    } else if (KeyUsage === 'SIGN_VERIFY') {
      const SigningAlgorithm = 'ECDSA_SHA_256';
      const { Signature } = await lab.call('Sign', { KeyId, Message, SigningAlgorithm }, undefined, away);
      expect(await lab.outcome('Verify', { KeyId: key.arn, Message, SigningAlgorithm, Signature })).toBe('ok');
    } else {
      const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
      const sealed = await lab.call('Encrypt', { KeyId: key.arn, Plaintext: Message, EncryptionAlgorithm });
      const input = { KeyId, CiphertextBlob: sealed.CiphertextBlob, EncryptionAlgorithm };
      expect(text((await lab.call('Decrypt', input, undefined, away)).Plaintext)).toBe('message');
    }
  });
});

describe('who may replicate', () => {
  const statement = (Action: string, Condition?: object) => ({
    Effect: 'Allow',
    Action,
    Resource: '*',
    ...(Condition ? { Condition } : {}),
  });
  const onlyTo = { StringEquals: { 'kms:ReplicaRegion': AWAY } };
  const there = { StringEquals: { 'aws:RequestedRegion': AWAY } };
  it.each([
    ['ok', [statement('kms:ReplicateKey'), statement('kms:CreateKey')], {}],
    ['ok', [statement('kms:ReplicateKey', onlyTo), statement('kms:CreateKey', there)], {}],
    ['kms:CreateKey', [statement('kms:ReplicateKey')], {}],
    ['kms:ReplicateKey', [statement('kms:CreateKey')], {}],
    ['kms:ReplicateKey', [statement('kms:ReplicateKey', onlyTo), statement('kms:CreateKey')], { ReplicaRegion: FAR }],
    ['kms:CreateKey', [statement('kms:ReplicateKey'), statement('kms:CreateKey', there)], { ReplicaRegion: FAR }],
    ['kms:TagResource', [statement('kms:ReplicateKey'), statement('kms:CreateKey')], { Tags: true }],
    ['ok', [statement('kms:*')], { Tags: true }],
  ])(
    '%s for %j',
    async (outcome, Statement, { ReplicaRegion = AWAY, Tags }: { ReplicaRegion?: string; Tags?: boolean }) => {
      const eve = `arn:aws:iam::${ACCOUNT}:user/eve`;
      const lab = new Lab({ [CALLER]: everything, [eve]: { Version: '2012-10-17', Statement } });
      const { arn: KeyId } = await lab.key({ MultiRegion: true });
      const tags = Tags ? { Tags: [{ TagKey: 'a', TagValue: 'b' }] } : {};
      const came = await lab.outcome('ReplicateKey', { KeyId, ReplicaRegion, ...tags }, eve);
      if (outcome === 'ok') expect(came).toBe('ok');
      else expect(came).toContain(`AccessDeniedException: User: ${eve} is not authorized to perform: ${outcome} on`);
    },
  );

  it('UpdatePrimaryRegion is allowed on both keys or not at all', async () => {
    const eve = `arn:aws:iam::${ACCOUNT}:user/eve`;
    const update = (region: string) => ({
      ...statement('kms:UpdatePrimaryRegion'),
      Resource: `arn:aws:kms:${region}:${ACCOUNT}:key/*`,
    });
    for (const [regions, outcome] of [
      [[HOME], `on resource: arn:aws:kms:${AWAY}`],
      [[AWAY], `on resource: arn:aws:kms:${HOME}`],
      [[HOME, AWAY], 'ok'],
    ] as const) {
      const policy = { Version: '2012-10-17', Statement: regions.map(update) };
      const lab = new Lab({ [CALLER]: everything, [eve]: policy });
      const key = await lab.key({ MultiRegion: true });
      await replicate(lab, key, AWAY);
      expect(await lab.outcome('UpdatePrimaryRegion', { KeyId: key.arn, PrimaryRegion: AWAY }, eve)).toContain(outcome);
    }
  });

  it('who may not replace the primary does not learn whether there is a replica', async () => {
    const lab = new Lab({ [CALLER]: everything });
    const key = await lab.key({ MultiRegion: true });
    const eve = `arn:aws:iam::${ACCOUNT}:user/eve`;
    const input = { KeyId: key.arn, PrimaryRegion: AWAY };
    expect(await lab.outcome('UpdatePrimaryRegion', input, eve)).toMatch(/^AccessDenied/);
    expect(await lab.outcome('UpdatePrimaryRegion', input)).toBe('NotFoundException: ');
  });
});

describe('UpdatePrimaryRegion', () => {
  it('swaps the two, which are Updating for some seconds and usable all the while', async () => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true });
    const replica = await replicate(lab, key, AWAY);
    await lab.call('EnableKeyRotation', { KeyId: key.arn, RotationPeriodInDays: 100 });
    expect(await lab.call('UpdatePrimaryRegion', { KeyId: key.arn, PrimaryRegion: AWAY })).toEqual({});
    for (const each of [key, replica]) {
      const context = inRegion(each.identity.region);
      expect((await describeKey(lab, each))['KeyState']).toBe('Updating');
      expect(await lab.outcome('Encrypt', { KeyId: each.arn, Plaintext: utf8('x') }, undefined, context)).toBe('ok');
      const disable = await lab.outcome('DisableKey', { KeyId: each.arn }, undefined, context);
      expect(disable).toBe(`KMSInvalidStateException: ${each.arn} is updating.`);
    }
    settle(lab);
    const kinds = async (each: KmsKey) => (await describeKey(lab, each))['MultiRegionConfiguration'];
    expect(await kinds(key)).toMatchObject({ MultiRegionKeyType: 'REPLICA', PrimaryKey: { Region: AWAY } });
    expect(await kinds(replica)).toMatchObject({ MultiRegionKeyType: 'PRIMARY', ReplicaKeys: [{ Region: HOME }] });
    expect((await describeKey(lab, key))['KeyState']).toBe('Enabled');
    // What is the primary's went with it.
    const there = inRegion(AWAY);
    expect(await lab.outcome('RotateKeyOnDemand', { KeyId: key.arn })).toMatch(/^UnsupportedOperation/);
    expect(await lab.outcome('RotateKeyOnDemand', { KeyId: replica.arn }, undefined, there)).toBe('ok');
    const status = {
      KeyRotationEnabled: true,
      RotationPeriodInDays: 100,
      NextRotationDate: new Date(NOW + 5000 + 100 * DAY),
    };
    expect(await lab.call('GetKeyRotationStatus', { KeyId: key.arn })).toMatchObject(status);
    expect(await lab.call('GetKeyRotationStatus', { KeyId: replica.arn }, undefined, there)).toMatchObject(status);
    lab.wait(101);
    expect(
      lab.service.trail.filter(({ eventName, awsRegion }) => eventName === 'RotateKey' && awsRegion === AWAY),
    ).toHaveLength(2);
    await replicate(lab, replica, FAR);
  });

  it.each([
    ['its own Region', HOME, /^UnsupportedOperationException: $/],
    ['a Region without a replica', FAR, /^NotFoundException: $/],
  ])('refuses %s', async (_, PrimaryRegion, outcome) => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true });
    await replicate(lab, key, AWAY);
    expect(await lab.outcome('UpdatePrimaryRegion', { KeyId: key.arn, PrimaryRegion })).toMatch(outcome);
  });

  it('is called on the primary, and both have to be enabled', async () => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true });
    const replica = await replicate(lab, key, AWAY);
    const there = inRegion(AWAY);
    const update = () => lab.outcome('UpdatePrimaryRegion', { KeyId: key.arn, PrimaryRegion: AWAY });
    expect(
      await lab.outcome('UpdatePrimaryRegion', { KeyId: replica.arn, PrimaryRegion: HOME }, undefined, there),
    ).toBe(`UnsupportedOperationException: ${replica.arn} is not a multi-region primary key.`);
    await lab.call('DisableKey', { KeyId: replica.arn }, undefined, there);
    expect(await update()).toBe(`DisabledException: ${replica.arn} is disabled.`);
    await lab.call('ScheduleKeyDeletion', { KeyId: replica.arn }, undefined, there);
    expect(await update()).toBe(`KMSInvalidStateException: ${replica.arn} is pending deletion.`);
  });
});

describe('CloudTrail', () => {
  it('has what happens in each Region there', async () => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true });
    const replica = await replicate(lab, key, AWAY);
    await lab.call('UpdatePrimaryRegion', { KeyId: key.arn, PrimaryRegion: AWAY });
    settle(lab);
    await lab.call('RotateKeyOnDemand', { KeyId: replica.arn }, undefined, inRegion(AWAY));
    const seen = lab.service.trail.map(({ eventName, awsRegion, eventType, resources = [] }) => [
      eventName,
      awsRegion,
      eventType,
      resources.map(({ ARN }) => (ARN === key.arn ? 'home' : 'away')).join(),
    ]);
    expect(seen).toEqual([
      ['CreateKey', HOME, 'AwsApiCall', 'home'],
      ['ReplicateKey', HOME, 'AwsApiCall', 'home'],
      ['CreateKey', AWAY, 'AwsApiCall', 'away'],
      ['SynchronizeMultiRegionKey', HOME, 'AwsApiCall', 'home'],
      ['UpdatePrimaryRegion', HOME, 'AwsApiCall', 'home'],
      ['UpdatePrimaryRegion', AWAY, 'AwsApiCall', 'away'],
      ['SynchronizeMultiRegionKey', AWAY, 'AwsApiCall', 'away'],
      ['RotateKey', AWAY, 'AwsServiceEvent', 'away'],
      ['SynchronizeMultiRegionKey', AWAY, 'AwsApiCall', 'away'],
      ['RotateKeyOnDemand', AWAY, 'AwsApiCall', 'away'],
    ]);
    const [, replicated, made, synchronized, from, to] = lab.service.trail;
    expect(replicated).toMatchObject({
      requestParameters: { replicaRegion: AWAY, bypassPolicyLockoutSafetyCheck: false, description: '' },
      responseElements: { replicaKeyMetadata: { keyState: 'Creating' }, replicaTags: [] },
    });
    expect(made).toMatchObject({
      userAgent: 'AWS Internal',
      requestID: replicated?.requestID,
      requestParameters: { multiRegion: true, origin: 'AWS_KMS' },
      responseElements: { keyMetadata: { arn: replica.arn, keyState: 'Creating' } },
    });
    expect(made?.eventID).not.toBe(replicated?.eventID);
    expect(made).not.toHaveProperty('tlsDetails');
    expect(synchronized).toMatchObject({
      userIdentity: { accountId: ACCOUNT, invokedBy: 'AWS Internal' },
      requestParameters: null,
      responseElements: { keyId: key.arn },
      requestID: expect.any(String),
    });
    expect(synchronized).not.toHaveProperty('serviceEventDetails');
    expect(from).toMatchObject({ requestParameters: { primaryRegion: AWAY }, responseElements: { keyId: key.arn } });
    expect(to).toMatchObject({
      requestParameters: { keyId: replica.arn, primaryRegion: AWAY },
      responseElements: { keyId: replica.arn },
    });
  });

  it('has nothing of another Region for a call that failed', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    await lab.outcome('ReplicateKey', { KeyId, ReplicaRegion: AWAY });
    expect(lab.service.trail.map(({ eventName, awsRegion }) => `${eventName} ${awsRegion}`)).toEqual([
      `CreateKey ${HOME}`,
      `ReplicateKey ${HOME}`,
    ]);
  });
});

describe('imported material', () => {
  const forever = { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
  const random = seededRandom('outside');
  const importInto = async (
    lab: Lab,
    key: KmsKey,
    fill: number,
    more: Partial<Operations['ImportKeyMaterial']['input']> = {},
  ) => {
    const context = inRegion(key.identity.region);
    const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
    const asked = await lab.call('GetParametersForImport', { KeyId: key.arn, ...wrapping }, undefined, context);
    const EncryptedKeyMaterial = wrapBytes(
      asked.PublicKey,
      wrapping.WrappingAlgorithm,
      new Uint8Array(32).fill(fill),
      random,
    );
    if (!EncryptedKeyMaterial) throw new Error('cannot be wrapped');
    const life = more.ValidTo === undefined ? forever : {};
    const input = { KeyId: key.arn, ImportToken: asked.ImportToken, EncryptedKeyMaterial, ...life, ...more };
    return lab.outcome('ImportKeyMaterial', input, undefined, context);
  };
  const NEW = { ImportType: 'NEW_KEY_MATERIAL' };
  const statesOf = async (lab: Lab, key: KmsKey) =>
    (
      await lab.call(
        'ListKeyRotations',
        { KeyId: key.arn, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' },
        undefined,
        inRegion(key.identity.region),
      )
    ).Rotations.map((each) => {
      const { KeyMaterialState, ImportState } = each as Readonly<Record<string, string>>;
      return `${KeyMaterialState} ${ImportState}`;
    });

  it('is imported into each key by itself, the same into all', async () => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true, Origin: 'EXTERNAL' });
    const early = { KeyId: key.arn, ReplicaRegion: AWAY };
    expect(await lab.outcome('ReplicateKey', early)).toBe(`KMSInvalidStateException: ${key.arn} is pending import.`);
    expect(await importInto(lab, key, 1)).toBe('ok');
    const replica = await replicate(lab, key, AWAY);
    expect(replica.state).toBe('PendingImport');
    expect(await importInto(lab, replica, 2)).toBe('IncorrectKeyMaterialException: ');
    expect(await importInto(lab, replica, 2, NEW)).toBe('IncorrectKeyMaterialException: ');
    expect(await importInto(lab, replica, 1)).toBe('ok');
    expect(replica.state).toBe('Enabled');
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: key.arn, Plaintext: utf8('x') });
    await lab.call('DeleteImportedKeyMaterial', { KeyId: key.arn });
    expect([key.state, replica.state]).toEqual(['PendingImport', 'Enabled']);
    expect(text((await lab.call('Decrypt', { CiphertextBlob }, undefined, inRegion(AWAY))).Plaintext)).toBe('x');
  });

  it('expires in each Region by itself', async () => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true, Origin: 'EXTERNAL' });
    await importInto(lab, key, 1);
    const replica = await replicate(lab, key, AWAY);
    expect(await importInto(lab, replica, 1, { ValidTo: new Date(NOW + 10 * DAY) })).toBe('ok');
    lab.wait(10);
    expect([key.state, replica.state]).toEqual(['Enabled', 'PendingImport']);
    expect((await describeKey(lab, key))['ExpirationModel']).toBe('KEY_MATERIAL_DOES_NOT_EXPIRE');
    const expired = lab.service.trail.filter(({ eventName }) => eventName === 'DeleteExpiredKeyMaterial');
    expect(expired.map(({ awsRegion }) => awsRegion)).toEqual([AWAY]);
  });

  it('rotates once the new material is in every Region', async () => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true, Origin: 'EXTERNAL' });
    await importInto(lab, key, 1);
    const replica = await replicate(lab, key, AWAY);
    await importInto(lab, replica, 1);
    const old = await lab.call('Encrypt', { KeyId: replica.arn, Plaintext: utf8('old') }, undefined, inRegion(AWAY));
    expect(await importInto(lab, key, 2, NEW)).toBe('ok');
    const waiting = 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';
    expect(await statesOf(lab, key)).toEqual(['CURRENT IMPORTED', `${waiting} IMPORTED`]);
    expect(await statesOf(lab, replica)).toEqual(['CURRENT IMPORTED', `${waiting} PENDING_IMPORT`]);
    const rotate = () => lab.outcome('RotateKeyOnDemand', { KeyId: key.arn });
    expect(await rotate()).toBe('KMSInvalidStateException: ');
    expect(await importInto(lab, replica, 2, { ImportType: 'EXISTING_KEY_MATERIAL' })).toBe('ok');
    expect(await statesOf(lab, key)).toEqual(['CURRENT IMPORTED', 'PENDING_ROTATION IMPORTED']);
    expect(await rotate()).toBe('ok');
    for (const each of [key, replica])
      expect(await statesOf(lab, each)).toEqual(['NON_CURRENT IMPORTED', 'CURRENT IMPORTED']);
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: key.arn, Plaintext: utf8('new') });
    expect(text((await lab.call('Decrypt', { CiphertextBlob }, undefined, inRegion(AWAY))).Plaintext)).toBe('new');
    expect(text((await lab.call('Decrypt', { CiphertextBlob: old.CiphertextBlob })).Plaintext)).toBe('old');
    // A later replica needs all of it.
    const late = await replicate(lab, key, FAR);
    expect(await importInto(lab, late, 2)).toBe('ok');
    expect(late.state).toBe('PendingImport');
    expect(await importInto(lab, late, 1)).toBe('ok');
    expect(late.state).toBe('Enabled');
  });

  it('that waits is forgotten everywhere when the primary loses it, and waited for when a replica does', async () => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true, Origin: 'EXTERNAL' });
    await importInto(lab, key, 1);
    const replica = await replicate(lab, key, AWAY);
    await importInto(lab, replica, 1);
    await importInto(lab, key, 2, NEW);
    await importInto(lab, replica, 2);
    const KeyMaterialId = key.materials.pending?.id ?? '';
    await lab.call('DeleteImportedKeyMaterial', { KeyId: replica.arn, KeyMaterialId }, undefined, inRegion(AWAY));
    expect(await statesOf(lab, replica)).toEqual([
      'CURRENT IMPORTED',
      'PENDING_MULTI_REGION_IMPORT_AND_ROTATION PENDING_IMPORT',
    ]);
    expect(replica.state).toBe('Enabled');
    await lab.call('DeleteImportedKeyMaterial', { KeyId: key.arn, KeyMaterialId });
    for (const each of [key, replica]) expect(await statesOf(lab, each)).toEqual(['CURRENT IMPORTED']);
  });
});

describe('whatever happens to the keys of a multi-Region key', () => {
  const regions = [HOME, AWAY, FAR];
  const region = fc.constantFrom(...regions);
  const happenings = fc.array(
    fc.oneof(
      fc.record({ replicate: region }),
      fc.record({ promote: region }),
      fc.record({ wait: fc.integer({ min: 1, max: 200 }) }),
      fc.record({ rotate: region }),
      fc.record({ doom: region }),
      fc.record({ toggle: region }),
    ),
    { maxLength: 14 },
  );

  it('what any of them encrypts every other decrypts, and one is the primary', async () => {
    let decrypted = 0;
    await fc.assert(
      fc.asyncProperty(happenings, async (list) => {
        const lab = new Lab();
        const key = await lab.key({ MultiRegion: true });
        const { id } = key.identity;
        await lab.call('EnableKeyRotation', { KeyId: key.arn, RotationPeriodInDays: 90 });
        const blobs: Uint8Array[] = [];
        const there = () => lab.world.relatedTo(key.identity);
        for (const each of list) {
          const primary = there().find(({ multiRegionKeyType }) => multiRegionKeyType === 'PRIMARY');
          if (!primary) break;
          const home = inRegion(primary.identity.region);
          if ('replicate' in each)
            await lab.outcome('ReplicateKey', { KeyId: id, ReplicaRegion: each.replicate }, undefined, home);
          else if ('promote' in each)
            await lab.outcome('UpdatePrimaryRegion', { KeyId: id, PrimaryRegion: each.promote }, undefined, home);
          else if ('wait' in each) lab.wait(each.wait);
          else if ('rotate' in each)
            await lab.outcome('RotateKeyOnDemand', { KeyId: id }, undefined, inRegion(each.rotate));
          else if ('doom' in each)
            await lab.outcome(
              'ScheduleKeyDeletion',
              { KeyId: id, PendingWindowInDays: 7 },
              undefined,
              inRegion(each.doom),
            );
          else {
            const off = await lab.outcome('DisableKey', { KeyId: id }, undefined, inRegion(each.toggle));
            if (off === 'ok') await lab.outcome('EnableKey', { KeyId: id }, undefined, inRegion(each.toggle));
          }
          settle(lab);
          const primaries = there().filter(({ multiRegionKeyType }) => multiRegionKeyType === 'PRIMARY');
          expect(primaries).toHaveLength(there().length > 0 ? 1 : 0);
          const usable = there().filter(({ state }) => state === 'Enabled');
          for (const { identity, arn } of usable) {
            const input = { KeyId: arn, Plaintext: utf8(`${blobs.length}`) };
            blobs.push((await lab.call('Encrypt', input, undefined, inRegion(identity.region))).CiphertextBlob);
          }
          for (const { identity } of usable)
            for (const [index, CiphertextBlob] of blobs.entries()) {
              const answer = await lab.call('Decrypt', { CiphertextBlob }, undefined, inRegion(identity.region));
              expect(text(answer.Plaintext)).toBe(`${index}`);
              decrypted++;
            }
        }
      }),
      { numRuns: 60 },
    );
    expect(decrypted).toBeGreaterThan(1000);
  });

  it('what is done to one changes nothing that is its own of another', async () => {
    const lab = new Lab();
    const key = await lab.key({ MultiRegion: true });
    const replica = await replicate(lab, key, AWAY);
    const own = ({ policy, description, tags, aliases, state, lastUsage, grants }: KmsKey) =>
      JSON.stringify([
        policy.text,
        description,
        [...tags],
        [...aliases],
        state,
        lastUsage,
        [...grants.all].map(({ terms }) => terms),
      ]);
    const KeyId = key.identity.id;
    const policy = (Sid: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Sid, Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }],
      });
    const acts = [
      (context: CallContext) =>
        lab.call('PutKeyPolicy', { KeyId, Policy: policy(`S${context.region?.length}`) }, undefined, context),
      (context: CallContext) => lab.call('UpdateKeyDescription', { KeyId, Description: 'new' }, undefined, context),
      (context: CallContext) =>
        lab.call('TagResource', { KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }, undefined, context),
      (context: CallContext) =>
        lab.call('CreateAlias', { TargetKeyId: KeyId, AliasName: 'alias/a' }, undefined, context),
      (context: CallContext) =>
        lab.call('CreateGrant', { KeyId, GranteePrincipal: CALLER, Operations: ['Decrypt'] }, undefined, context),
      (context: CallContext) => lab.call('Encrypt', { KeyId, Plaintext: utf8('x') }, undefined, context),
      (context: CallContext) => lab.call('DisableKey', { KeyId }, undefined, context),
      (context: CallContext) => lab.call('ScheduleKeyDeletion', { KeyId }, undefined, context),
      (context: CallContext) => lab.call('CancelKeyDeletion', { KeyId }, undefined, context),
    ];
    for (const [one, other] of [
      [key, replica],
      [replica, key],
    ] as const)
      for (const act of acts) {
        const [was, stays] = [own(one), own(other)];
        await act(inRegion(one.identity.region));
        expect(own(one)).not.toBe(was);
        expect(own(other)).toBe(stays);
      }
  });
});

it('the policy of one decides nothing for another', async () => {
  const eve = `arn:aws:iam::${ACCOUNT}:user/eve`;
  const lab = new Lab({ [CALLER]: everything });
  const key = await lab.key({ MultiRegion: true });
  const grantsEve = { Sid: 'Eve', Effect: 'Allow', Principal: { AWS: eve }, Action: 'kms:*', Resource: '*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [grantsEve] });
  const replica = await replicate(lab, key, AWAY, { Policy, BypassPolicyLockoutSafetyCheck: true });
  const decisions = async () => [
    await lab.outcome('DescribeKey', { KeyId: key.arn }, eve),
    await lab.outcome('DescribeKey', { KeyId: replica.arn }, eve, inRegion(AWAY)),
    await lab.outcome('DescribeKey', { KeyId: key.arn }),
    await lab.outcome('DescribeKey', { KeyId: replica.arn }, undefined, inRegion(AWAY)),
  ];
  const refused = expect.stringContaining('AccessDeniedException');
  expect(await decisions()).toEqual([refused, 'ok', 'ok', refused]);
});

describe('in a scenario', () => {
  const id = 'mrk-1234abcd12ab34cd56ef1234567890ab';

  it('a key goes by its name in every Region, those that steps made included', async () => {
    const seal = (region: string) => ({ call: 'Encrypt', region, input: { KeyId: 'orders', Plaintext: 'text:x' } });
    const arn = `arn:aws:kms:${FAR}:${ACCOUNT}:key/${id}`;
    const results = await playScenario({
      keys: { orders: { id, multiRegion: true, replicas: [AWAY] } },
      steps: [
        { ...seal(AWAY), expect: { ok: { KeyId: 'orders' } } },
        { ...seal(FAR), expect: { error: 'NotFoundException' } },
        { call: 'ReplicateKey', input: { KeyId: 'orders', ReplicaRegion: FAR }, expect: 'ok' },
        { ...seal(FAR), expect: { error: 'KMSInvalidStateException' } },
        { wait: 'PT5S' },
        { ...seal(FAR), expect: { ok: { KeyId: arn } } },
        { call: 'UpdatePrimaryRegion', input: { KeyId: 'orders', PrimaryRegion: FAR }, expect: 'ok' },
        { wait: 'PT5S' },
        { can: 'UpdatePrimaryRegion', on: 'orders', input: { PrimaryRegion: FAR }, expect: 'allowed' },
      ],
    });
    const outcomes = outcomesOf(results).filter((each) => !each.startsWith('info it is'));
    expect(outcomes).toEqual(Array(7).fill('pass'));
  });

  it('keys of one set that are declared one by one are one key, and the first is its primary', async () => {
    const results = await playScenario({
      keys: { orders: { id }, ordersThere: { id, region: AWAY, aliases: ['alias/there'] } },
      grants: {
        report: { key: 'ordersThere', GranteePrincipal: `arn:aws:iam::${ACCOUNT}:role/R`, Operations: ['Decrypt'] },
      },
      steps: [
        { can: 'Decrypt', as: `arn:aws:iam::${ACCOUNT}:role/R`, on: 'ordersThere', expect: 'allowed' },
        { call: 'Encrypt', input: { KeyId: 'orders', Plaintext: 'text:x' }, save: 'sealed', expect: 'ok' },
        { call: 'Decrypt', input: { KeyId: 'ordersThere', CiphertextBlob: '$sealed.CiphertextBlob' }, expect: 'ok' },
        {
          call: 'DescribeKey',
          input: { KeyId: 'ordersThere' },
          expect: { ok: { KeyMetadata: { MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA' } } } },
        },
        { can: 'UpdatePrimaryRegion', on: 'orders', input: { PrimaryRegion: AWAY }, expect: 'allowed' },
        { call: 'UpdatePrimaryRegion', input: { KeyId: 'orders', PrimaryRegion: AWAY }, expect: 'ok' },
      ],
    });
    expect(outcomesOf(results)).toEqual(Array(6).fill('pass'));
  });

  it('declared imported keys have the same material, each its own', async () => {
    const results = await playScenario({
      keys: { orders: { id, origin: 'EXTERNAL', multiRegion: true, replicas: [AWAY] } },
      steps: [
        { call: 'Encrypt', input: { KeyId: 'orders', Plaintext: 'text:x' }, save: 'sealed', expect: 'ok' },
        { call: 'DeleteImportedKeyMaterial', input: { KeyId: 'orders' }, expect: 'ok' },
        { call: 'Decrypt', region: AWAY, input: { CiphertextBlob: '$sealed.CiphertextBlob' }, expect: 'ok' },
      ],
    });
    expect(outcomesOf(results)).toEqual(Array(3).fill('pass'));
  });
});
