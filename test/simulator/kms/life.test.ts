import { describe, expect, it } from 'vitest';
import { KEY_ARN, keyOf, NOW, utf8 } from './keys.ts';
import { DAY, Lab, text } from './lab.ts';
import { outcomesOf, playScenario } from './play.ts';

describe('a key from its beginning to its end', () => {
  it('is described as AWS describes it', async () => {
    const lab = new Lab();
    const { KeyMetadata } = await lab.call('CreateKey', {
      Description: 'for orders',
      Tags: [{ TagKey: 'a', TagValue: 'b' }],
    });
    const { KeyId, Arn, CurrentKeyMaterialId } = KeyMetadata;
    expect(KeyId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Arn).toBe(`arn:aws:kms:us-east-1:111122223333:key/${KeyId}`);
    expect(KeyMetadata).toEqual({
      AWSAccountId: '111122223333',
      KeyId,
      Arn,
      CreationDate: new Date(NOW),
      Enabled: true,
      Description: 'for orders',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
      CurrentKeyMaterialId,
    });
    expect((await lab.call('DescribeKey', { KeyId: String(KeyId) })).KeyMetadata).toEqual(KeyMetadata);
    await lab.call('UpdateKeyDescription', { KeyId: String(KeyId), Description: '' });
    expect((await lab.call('DescribeKey', { KeyId: String(Arn) })).KeyMetadata['Description']).toBe('');
  });

  it('makes multi-Region keys, whose ids show it', async () => {
    const { KeyMetadata } = await new Lab().call('CreateKey', { MultiRegion: true });
    expect(KeyMetadata['KeyId']).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(KeyMetadata['MultiRegionConfiguration']).toEqual({
      MultiRegionKeyType: 'PRIMARY',
      PrimaryKey: { Arn: KeyMetadata['Arn'], Region: 'us-east-1' },
      ReplicaKeys: [],
    });
  });

  it('is disabled and enabled', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    await lab.call('DisableKey', { KeyId });
    await lab.call('DisableKey', { KeyId });
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') })).toBe(
      `DisabledException: ${KeyId} is disabled.`,
    );
    await lab.call('EnableKey', { KeyId });
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') })).toBe('ok');
  });

  it.each([6, 31])('is not deleted after %i days', async (PendingWindowInDays) => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    expect(await lab.outcome('ScheduleKeyDeletion', { KeyId, PendingWindowInDays })).toContain('ValidationException');
  });

  it.each([7, 30, undefined])(
    'is gone after %s days, its aliases and ciphertexts with it',
    async (PendingWindowInDays) => {
      const lab = new Lab();
      const { arn: KeyId } = await lab.key();
      await lab.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
      const { CiphertextBlob } = await lab.call('Encrypt', { KeyId, Plaintext: utf8('x') });
      const days = PendingWindowInDays ?? 30;
      const answer = await lab.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays });
      expect(answer).toEqual({
        KeyId,
        DeletionDate: new Date(NOW + days * DAY),
        KeyState: 'PendingDeletion',
        PendingWindowInDays: days,
      });
      lab.wait(days - 1);
      expect(await lab.outcome('Decrypt', { CiphertextBlob })).toBe(
        `KMSInvalidStateException: ${KeyId} is pending deletion.`,
      );
      expect(await lab.outcome('DescribeKey', { KeyId })).toBe('ok');
      lab.wait(1);
      expect(await lab.outcome('DescribeKey', { KeyId })).toBe(`NotFoundException: Key '${KeyId}' does not exist`);
      expect(await lab.outcome('DescribeKey', { KeyId: 'alias/a' })).toBe(
        'NotFoundException: Alias arn:aws:kms:us-east-1:111122223333:alias/a is not found.',
      );
      expect(await lab.outcome('Decrypt', { CiphertextBlob })).toContain('AccessDeniedException');
      expect(lab.service.trail.at(-4)).toMatchObject({ eventName: 'DeleteKey', eventType: 'AwsServiceEvent' });
    },
  );

  it('is disabled after its deletion was cancelled', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    expect(await lab.outcome('CancelKeyDeletion', { KeyId })).toBe(
      `KMSInvalidStateException: ${KeyId} is not pending deletion.`,
    );
    await lab.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    expect(await lab.call('CancelKeyDeletion', { KeyId })).toEqual({ KeyId });
    lab.wait(60);
    const { KeyMetadata } = await lab.call('DescribeKey', { KeyId });
    expect(KeyMetadata).toMatchObject({ KeyState: 'Disabled', Enabled: false });
    expect(KeyMetadata).not.toHaveProperty('DeletionDate');
  });
});

