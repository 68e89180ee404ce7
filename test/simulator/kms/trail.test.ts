import { describe, expect, it } from 'vitest';
import { UndecidedError } from '../../../simulator/kms/errors.ts';
import { CALLER, NOW, utf8 } from './keys.ts';
import { everything, Lab } from './lab.ts';

const root = 'arn:aws:iam::111122223333:root';
const eve = 'arn:aws:iam::444455556666:role/Eve';

describe('authorization by policies', () => {
  it('is by the key policy and the policies of the caller', async () => {
    const lab = new Lab({ [CALLER]: everything });
    const { arn: KeyId } = await lab.key();
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') })).toBe('ok');
    const bob = 'arn:aws:iam::111122223333:user/Bob';
    const denied = `AccessDeniedException: User: ${bob} is not authorized to perform: kms:Encrypt on resource: ${KeyId} because no identity-based policy allows the kms:Encrypt action`;
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') }, bob)).toBe(denied);
    const statements = [
      { Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' },
      { Effect: 'Allow', Principal: { AWS: bob }, Action: 'kms:Encrypt', Resource: '*' },
    ];
    await lab.call('PutKeyPolicy', { KeyId, Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) });
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') }, bob)).toBe('ok');
  });

  it('is asked before the state of the key, and after its name', async () => {
    const lab = new Lab({ [CALLER]: everything });
    const { arn: KeyId } = await lab.key();
    await lab.call('DisableKey', { KeyId });
    expect(
      await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') }, 'arn:aws:iam::111122223333:user/Bob'),
    ).toContain('AccessDenied');
    expect(
      await lab.outcome('Encrypt', { KeyId: 'alias/no', Plaintext: utf8('x') }, 'arn:aws:iam::111122223333:user/Bob'),
    ).toContain('NotFound');
  });

  it('keeps management within the account', async () => {
    const lab = new Lab({ [CALLER]: everything, [eve]: everything });
    const { arn: KeyId } = await lab.key();
    const open = [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }];
    await lab.call('PutKeyPolicy', { KeyId, Policy: JSON.stringify({ Version: '2012-10-17', Statement: open }) });
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') }, eve)).toBe('ok');
    expect(await lab.outcome('DisableKey', { KeyId }, eve)).toBe(
      `AccessDeniedException: User: arn:aws:sts::444455556666:assumed-role/Eve/session is not authorized to perform: kms:DisableKey on resource: ${KeyId}`,
    );
  });

  it('lets ReEncrypt reach into another account, which both accounts see', async () => {
    const lab = new Lab({ [CALLER]: everything, [eve]: everything });
    const { arn: from } = await lab.key();
    const { arn: to, identity } = await lab.key({}, eve);
    expect(identity.account).toBe('444455556666');
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: from, Plaintext: utf8('moved') });
    const move = { CiphertextBlob, DestinationKeyId: to, DestinationEncryptionContext: { team: 'eve' } };
    expect(await lab.outcome('ReEncrypt', move)).toContain('AccessDeniedException');
    const open = [
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' }, Action: 'kms:*', Resource: '*' },
      { Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:ReEncryptTo', Resource: '*' },
    ];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: open });
    await lab.call('PutKeyPolicy', { KeyId: to, Policy }, eve);
    const before = lab.service.trail.length;
    const moved = await lab.call('ReEncrypt', move);
    expect(moved).toMatchObject({ SourceKeyId: from, KeyId: to });
    const events = lab.service.trail.slice(before);
    expect(events.map(({ recipientAccountId }) => recipientAccountId)).toEqual(['111122223333', '444455556666']);
    expect(new Set(events.map(({ sharedEventID }) => sharedEventID)).size).toBe(1);
    const sealed = { CiphertextBlob: moved.CiphertextBlob, EncryptionContext: { team: 'eve' } };
    expect(Buffer.from((await lab.call('Decrypt', sealed, eve)).Plaintext).toString()).toBe('moved');
    expect(await lab.outcome('Decrypt', sealed)).toContain('AccessDeniedException');
  });

  it('of both permissions of an alias', async () => {
    const onlyKeys = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'kms:*', Resource: 'arn:aws:kms:*:*:key/*' },
        { Effect: 'Allow', Action: 'kms:CreateKey', Resource: '*' },
      ],
    };
    const lab = new Lab({ [CALLER]: onlyKeys });
    const { arn: TargetKeyId } = await lab.key();
    expect(await lab.outcome('CreateAlias', { AliasName: 'alias/a', TargetKeyId })).toBe(
      `AccessDeniedException: User: ${CALLER} is not authorized to perform: kms:CreateAlias on resource: arn:aws:kms:us-east-1:111122223333:alias/a because no identity-based policy allows the kms:CreateAlias action`,
    );
  });

  it('knows for how long a key was not used', async () => {
    const guarded = {
      Version: '2012-10-17',
      Statement: [
        ...everything.Statement,
        {
          Effect: 'Deny',
          Action: 'kms:DisableKey',
          Resource: '*',
          Condition: { NumericLessThan: { 'kms:TrailingDaysWithoutKeyUsage': '90' } },
        },
      ],
    };
    const lab = new Lab({ [CALLER]: guarded });
    const { arn: KeyId } = await lab.key();
    expect(await lab.outcome('DisableKey', { KeyId })).toContain('explicit deny in an identity-based policy');
    lab.wait(90);
    expect(await lab.outcome('DisableKey', { KeyId })).toBe('ok');
  });

  it('does not guess', async () => {
    const conditional = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
      ],
    };
    const lab = new Lab({ [CALLER]: conditional });
    await expect(lab.call('CreateKey', {})).rejects.toThrow(UndecidedError);
    expect(lab.service.trail).toEqual([]);
    expect(await lab.outcome('CreateKey', {}, CALLER, { conditions: { 'aws:SourceIp': '10.1.1.1' } })).toBe('ok');
  });
});

