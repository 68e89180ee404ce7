import { describe, expect, it } from 'vitest';
import { chargesOf } from '../../../../simulator/kms/quotas/charges.ts';
import { RequestLimiter } from '../../../../simulator/kms/quotas/limiter.ts';
import { limitsWith, onlyStated, type StatedQuotas } from '../../../../simulator/kms/quotas/limits.ts';
import { CALLER, utf8 } from '../keys.ts';
import { Lab } from '../lab.ts';

const THROTTLED =
  'ThrottlingException: You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.';
const symmetric = 'CryptographicOperationsSymmetric';
const bob = 'arn:aws:iam::444455556666:user/Bob';

const labWith = (stated: StatedQuotas) =>
  new Lab(undefined, undefined, undefined, new RequestLimiter(onlyStated(stated)));

async function times(count: number, act: () => Promise<string>): Promise<string[]> {
  const outcomes: string[] = [];
  for (let turn = 0; turn < count; turn++) outcomes.push(await act());
  return outcomes;
}

describe('calls', () => {
  it('beyond the quota of a second are refused, until a second has passed', async () => {
    const lab = labWith({ CreateKey: 3 });
    const create = () => lab.outcome('CreateKey', {});
    expect(await times(4, create)).toEqual(['ok', 'ok', 'ok', THROTTLED]);
    lab.clock.advance(334);
    expect(await times(2, create)).toEqual(['ok', THROTTLED]);
    lab.clock.advance(1000);
    expect(await times(4, create)).toEqual(['ok', 'ok', 'ok', THROTTLED]);
    // What is refused makes nothing, and is recorded.
    expect([...lab.world.keys]).toHaveLength(7);
    expect(lab.service.trail.at(-1)).toMatchObject({ eventName: 'CreateKey', errorCode: 'ThrottlingException' });
  });

  it('that share a quota use it up together, and leave those of others alone', async () => {
    const lab = labWith({ [symmetric]: 4 });
    const { arn: KeyId } = await lab.key();
    const { arn: macs } = await lab.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const { arn: rsa } = await lab.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const { CiphertextBlob } = await lab.call('Encrypt', { KeyId, Plaintext: utf8('text') });
    expect(await lab.outcome('ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId })).toBe('ok');
    const mac = { KeyId: macs, Message: utf8('text'), MacAlgorithm: 'HMAC_SHA_256' };
    expect(await lab.outcome('GenerateMac', mac)).toBe('ok');
    expect(await lab.outcome('GenerateRandom', { NumberOfBytes: 1 })).toBe('ok');
    expect(await lab.outcome('Decrypt', { CiphertextBlob })).toBe(THROTTLED);
    const other = { KeyId: rsa, Plaintext: utf8('text'), EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' };
    expect(await lab.outcome('Encrypt', other)).toBe('ok');
    expect(await lab.outcome('DescribeKey', { KeyId })).toBe('ok');
  });

  it('count for the account that calls, whoever owns the key, and for the Region', async () => {
    const lab = labWith({ [symmetric]: 2 });
    const { arn: KeyId } = await lab.key();
    const encrypt = (caller?: string) => lab.outcome('Encrypt', { KeyId, Plaintext: utf8('text') }, caller);
    expect(await times(3, () => encrypt(bob))).toEqual(['ok', 'ok', THROTTLED]);
    expect(await times(3, () => encrypt())).toEqual(['ok', 'ok', THROTTLED]);
    const random = () => lab.outcome('GenerateRandom', { NumberOfBytes: 1 }, undefined, { region: 'eu-west-1' });
    expect(await times(3, random)).toEqual(['ok', 'ok', THROTTLED]);
  });

  it('that a service makes for somebody count for them, and dry runs and refused ones count, too', async () => {
    const lab = labWith({ GenerateDataKeyPair: 9, [symmetric]: 3 });
    const { arn: KeyId } = await lab.key();
    const input = { KeyId, KeySpec: 'AES_256' };
    expect(await lab.outcome('GenerateDataKey', input, CALLER, { via: 's3' })).toBe('ok');
    expect(await lab.outcome('GenerateDataKey', { ...input, DryRun: true })).toContain('DryRunOperationException');
    const wrong = { CiphertextBlob: utf8('none'), KeyId };
    expect(await lab.outcome('Decrypt', wrong)).toContain('InvalidCiphertextException');
    expect(await lab.outcome('GenerateDataKey', input)).toBe(THROTTLED);
  });

  it('that nobody can read count for nothing', async () => {
    const lab = labWith({ ScheduleKeyDeletion: 1 });
    const { arn: KeyId } = await lab.key();
    expect(await lab.outcome('ScheduleKeyDeletion', { KeyId: '' })).toContain('ValidationException');
    expect(await lab.outcome('ScheduleKeyDeletion', { KeyId })).toBe('ok');
    expect(await lab.outcome('ScheduleKeyDeletion', { KeyId })).toBe(THROTTLED);
  });

  it('of data key pairs count for the kind of pair', async () => {
    const lab = labWith({ 'GenerateDataKeyPair (ECC_NIST_P384)': 1 });
    const { arn: KeyId } = await lab.key();
    const pair = (KeyPairSpec: string) => lab.outcome('GenerateDataKeyPairWithoutPlaintext', { KeyId, KeyPairSpec });
    expect(await times(2, () => pair('ECC_NIST_P384'))).toEqual(['ok', THROTTLED]);
    expect(await times(2, () => pair('ECC_NIST_P256'))).toEqual(['ok', 'ok']);
  });

  it('of a service that nobody counts are never refused', async () => {
    const lab = new Lab();
    expect(new Set(await times(20, () => lab.outcome('CreateKey', {})))).toEqual(new Set(['ok']));
  });
});

describe('counting', () => {
  const who = { account: '111122223333', region: 'us-east-1', otherRegion: 'eu-west-1' };

  it('is by the defaults of the Region where nothing else is stated', () => {
    const limiter = new RequestLimiter(limitsWith({ CreateAlias: 6 }));
    const passes = (operation: string) => {
      let count = 0;
      while (!limiter.admit(chargesOf(operation, []), who, 0)) count++;
      return count;
    };
    expect([passes('CreateKey'), passes('CreateAlias'), passes('TagResource')]).toEqual([5, 6, 10]);
  });

  it('takes nothing where one of several quotas is used up', () => {
    const limiter = new RequestLimiter(limitsWith());
    const replicate = () => limiter.admit(chargesOf('ReplicateKey', [{}]), who, 0);
    expect([replicate(), replicate()]).toEqual([undefined, undefined]);
    expect(replicate()).toMatchObject({ quota: { group: 'CreateKey' }, region: 'eu-west-1', limit: 5 });
    const create = (region: string) => limiter.admit(chargesOf('CreateKey', []), { ...who, region }, 0);
    expect(create('eu-west-1')).toBeUndefined();
    expect(create('eu-west-1')).toMatchObject({ quota: { group: 'CreateKey' } });
    expect(create('us-east-1')).toBeUndefined();
  });

  it('of a request with two keys is by the quotas of both', () => {
    const groups = (...specs: string[]) =>
      chargesOf(
        'ReEncrypt',
        specs.map((keySpec) => ({ keySpec, origin: 'AWS_KMS' as const })),
      ).map(({ quota }) => quota.group);
    expect(groups('SYMMETRIC_DEFAULT', 'SYMMETRIC_DEFAULT')).toEqual([symmetric]);
    expect(groups('SYMMETRIC_DEFAULT', 'RSA_2048')).toEqual([symmetric, 'CryptographicOperationsRSA']);
  });
});