describe('the name of a key', () => {
  it('is looked for in the account and the Region that are called', async () => {
    const lab = new Lab();
    const key = await lab.key({}, undefined, { region: 'eu-west-1' });
    const there = { region: 'eu-west-1' };
    expect(await lab.outcome('DescribeKey', { KeyId: key.arn })).toBe('NotFoundException: Invalid arn eu-west-1');
    expect(await lab.outcome('DescribeKey', { KeyId: key.identity.id })).toContain('does not exist');
    expect(await lab.outcome('DescribeKey', { KeyId: key.identity.id }, undefined, there)).toBe('ok');
    const stranger = 'arn:aws:iam::444455556666:user/Eve';
    expect(await lab.outcome('DescribeKey', { KeyId: key.identity.id }, stranger, there)).toContain('does not exist');
    expect(await lab.outcome('DescribeKey', { KeyId: key.arn }, stranger, there)).toBe('ok');
  });

  it('is an alias only where the operation takes one', async () => {
    const lab = new Lab();
    const { arn: TargetKeyId } = await lab.key();
    await lab.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId });
    const alias = 'arn:aws:kms:us-east-1:111122223333:alias/a';
    for (const KeyId of ['alias/a', alias]) {
      expect((await lab.call('DescribeKey', { KeyId })).KeyMetadata['Arn']).toBe(TargetKeyId);
      expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x') })).toBe('ok');
    }
    expect(await lab.outcome('DisableKey', { KeyId: 'alias/a' })).toBe("NotFoundException: Invalid keyId 'alias/a'");
    expect(await lab.outcome('DisableKey', { KeyId: alias })).toBe(`NotFoundException: Invalid keyId ${alias}`);
  });
});

describe('aliases', () => {
  it.each([
    [
      'a',
      'ValidationException: Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    ],
    ['alias/', 'InvalidAliasNameException: '],
    ['alias/aws/mine', 'NotAuthorizedException: '],
    [
      'alias/a b',
      "ValidationException: 1 validation error detected: Value 'alias/a b' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
    ],
    [`alias/${'a'.repeat(251)}`, 'ValidationException: 1 validation error detected: Value '],
  ])('%s is no name', async (AliasName, message) => {
    const lab = new Lab();
    const { arn: TargetKeyId } = await lab.key();
    expect(await lab.outcome('CreateAlias', { AliasName, TargetKeyId })).toContain(message);
  });

  it('are unique, fifty at most for a key, and move between keys of one kind', async () => {
    const lab = new Lab();
    const [one, other] = [await lab.key(), await lab.key()];
    const mac = await lab.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    for (let i = 0; i < 50; i++) await lab.call('CreateAlias', { AliasName: `alias/${i}`, TargetKeyId: one.arn });
    expect(await lab.outcome('CreateAlias', { AliasName: 'alias/50', TargetKeyId: one.arn })).toBe(
      'LimitExceededException: ',
    );
    expect(await lab.outcome('CreateAlias', { AliasName: 'alias/0', TargetKeyId: other.arn })).toBe(
      'AlreadyExistsException: An alias with the name arn:aws:kms:us-east-1:111122223333:alias/0 already exists',
    );
    lab.wait(1);
    await lab.call('UpdateAlias', { AliasName: 'alias/0', TargetKeyId: other.arn });
    expect(await lab.outcome('UpdateAlias', { AliasName: 'alias/0', TargetKeyId: mac.arn })).toContain(
      'ValidationException',
    );
    expect(await lab.call('ListAliases', { KeyId: other.arn })).toEqual({
      Aliases: [
        {
          AliasName: 'alias/0',
          AliasArn: 'arn:aws:kms:us-east-1:111122223333:alias/0',
          TargetKeyId: other.identity.id,
          CreationDate: new Date(NOW),
          LastUpdatedDate: new Date(NOW + DAY),
        },
      ],
      Truncated: false,
    });
    await lab.call('DeleteAlias', { AliasName: 'alias/0' });
    expect(await lab.outcome('DeleteAlias', { AliasName: 'alias/0' })).toContain('alias/0 is not found.');
  });

  it('that moved make old ciphertexts unreadable under their name, but not without it', async () => {
    const lab = new Lab();
    const [old, next] = [await lab.key(), await lab.key()];
    await lab.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: old.arn });
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId: 'alias/a', Plaintext: utf8('x') });
    await lab.call('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: next.arn });
    expect(await lab.outcome('Decrypt', { KeyId: 'alias/a', CiphertextBlob })).toBe(
      'IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation.',
    );
    expect((await lab.call('Decrypt', { CiphertextBlob })).KeyId).toBe(old.arn);
  });
});

