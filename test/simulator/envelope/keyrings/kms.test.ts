import { describe, expect, it } from 'vitest';
import { type KmsKeyringOptions, kmsKeyring } from '../../../../simulator/envelope/keyrings/kms.ts';
import { ana, KEY_ARN, keyOf, OTHER_ARN, serviceOf } from '../../kms/keys.ts';
import { envelopeFailure, failure } from '../failure.ts';

const encryptionContext = { tenant: 'blue' };
const service = serviceOf([keyOf(KEY_ARN), keyOf(OTHER_ARN)]);

function keyringOf(change: Partial<KmsKeyringOptions> = {}) {
  return kmsKeyring({ service, keyArn: KEY_ARN, caller: ana, ...change });
}

describe('a KMS keyring', () => {
  it('asks for 32 bytes, and names the key by its ARN', async () => {
    const { plaintextDataKey, encryptedDataKeys } = await keyringOf().generate(encryptionContext);
    expect(plaintextDataKey).toHaveLength(32);
    expect(encryptedDataKeys).toHaveLength(1);
    expect(encryptedDataKeys[0]?.providerId).toBe('aws-kms');
    expect(Buffer.from(encryptedDataKeys[0]?.providerInfo ?? []).toString()).toBe(KEY_ARN);
    expect(await keyringOf().unwrap(encryptedDataKeys, encryptionContext)).toEqual(plaintextDataKey);
  });

  it('sends KMS the data keys of its own key alone', async () => {
    const others = (await keyringOf({ keyArn: OTHER_ARN }).generate(encryptionContext)).encryptedDataKeys;
    const ours = (await keyringOf().generate(encryptionContext)).encryptedDataKeys;
    const calls: string[] = [];
    const counting: KmsKeyringOptions['service'] = {
      call(name, input, caller) {
        calls.push(`${name} ${Object.entries(input).find(([member]) => member === 'KeyId')?.[1]}`);
        return service.call(name, input, caller);
      },
    };
    await keyringOf({ service: counting }).unwrap([...others, ...ours], encryptionContext);
    expect(calls).toEqual([`Decrypt ${KEY_ARN}`]);
    const error = await envelopeFailure(() => keyringOf().unwrap(others, encryptionContext));
    expect(error).toMatchObject({
      code: 'no-data-key',
      message: `none of the message's encrypted data keys, from \`aws-kms\`, is from KMS key \`${KEY_ARN}\``,
    });
  });

  it('passes on what KMS answers to the first data key where none can be decrypted', async () => {
    const { encryptedDataKeys } = await keyringOf().generate(encryptionContext);
    const broken = encryptedDataKeys.map((key) => ({ ...key, ciphertext: Buffer.from('broken') }));
    await expect(keyringOf().unwrap([...broken, ...encryptedDataKeys], encryptionContext)).resolves.toHaveLength(32);
    expect(await failure(() => keyringOf().unwrap([...broken, ...encryptedDataKeys], {}))).toMatchObject({
      name: 'InvalidCiphertextException',
      remedy: expect.stringContaining('does not start with the mark'),
    });
  });

  it('passes on that the caller may not', async () => {
    const denying = serviceOf([keyOf(KEY_ARN)], async () => ({ allowed: false, because: 'nothing allows it' }));
    expect(await failure(() => keyringOf({ service: denying }).generate({}))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('refuses a data key of another length', async () => {
    const input = { KeyId: KEY_ARN, KeySpec: 'AES_128', EncryptionContext: encryptionContext };
    const { CiphertextBlob } = await service.call('GenerateDataKey', input, ana);
    const key = { providerId: 'aws-kms', providerInfo: Buffer.from(KEY_ARN), ciphertext: CiphertextBlob };
    const error = await envelopeFailure(() => keyringOf().unwrap([key], encryptionContext));
    expect(error.message).toContain(`KMS gave 16 bytes under \`${KEY_ARN}\` where a data key of 32 bytes`);
  });
});
