import { describe, expect, it } from 'vitest';
import { decrypt } from '../../../simulator/envelope/decrypt.ts';
import { readHeader } from '../../../simulator/envelope/format/header.ts';
import type { Keyring } from '../../../simulator/envelope/keyring.ts';
import { envelopeFailure } from './failure.ts';
import {
  contexts,
  keyArn,
  kmsService,
  payloadOf,
  rawKeyring,
  sampleName,
  samples,
  writeSample,
} from './fixtures/samples.ts';
import messages from './fixtures/sdk-messages.json' with { type: 'json' };

function bytesOf({ message }: { message: string }): Buffer {
  return Buffer.from(message, 'base64');
}

async function expectReadable(message: Uint8Array, index: number, keyring: Keyring): Promise<void> {
  const sample = samples[index];
  if (!sample) throw new Error(`there is no sample ${index}`);
  const { plaintext, header } = await decrypt({ message, keyring });
  expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(sample.payloadBytes)));
  expect(header.encryptionContext).toEqual(contexts[sample.context]);
  expect(header.frameLength).toBe(sample.frameLength);
}

const numbered = samples.map((sample, index) => [sampleName(sample), index] as const);

describe('messages that the AWS Encryption SDK wrote', () => {
  it.each(numbered)('are read under a raw AES key: %s', async (_, index) => {
    const [fixture] = messages.writtenBySdk.slice(index);
    if (!fixture) throw new Error('the fixture is missing');
    await expectReadable(bytesOf(fixture), index, rawKeyring());
  });

  it.each(numbered)('are read under a KMS key: %s', async (_, index) => {
    const [fixture] = messages.writtenBySdkUnderKms.slice(index);
    if (!fixture) throw new Error('the fixture is missing');
    const [dataKey, ...others] = readHeader(bytesOf(fixture)).header.encryptedDataKeys;
    expect(others).toEqual([]);
    expect(dataKey?.providerId).toBe('aws-kms');
    expect(Buffer.from(dataKey?.providerInfo ?? []).toString()).toBe(keyArn);
    await expectReadable(bytesOf(fixture), index, kmsService().keyring);
  });

  it('are read under either of two keys', async () => {
    const message = bytesOf(messages.writtenBySdkUnderBoth);
    const ids = readHeader(message).header.encryptedDataKeys.map(({ providerId }) => providerId);
    expect(ids).toEqual(['aws-kms', 'fixtures']);
    for (const keyring of [rawKeyring(), kmsService().keyring]) {
      const { plaintext } = await decrypt({ message, keyring });
      expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(10)));
    }
  });

  it('end with an empty frame where the others hold the whole payload', async () => {
    const index = samples.findIndex(({ payloadBytes, frameLength }) => payloadBytes === 64 && frameLength === 64);
    const [fixture] = messages.writtenBySdk.slice(index);
    if (!fixture) throw new Error('the fixture is missing');
    expect((await decrypt({ message: bytesOf(fixture), keyring: rawKeyring() })).frames).toBe(2);
    const ours = await writeSample({ payloadBytes: 64, frameLength: 64, context: 'one' }, 'raw');
    expect((await decrypt({ message: ours, keyring: rawKeyring() })).frames).toBe(1);
  });

  it('are read where they are signed', async () => {
    const message = bytesOf(messages.signedBySdk);
    const { plaintext, header } = await decrypt({ message, keyring: rawKeyring() });
    expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(10)));
    expect(Object.keys(header.encryptionContext)).toContain('aws-crypto-public-key');
  });

  it('are read in version 1, where that is allowed', async () => {
    const message = bytesOf(messages.versionOneBySdk);
    const old = await envelopeFailure(() => decrypt({ message, keyring: rawKeyring() }));
    expect(old).toMatchObject({ code: 'policy', place: { field: 'version', offset: 0 } });
    expect(old.message).toContain('without key commitment');
    const commitmentPolicy = 'require-encrypt-allow-decrypt';
    const { plaintext } = await decrypt({ message, keyring: rawKeyring(), commitmentPolicy });
    expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(10)));
  });
});

describe('messages that the AWS Encryption SDK read', () => {
  it.each(numbered)('are what is written today: %s', async (_, index) => {
    const [sample] = samples.slice(index);
    const [raw] = messages.readBySdk.slice(index);
    const [kms] = messages.readBySdkUnderKms.slice(index);
    if (!sample || !raw || !kms) throw new Error('the fixture is missing');
    expect(Buffer.from(await writeSample(sample, 'raw')).toString('base64')).toBe(raw.message);
    expect(Buffer.from(await writeSample(sample, 'kms')).toString('base64')).toBe(kms.message);
    await expectReadable(bytesOf(raw), index, rawKeyring());
    await expectReadable(bytesOf(kms), index, kmsService().keyring);
  });
});