describe('tags', () => {
  it.each([
    [
      [
        ['a', '1'],
        ['a', '2'],
      ],
      'TagException: Duplicate tag keys',
    ],
    [[['AWS:x', '1']], 'TagException: Tags beginning with aws: are reserved'],
    [Array.from({ length: 51 }, (_, i) => [`k${i}`, '']), 'TagException: Too many tags'],
    [
      [['', '1']],
      "ValidationException: 1 validation error detected: Value '' at 'tags.1.member.tagKey' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])('%j', async (pairs, message) => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    const Tags = pairs.map(([TagKey = '', TagValue = '']) => ({ TagKey, TagValue }));
    expect(await lab.outcome('TagResource', { KeyId, Tags })).toBe(message);
    expect(await lab.outcome('CreateKey', { Tags })).toBe(message);
  });

  it('are set, replaced, removed and listed by page', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    const tag = (TagKey: string, TagValue: string) => ({ TagKey, TagValue });
    await lab.call('TagResource', { KeyId, Tags: [tag('b', '1'), tag('a', '1'), tag('c', '1')] });
    await lab.call('TagResource', { KeyId, Tags: [tag('b', '2')] });
    await lab.call('UntagResource', { KeyId, TagKeys: ['c', 'never'] });
    const first = await lab.call('ListResourceTags', { KeyId, Limit: 1 });
    expect(first).toMatchObject({ Tags: [tag('a', '1')], Truncated: true });
    const second = await lab.call('ListResourceTags', { KeyId, Limit: 1, Marker: first.NextMarker });
    expect(second).toEqual({ Tags: [tag('b', '2')], Truncated: false });
    expect(await lab.outcome('ListResourceTags', { KeyId, Marker: 'x' })).toBe('InvalidMarkerException: ');
    expect(await lab.outcome('ListResourceTags', { KeyId, Limit: 51 })).toContain(
      'Member must have value less than or equal to 50',
    );
  });
});

it('lists every key once, whatever the size of its pages', async () => {
  const lab = new Lab();
  const made = new Set<string>();
  for (let i = 0; i < 7; i++) made.add((await lab.key()).identity.id);
  for (const Limit of [1, 2, 3, 7, 100]) {
    const seen: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await lab.call('ListKeys', { Limit, Marker });
      seen.push(...page.Keys.map(({ KeyId }) => KeyId));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(made);
  }
  expect((await lab.call('ListKeys', {}, 'arn:aws:iam::444455556666:root')).Keys).toEqual([]);
  expect((await lab.call('ListKeys', {}, undefined, { region: 'eu-west-1' })).Keys).toEqual([]);
});