describe('CloudTrail', () => {
  it('has every call in the shape of AWS', async () => {
    const lab = new Lab();
    const { arn: KeyId, identity, materials } = await lab.key({ Description: 'd' });
    await lab.call('Encrypt', {
      KeyId: identity.id,
      Plaintext: utf8('secret-plaintext'),
      EncryptionContext: { Tenant: 'Blue' },
    });
    const [created, encrypted] = lab.service.trail;
    expect(created).toMatchObject({
      eventName: 'CreateKey',
      readOnly: false,
      requestParameters: {
        description: 'd',
        keySpec: 'SYMMETRIC_DEFAULT',
        keyUsage: 'ENCRYPT_DECRYPT',
        origin: 'AWS_KMS',
        multiRegion: false,
        bypassPolicyLockoutSafetyCheck: false,
      },
      responseElements: {
        keyMetadata: { aWSAccountId: '111122223333', keyId: identity.id, creationDate: 'Jun 1, 2026, 12:00:00 AM' },
      },
    });
    expect(encrypted).toEqual({
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: expect.stringMatching(/^AIDA[A-Z2-9]{9}EXAMPLE$/),
        arn: CALLER,
        accountId: '111122223333',
        accessKeyId: expect.stringMatching(/^AKIA[A-Z2-9]{9}EXAMPLE$/),
        userName: 'ana',
      },
      eventTime: '2026-06-01T00:00:00Z',
      eventSource: 'kms.amazonaws.com',
      eventName: 'Encrypt',
      awsRegion: 'us-east-1',
      sourceIPAddress: '192.0.2.0',
      userAgent: 'kms-lens simulator',
      requestParameters: {
        keyId: KeyId,
        encryptionContext: { Tenant: 'Blue' },
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      },
      responseElements: null,
      additionalEventData: { keyMaterialId: materials.current?.id },
      requestID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      eventID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      readOnly: true,
      resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: KeyId }],
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '111122223333',
      eventCategory: 'Management',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_256_GCM_SHA384',
        clientProvidedHostHeader: 'kms.us-east-1.amazonaws.com',
      },
    });
  });

  it('has calls that failed, with the word that CloudTrail has for it', async () => {
    const lab = new Lab({ [CALLER]: everything });
    const { arn: KeyId } = await lab.key();
    await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') }, eve);
    await lab.outcome('Encrypt', { KeyId: 'nothing', Plaintext: utf8('x') });
    await lab.outcome('Decrypt', { KeyId, CiphertextBlob: utf8('x') });
    const failed = lab.service.trail.filter(({ errorCode }) => errorCode !== undefined);
    expect(failed.map(({ errorCode, recipientAccountId }) => [errorCode, recipientAccountId])).toEqual([
      ['AccessDenied', '444455556666'],
      ['AccessDenied', '111122223333'],
      ['NotFoundException', '111122223333'],
      ['InvalidCiphertextException', '111122223333'],
    ]);
    expect(failed[2]?.resources).toBeUndefined();
    expect(failed[3]).not.toHaveProperty('errorMessage');
  });

  it('has defaults of calls that failed, too, and passes over what is of no use', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    await lab.call('DisableKey', { KeyId });
    await lab.outcome('Decrypt', { KeyId, CiphertextBlob: utf8('x') });
    await lab.outcome('ReEncrypt', { CiphertextBlob: utf8('x'), DestinationKeyId: KeyId });
    await lab.outcome('Sign', { KeyId, Message: utf8('x'), SigningAlgorithm: 'ECDSA_SHA_256' });
    await lab.outcome('EnableKeyRotation', { KeyId });
    await lab.outcome('PutKeyPolicy', { KeyId, Policy: '{' });
    await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x'), EncryptionAlgorithm: 5 } as never);
    const symmetric = 'SYMMETRIC_DEFAULT';
    expect(lab.service.trail.slice(2).map(({ requestParameters }) => requestParameters)).toEqual([
      { keyId: KeyId, encryptionAlgorithm: symmetric },
      {
        destinationKeyId: KeyId,
        sourceEncryptionAlgorithm: symmetric,
        destinationEncryptionAlgorithm: symmetric,
      },
      { keyId: KeyId, messageType: 'RAW', signingAlgorithm: 'ECDSA_SHA_256' },
      { keyId: KeyId, rotationPeriodInDays: 365 },
      { keyId: KeyId, policy: '{', policyName: 'default', bypassPolicyLockoutSafetyCheck: false },
      { keyId: KeyId, encryptionAlgorithm: 5 },
    ]);
  });

  it('has calls across accounts on both sides', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    await lab.call('Encrypt', { KeyId, Plaintext: utf8('x') }, eve);
    const [theirs, ours] = lab.service.trail.slice(-2);
    expect(theirs).toMatchObject({
      recipientAccountId: '444455556666',
      userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { userName: 'Eve' } } },
    });
    expect(ours).toMatchObject({
      recipientAccountId: '111122223333',
      userIdentity: { type: 'AWSAccount', accountId: '444455556666' },
    });
    expect(ours?.sharedEventID).toBe(theirs?.sharedEventID);
    expect(ours?.sharedEventID).toBeDefined();
    expect(ours?.eventID).not.toBe(theirs?.eventID);
    expect(ours?.userIdentity).not.toHaveProperty('arn');
  });

  it('shows neither plaintext nor ciphertext, material or tokens', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    const signing = await lab.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const mac = await lab.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const external = await lab.key({ Origin: 'EXTERNAL' });
    const answers = [
      await lab.call('Encrypt', { KeyId, Plaintext: utf8('secret-plaintext') }),
      await lab.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }),
      await lab.call('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ECC_NIST_P256' }),
      await lab.call('Sign', {
        KeyId: signing.arn,
        Message: utf8('secret-plaintext'),
        SigningAlgorithm: 'ECDSA_SHA_256',
      }),
      await lab.call('GenerateMac', {
        KeyId: mac.arn,
        Message: utf8('secret-plaintext'),
        MacAlgorithm: 'HMAC_SHA_256',
      }),
      await lab.call('GenerateRandom', { NumberOfBytes: 32 }),
      await lab.call('GetParametersForImport', {
        KeyId: external.arn,
        WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
        WrappingKeySpec: 'RSA_2048',
      }),
    ];
    await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x'), GrantTokens: ['secret-token'] });
    const log = JSON.stringify(lab.service.trail);
    for (const secret of ['secret-plaintext', Buffer.from('secret-plaintext').toString('base64'), 'secret-token'])
      expect(log).not.toContain(secret);
    for (const value of answers.flatMap((answer) => Object.values(answer)))
      if (value instanceof Uint8Array)
        for (const encoding of ['hex', 'base64'] as const)
          expect(log).not.toContain(Buffer.from(value).toString(encoding).slice(0, 20));
    expect(log).not.toMatch(/"type":"Buffer"|"0":\d/);
  });

  it('keeps the time of the clock', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    await lab.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    lab.wait(100);
    expect(lab.service.trail.at(-1)).toMatchObject({
      eventName: 'RotateKey',
      eventTime: new Date(NOW + 90 * 86_400_000).toISOString().replace('.000', ''),
      eventType: 'AwsServiceEvent',
      serviceEventDetails: { rotationType: 'AUTOMATIC', keyOrigin: 'AWS_KMS' },
    });
  });
});
