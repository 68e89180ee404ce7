import * as crypto from 'node:crypto';
import { beforeEach, expect, it, vi } from 'vitest';
import { utf8 } from '../keys.ts';
import { Lab } from '../lab.ts';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  return {
    ...real,
    generateKeyPair: vi.fn(real.generateKeyPair),
    generateKeyPairSync: vi.fn(() => {
      throw new Error('that would hold up everything else');
    }),
  };
});

const made = () => vi.mocked(crypto.generateKeyPair).mock.calls.length;

beforeEach(() => {
  vi.mocked(crypto.generateKeyPair).mockClear();
});

it('an RSA pair that is never used is never made', async () => {
  const lab = new Lab();
  for (const KeySpec of ['RSA_2048', 'RSA_3072', 'RSA_4096']) {
    const { arn: KeyId } = await lab.key({ KeySpec, KeyUsage: 'SIGN_VERIFY' });
    await lab.call('DescribeKey', { KeyId });
    await lab.call('CreateAlias', { AliasName: `alias/${KeySpec}`, TargetKeyId: KeyId });
    await lab.call('DisableKey', { KeyId });
    expect(await lab.outcome('Sign', { KeyId, Message: utf8('x'), SigningAlgorithm: 'RSASSA_PSS_SHA_256' })).toContain(
      'DisabledException',
    );
    await lab.call('EnableKey', { KeyId });
    expect(await lab.outcome('Sign', { KeyId, Message: utf8('x'), SigningAlgorithm: 'ECDSA_SHA_256' })).toContain(
      'InvalidKeyUsageException',
    );
    await lab.call('ScheduleKeyDeletion', { KeyId });
  }
  lab.wait(31);
  expect(made()).toBe(0);
});

it('one that is used is made once, also for calls at the same time', async () => {
  const lab = new Lab();
  const { arn: KeyId } = await lab.key({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
  const sign = { KeyId, Message: utf8('x'), SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256' };
  const [one, other] = await Promise.all([lab.call('Sign', sign), lab.call('Sign', sign)]);
  expect(one.Signature).toEqual(other.Signature);
  await lab.call('GetPublicKey', { KeyId });
  expect(made()).toBe(1);
});

it('nothing waits while one is made', async () => {
  const lab = new Lab();
  const { arn: KeyId } = await lab.key({ KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' });
  let isMade = false;
  const making = lab.call('GetPublicKey', { KeyId }).then(() => {
    isMade = true;
  });
  expect((await lab.call('GenerateRandom', { NumberOfBytes: 8 })).Plaintext).toHaveLength(8);
  expect(isMade).toBe(false);
  await making;
  const data = await lab.key();
  await lab.call('GenerateDataKeyPair', { KeyId: data.arn, KeyPairSpec: 'RSA_2048' });
  expect(crypto.generateKeyPairSync).not.toHaveBeenCalled();
});