describe('rotation', () => {
  it('every period, and keeps every ciphertext readable', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    const sealed: Uint8Array[] = [];
    const ids = new Set<string>();
    await lab.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    for (let round = 0; round < 6; round++) {
      sealed.push((await lab.call('Encrypt', { KeyId, Plaintext: utf8(String(round)) })).CiphertextBlob);
      lab.wait(90);
    }
    for (const [round, CiphertextBlob] of sealed.entries()) {
      const back = await lab.call('Decrypt', { CiphertextBlob });
      expect(text(back.Plaintext)).toBe(String(round));
      ids.add(back.KeyMaterialId ?? '');
    }
    expect(ids.size).toBe(6);
    const { Rotations } = await lab.call('ListKeyRotations', { KeyId });
    expect(Rotations).toHaveLength(6);
    expect(Rotations[0]).toMatchObject({ RotationDate: new Date(NOW + 90 * DAY), RotationType: 'AUTOMATIC' });
    const all = await lab.call('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
    expect(all.Rotations.map((each) => Object(each)['KeyMaterialState'])).toEqual([
      ...Array(6).fill('NON_CURRENT'),
      'CURRENT',
    ]);
    expect(lab.service.trail.filter(({ eventName }) => eventName === 'RotateKey')).toHaveLength(6);
  });

  it('tells whether, how often and when next', async () => {
    const lab = new Lab();
    const { arn: KeyId, identity } = await lab.key();
    const status = () => lab.call('GetKeyRotationStatus', { KeyId });
    expect(await status()).toEqual({ KeyId: identity.id, KeyRotationEnabled: false });
    for (const RotationPeriodInDays of [89, 2561])
      expect(await lab.outcome('EnableKeyRotation', { KeyId, RotationPeriodInDays })).toContain('ValidationException');
    await lab.call('EnableKeyRotation', { KeyId });
    expect(await status()).toEqual({
      KeyId: identity.id,
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
      NextRotationDate: new Date(NOW + 365 * DAY),
    });
    await lab.call('ScheduleKeyDeletion', { KeyId });
    expect(await status()).toEqual({ KeyId: identity.id, KeyRotationEnabled: false });
    await lab.call('CancelKeyDeletion', { KeyId });
    expect(await status()).toMatchObject({ KeyRotationEnabled: true });
    await lab.call('EnableKey', { KeyId });
    await lab.call('DisableKeyRotation', { KeyId });
    lab.wait(1000);
    expect((await lab.call('ListKeyRotations', { KeyId })).Rotations).toEqual([]);
  });

  it('waits while the key is disabled', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    await lab.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 100 });
    await lab.call('DisableKey', { KeyId });
    lab.wait(150);
    expect((await lab.call('ListKeyRotations', { KeyId })).Rotations).toEqual([]);
    await lab.call('EnableKey', { KeyId });
    expect((await lab.call('ListKeyRotations', { KeyId })).Rotations).toMatchObject([
      { RotationDate: new Date(NOW + 150 * DAY) },
    ]);
    lab.wait(100);
    expect((await lab.call('ListKeyRotations', { KeyId })).Rotations).toHaveLength(2);
  });

  it('on demand, 25 times, and does not move the schedule', async () => {
    const lab = new Lab();
    const { arn: KeyId, identity } = await lab.key();
    await lab.call('EnableKeyRotation', { KeyId });
    lab.wait(1);
    for (let i = 0; i < 25; i++) expect(await lab.call('RotateKeyOnDemand', { KeyId })).toEqual({ KeyId: identity.id });
    expect(await lab.outcome('RotateKeyOnDemand', { KeyId })).toBe(
      `LimitExceededException: The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${KeyId}`,
    );
    expect((await lab.call('GetKeyRotationStatus', { KeyId })).NextRotationDate).toEqual(new Date(NOW + 365 * DAY));
    const next = await lab.key();
    await lab.call('EnableKeyRotation', { KeyId: next.arn, RotationPeriodInDays: 90 });
    lab.clock.advance(90 * DAY - 10 * 60 * 1000);
    expect(await lab.outcome('RotateKeyOnDemand', { KeyId: next.arn })).toBe('ConflictException: ');
  });
});

