import { describe, expect, it } from 'vitest';
import type { Operations } from '../../../simulator/kms/service.ts';
import { CALLER, NOW, utf8 } from './keys.ts';
import { DAY, everything, Lab } from './lab.ts';

const root = 'arn:aws:iam::111122223333:root';
const eve = 'arn:aws:iam::444455556666:role/Eve';
const s3 = { via: 's3' };
const sealed = { KeyId: 'alias/aws/s3', Plaintext: utf8('x') };

const newLab = () => new Lab({ [CALLER]: everything, [eve]: everything });

/** A lab in which S3 had its key made. */
async function withKey() {
  const lab = newLab();
  const { KeyId, CiphertextBlob } = await lab.call('Encrypt', sealed, CALLER, s3);
  const key = lab.world.key(String(KeyId));
  if (!key) throw new Error('no key');
  return { lab, key, CiphertextBlob };
}

describe('AWS makes the key of a service', () => {
  it('when the service first uses it for somebody', async () => {
    const { lab, key } = await withKey();
    expect((await lab.call('DescribeKey', { KeyId: 'alias/aws/s3' })).KeyMetadata).toMatchObject({
      Arn: key.arn,
      KeyManager: 'AWS',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      MultiRegion: false,
      CreationDate: new Date(NOW),
      Description: 'Default key that protects my S3 objects when no other key is defined',
    });
    await lab.call('Encrypt', sealed, CALLER, s3);
    expect([...lab.world.keys]).toHaveLength(1);
    expect((await lab.call('ListAliases', {})).Aliases).toEqual([
      expect.objectContaining({ AliasName: 'alias/aws/s3', TargetKeyId: key.identity.id }),
    ]);
    expect((await lab.call('ListKeys', {})).Keys).toHaveLength(1);
  });

  it('when anybody describes it, and in each Region by itself', async () => {
    const lab = newLab();
    const here = await lab.call('DescribeKey', { KeyId: 'alias/aws/ebs' });
    const arn = 'arn:aws:kms:eu-west-1:111122223333:alias/aws/ebs';
    const there = await lab.call('DescribeKey', { KeyId: arn }, CALLER, { region: 'eu-west-1' });
    expect(here.KeyMetadata['Arn']).toMatch(/^arn:aws:kms:us-east-1:111122223333:key\//);
    expect(there.KeyMetadata['Arn']).toMatch(/^arn:aws:kms:eu-west-1:111122223333:key\//);
    expect(here.KeyMetadata['KeyId']).not.toBe(there.KeyMetadata['KeyId']);
  });

  it('when the service calls as itself', async () => {
    const lab = newLab();
    const EncryptionContext = {
      'aws:ses:source-account': '111122223333',
      'aws:ses:message-id': 'm',
      'aws:ses:rule-name': 'r',
    };
    const input = { KeyId: 'alias/aws/ses', KeySpec: 'AES_256' };
    const service = 'service:ses.us-east-1.amazonaws.com';
    expect(await lab.outcome('GenerateDataKey', { ...input, EncryptionContext }, service)).toBe('ok');
    expect(await lab.outcome('GenerateDataKey', input, service)).toContain('AccessDeniedException');
  });

  it.each([
    ['directly', sealed, CALLER, {}],
    ['through another service', sealed, CALLER, { via: 'rds' }],
    ['that AWS does not have', { ...sealed, KeyId: 'alias/aws/nothing' }, CALLER, { via: 'nothing' }],
  ] as const)('and not %s', async (_, input, caller, context) => {
    const lab = newLab();
    expect(await lab.outcome('Encrypt', input, caller, context)).toMatch(
      /^NotFoundException: Alias arn:.* is not found\.$/,
    );
    expect([...lab.world.keys]).toEqual([]);
  });

  it('and not for another account', async () => {
    const lab = newLab();
    const KeyId = 'arn:aws:kms:us-east-1:111122223333:alias/aws/s3';
    expect(await lab.outcome('Encrypt', { ...sealed, KeyId }, eve, s3)).toMatch(
      /^AccessDeniedException: .* on this resource because the resource does not exist in this Region, /,
    );
    expect([...lab.world.keys]).toEqual([]);
  });

  it('and not for somebody who may not', async () => {
    const lab = new Lab({ [CALLER]: everything });
    const bob = 'arn:aws:iam::111122223333:user/Bob';
    expect(await lab.outcome('DescribeKey', { KeyId: 'alias/aws/s3' }, bob)).toContain('AccessDeniedException');
    expect([...lab.world.keys]).toEqual([]);
  });
});

describe('a key that AWS manages', () => {
  it('has the policy of its service', async () => {
    const { lab, key } = await withKey();
    const { Policy } = await lab.call('GetKeyPolicy', { KeyId: key.arn });
    expect(JSON.parse(Policy)).toMatchObject({
      Id: 'auto-s3-2',
      Statement: [
        {
          Principal: { AWS: '*' },
          Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
          Condition: {
            StringEquals: { 'kms:CallerAccount': '111122223333', 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
          },
        },
        { Principal: { AWS: root }, Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'] },
      ],
    });
  });

  it('is used through its service alone, by whom IAM says nothing about', async () => {
    const { lab, key, CiphertextBlob } = await withKey();
    const bob = 'arn:aws:iam::111122223333:user/Bob';
    expect(await lab.outcome('Decrypt', { CiphertextBlob }, bob, s3)).toBe('ok');
    expect(await lab.outcome('Encrypt', { ...sealed, KeyId: key.arn })).toBe(
      `AccessDeniedException: User: ${CALLER} is not authorized to perform: kms:Encrypt on resource: ${key.arn} because no resource-based policy allows the kms:Encrypt action`,
    );
    expect(await lab.outcome('Encrypt', { ...sealed, KeyId: key.arn }, CALLER, { via: 'rds' })).toContain(
      'because no resource-based policy allows',
    );
    expect(await lab.outcome('Encrypt', { ...sealed, KeyId: key.arn }, eve, s3)).toContain('AccessDeniedException');
  });

  it('turns every year', async () => {
    const { lab, key, CiphertextBlob } = await withKey();
    const KeyId = key.arn;
    expect(await lab.call('GetKeyRotationStatus', { KeyId })).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
      NextRotationDate: new Date(NOW + 365 * DAY),
    });
    lab.wait(2 * 365);
    expect((await lab.call('ListKeyRotations', { KeyId })).Rotations).toHaveLength(2);
    expect(await lab.outcome('Decrypt', { CiphertextBlob }, CALLER, s3)).toBe('ok');
  });

  const refused: readonly (readonly [keyof Operations, Readonly<Record<string, unknown>>])[] = [
    ['DisableKey', {}],
    ['EnableKey', {}],
    ['ScheduleKeyDeletion', {}],
    ['CancelKeyDeletion', {}],
    ['PutKeyPolicy', { Policy: '{}' }],
    ['EnableKeyRotation', {}],
    ['DisableKeyRotation', {}],
    ['RotateKeyOnDemand', {}],
    ['UpdateKeyDescription', { Description: 'mine' }],
    ['TagResource', { Tags: [{ TagKey: 'a', TagValue: 'b' }] }],
    ['UntagResource', { TagKeys: ['a'] }],
    ['DeleteImportedKeyMaterial', {}],
  ];
  it.each(refused)('takes no %s, not even from the root user', async (name, input) => {
    const { lab, key } = await withKey();
    for (const [caller, arn] of [
      [CALLER, CALLER],
      ['root', root],
    ] as const)
      expect(await lab.outcome(name, { KeyId: key.arn, ...input } as never, caller === 'root' ? root : caller)).toBe(
        `AccessDeniedException: User: ${arn} is not authorized to perform: kms:${name} on resource: ${key.arn} because no resource-based policy allows the kms:${name} action`,
      );
    expect(key.state).toBe('Enabled');
    expect(key.tags.size).toBe(0);
  });

  it('keeps its alias, and gets no other', async () => {
    const { lab, key } = await withKey();
    const own = await lab.key();
    const reserved = 'NotAuthorizedException: ';
    const at = (AliasName: string, TargetKeyId: string) => ({ AliasName, TargetKeyId });
    expect(await lab.outcome('CreateAlias', at('alias/aws/mine', own.arn))).toBe(reserved);
    expect(await lab.outcome('UpdateAlias', at('alias/aws/s3', own.arn))).toBe(reserved);
    expect(await lab.outcome('DeleteAlias', { AliasName: 'alias/aws/s3' })).toBe(reserved);
    expect(await lab.outcome('CreateAlias', at('alias/mine', key.arn))).toContain(
      `kms:CreateAlias on resource: ${key.arn} because no resource-based policy allows`,
    );
    await lab.call('CreateAlias', at('alias/own', own.arn));
    expect(await lab.outcome('UpdateAlias', at('alias/own', key.arn))).toContain('AccessDeniedException');
    expect([...key.aliases.keys()]).toEqual(['alias/aws/s3']);
  });

  it('counts for no quota of keys', async () => {
    const { lab, key } = await withKey();
    const place = { partition: 'aws', account: '111122223333', region: 'us-east-1' };
    expect(lab.world.customerKeysIn(place)).toBe(0);
    const own = await lab.key();
    expect(lab.world.customerKeysIn(place)).toBe(1);
    lab.world.remove(own);
    lab.world.remove(key);
    expect(lab.world.customerKeysIn(place)).toBe(0);
  });
});
