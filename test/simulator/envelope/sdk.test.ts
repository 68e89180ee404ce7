import { describe, expect, it } from 'vitest';
import { decrypt } from '../../../simulator/envelope/decrypt.ts';
import { readHeader } from '../../../simulator/envelope/format/header.ts';
import { inspect } from '../../../simulator/envelope/inspect.ts';
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

  it.each(numbered)('are read where they are signed: %s', async (_, index) => {
    const [fixture] = messages.signedBySdk.slice(index);
    const [sample] = samples.slice(index);
    if (!fixture || !sample) throw new Error('the fixture is missing');
    const { plaintext, header } = await decrypt({ message: bytesOf(fixture), keyring: rawKeyring() });
    expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(sample.payloadBytes)));
    expect(header.encryptionContext).toMatchObject(contexts[sample.context]);
  });

  it.each(messages.versionOneBySdk)('are read in version 1, where that is allowed: suite $suiteId', async (fixture) => {
    const message = bytesOf(fixture);
    const refused = await envelopeFailure(() => decrypt({ message, keyring: rawKeyring() }));
    expect(refused).toMatchObject({ code: 'policy', place: { field: 'version', offset: 0 } });
    expect(refused.message).toContain('without key commitment');
    const commitmentPolicy = 'require-encrypt-allow-decrypt';
    const { plaintext, header } = await decrypt({ message, keyring: rawKeyring(), commitmentPolicy });
    expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(129)));
    expect(header.suite.id).toBe(fixture.suiteId);
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

  it.each(numbered)('are what is written today, signed, but for the signature: %s', async (_, index) => {
    const [sample] = samples.slice(index);
    const [fixture] = messages.signedReadBySdk.slice(index);
    if (!sample || !fixture) throw new Error('the fixture is missing');
    const then = bytesOf(fixture);
    const { body } = inspect(then);
    const end = (body?.offset ?? 0) + (body?.length ?? 0);
    const now = Buffer.from(await writeSample(sample, 'raw', 0x0578));
    expect(now.subarray(0, end)).toEqual(then.subarray(0, end));
    await decrypt({ message: then, keyring: rawKeyring() });
  });
});