describe('key policies', () => {
  const allow = (AWS: unknown, Action = 'kms:*') => ({ Effect: 'Allow', Principal: { AWS }, Action, Resource: '*' });
  const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const root = 'arn:aws:iam::111122223333:root';

  it('start as the default one', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    const { Policy, PolicyName } = await lab.call('GetKeyPolicy', { KeyId });
    expect(PolicyName).toBe('default');
    expect(Policy).toMatch(/^\{\n {2}"Version": "2012-10-17",\n {2}"Id": "key-default-1",\n {2}"Statement": \[/);
    expect(await lab.call('ListKeyPolicies', { KeyId })).toEqual({ PolicyNames: ['default'], Truncated: false });
    expect(await lab.outcome('GetKeyPolicy', { KeyId, PolicyName: 'other' })).toContain('NotFoundException');
  });

  const lockedOut =
    'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.';
  const nobody = 'MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.';

  const nobodyBut = (name: string) => ({
    Effect: 'Deny',
    Principal: '*',
    Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::111122223333:${name}` } },
  });

  it.each([
    ['the account', policy(allow(root)), 'ok'],
    ['the caller', policy(allow('arn:aws:iam::111122223333:user/ana')), 'ok'],
    ['everybody', policy(allow('*')), 'ok'],
    ['another user', policy(allow('arn:aws:iam::111122223333:user/Bob')), lockedOut],
    ['another account', policy(allow('arn:aws:iam::444455556666:root')), lockedOut],
    [
      'the caller, in words that only IAM could answer',
      policy({ ...allow(root), Condition: { StringEquals: { 'aws:PrincipalTag/team': 'keys' } } }),
      'ok',
    ],
    [
      'the caller, through a service alone',
      policy({ ...allow(root), Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } }),
      lockedOut,
    ],
    ['all but the caller', policy({ ...allow(root), ...nobodyBut('user/ana') }), lockedOut],
    ['the account, only to use it', policy(allow(root, 'kms:Encrypt')), lockedOut],
    [
      'the caller, who is denied',
      policy(allow(root), { ...allow('*', 'kms:PutKeyPolicy'), Effect: 'Deny' }),
      lockedOut,
    ],
    ['a group', policy(allow(root), allow('arn:aws:iam::111122223333:group/Team')), nobody],
    ['a pattern', policy(allow(root), allow('arn:aws:iam::111122223333:role/*')), nobody],
    ['somebody who is not there', policy(allow(root), allow('arn:aws:iam::111122223333:user/Gone')), nobody],
    [
      'a service',
      policy(allow(root), {
        Effect: 'Allow',
        Principal: { Service: 'logs.us-east-1.amazonaws.com' },
        Action: 'kms:*',
        Resource: '*',
      }),
      'ok',
    ],
    [
      'nobody at all',
      policy(allow(root), { Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
      'MalformedPolicyDocumentException: ',
    ],
    ['no statement', policy(), 'MalformedPolicyDocumentException: '],
    ['no JSON', '{', 'MalformedPolicyDocumentException: '],
    ['32,769 bytes', policy(allow(root)).padEnd(32_769), 'LimitExceededException: '],
    ['32,768 bytes', policy(allow(root)).padEnd(32_768), 'ok'],
    [
      'a letter beyond Latin-1',
      policy({ ...allow(root), Sid: 'Ω' }),
      'ValidationException: 1 validation error detected: Value ',
    ],
  ])('that name %s', async (_, Policy, outcome) => {
    const lab = new Lab(undefined, ({ text }) => (text.endsWith('/Gone') ? 'name somebody else' : undefined));
    const { arn: KeyId } = await lab.key();
    expect(await lab.outcome('PutKeyPolicy', { KeyId, Policy })).toContain(outcome);
    expect(await lab.outcome('CreateKey', { Policy })).toContain(outcome);
    if (outcome === lockedOut)
      expect(await lab.outcome('PutKeyPolicy', { KeyId, Policy, BypassPolicyLockoutSafetyCheck: true })).toBe('ok');
  });
});

describe('GetKeyLastUsage', () => {
  it('tells the last successful use, and no dry run', async () => {
    const lab = new Lab();
    const { arn: KeyId, identity } = await lab.key();
    const empty = {
      KeyId: identity.id,
      KeyLastUsage: {},
      TrackingStartDate: new Date(NOW),
      KeyCreationDate: new Date(NOW),
    };
    expect(await lab.call('GetKeyLastUsage', { KeyId })).toEqual(empty);
    await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x'), DryRun: true });
    await lab.outcome('Decrypt', { KeyId, CiphertextBlob: utf8('x') });
    expect(await lab.call('GetKeyLastUsage', { KeyId })).toEqual(empty);
    lab.wait(3);
    await lab.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
    const { KeyLastUsage } = await lab.call('GetKeyLastUsage', { KeyId });
    const event = lab.service.trail.find(({ eventName }) => eventName === 'GenerateDataKey');
    expect(KeyLastUsage).toEqual({
      Operation: 'GenerateDataKey',
      Timestamp: new Date(NOW + 3 * DAY),
      CloudTrailEventId: event?.eventID,
      KmsRequestId: event?.requestID,
    });
  });
});

describe('dry runs', () => {
  const would = 'DryRunOperationException: The request would have succeeded, but the DryRun option is set.';

  it('do nothing and fail as the call would, or say that it would not', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key();
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId, Plaintext: utf8('x') });
    expect(await lab.outcome('Decrypt', { CiphertextBlob, DryRun: true })).toBe(would);
    expect(await lab.outcome('Decrypt', { CiphertextBlob, DryRun: true, EncryptionContext: { a: 'b' } })).toBe(
      'InvalidCiphertextException: ',
    );
    const DryRunModifiers = ['IGNORE_CIPHERTEXT'];
    expect(await lab.outcome('Decrypt', { KeyId, DryRun: true, DryRunModifiers })).toBe(would);
    expect(await lab.outcome('Decrypt', { DryRun: true, DryRunModifiers })).toContain("Value null at 'keyId'");
    expect(await lab.outcome('Decrypt', { KeyId })).toContain("Value null at 'ciphertextBlob'");
    await lab.call('DisableKey', { KeyId });
    expect(await lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x'), DryRun: true })).toContain('DisabledException');
  });
});

describe('GenerateRandom', () => {
  it('gives as many bytes as asked for', async () => {
    const lab = new Lab();
    expect((await lab.call('GenerateRandom', { NumberOfBytes: 1024 })).Plaintext).toHaveLength(1024);
    expect(await lab.outcome('GenerateRandom', {})).toBe('ValidationException: NumberOfBytes is required.');
    expect(await lab.outcome('GenerateRandom', { NumberOfBytes: 1025 })).toContain('less than or equal to 1024');
  });
});

it('says which types it takes', async () => {
  const lab = new Lab();
  const wrong = { KeyId: 5, Plaintext: 'x' } as never;
  expect(await lab.outcome('Encrypt', wrong)).toBe(
    'SerializationException: NUMBER_VALUE can not be converted to a String',
  );
  expect(await lab.outcome('Encrypt', {} as never)).toBe(
    "ValidationException: 2 validation errors detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null; Value null at 'plaintext' failed to satisfy constraint: Member must not be null",
  );
  expect(keyOf(KEY_ARN).arn).toBe(KEY_ARN);
});

describe('a primary key with replicas', () => {
  const id = 'mrk-1234abcd12ab34cd56ef1234567890ab';
  const world = {
    keys: { orders: { id, multiRegion: true, replicas: ['eu-west-1', 'eu-west-2'] } },
    now: '2026-01-01T00:00:00Z',
  };
  const arnIn = (region: string) => `arn:aws:kms:${region}:111122223333:key/${id}`;
  const schedule = (region: string, days: number, ok: object) => ({
    call: 'ScheduleKeyDeletion',
    region,
    input: { KeyId: arnIn(region), PendingWindowInDays: days },
    expect: { ok },
  });
  const describeIt = (ok: object) => ({
    call: 'DescribeKey',
    input: { KeyId: 'orders' },
    expect: { ok: { KeyMetadata: ok } },
  });
  const waiting = { KeyState: 'PendingReplicaDeletion', PendingDeletionWindowInDays: 10, DeletionDate: null };

  it('waits for them before its own waiting period begins', async () => {
    const steps = [
      schedule('us-east-1', 10, { KeyState: 'PendingReplicaDeletion', PendingWindowInDays: 10, DeletionDate: null }),
      describeIt({ ...waiting, Enabled: false }),
      {
        call: 'Encrypt',
        input: { KeyId: 'orders', Plaintext: 'text:x' },
        expect: { error: 'KMSInvalidStateException' },
      },
      schedule('eu-west-1', 7, { KeyState: 'PendingDeletion', DeletionDate: '2026-01-08T00:00:00Z' }),
      { wait: 'P7D' },
      describeIt(waiting),
      schedule('eu-west-2', 7, { DeletionDate: '2026-01-15T00:00:00Z' }),
      { wait: 'P8D' },
      describeIt({
        KeyState: 'PendingDeletion',
        DeletionDate: '2026-01-25T00:00:00Z',
        PendingDeletionWindowInDays: null,
      }),
      { wait: 'P10D' },
      { call: 'DescribeKey', input: { KeyId: 'orders' }, expect: { error: 'NotFoundException' } },
    ];
    const outcomes = outcomesOf(await playScenario({ ...world, steps }));
    expect(outcomes.filter((each) => !each.startsWith('info'))).toEqual(Array(8).fill('pass'));
  });

  it('comes to its end in one wait as in many', async () => {
    const steps = [
      schedule('us-east-1', 10, {}),
      schedule('eu-west-1', 7, {}),
      schedule('eu-west-2', 30, {}),
      { wait: 'P39D' },
      describeIt({ KeyState: 'PendingDeletion', DeletionDate: '2026-02-10T00:00:00Z' }),
      { wait: 'P1D' },
      { call: 'DescribeKey', input: { KeyId: 'orders' }, expect: { error: 'NotFoundException' } },
    ];
    const outcomes = outcomesOf(await playScenario({ ...world, steps }));
    expect(outcomes.filter((each) => !each.startsWith('info'))).toEqual(Array(5).fill('pass'));
  });

  it('is rescued by cancelling', async () => {
    const steps = [
      schedule('us-east-1', 10, {}),
      { call: 'CancelKeyDeletion', input: { KeyId: 'orders' }, expect: 'ok' },
      describeIt({ KeyState: 'Disabled', PendingDeletionWindowInDays: null }),
    ];
    expect(outcomesOf(await playScenario({ ...world, steps }))).toEqual(Array(3).fill('pass'));
  });
});
