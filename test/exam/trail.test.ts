import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { kmsLens } from '../cli/run.ts';

const proof = 'examples/exam/t1-who-used-the-key.kms-scenario.json';

interface Recorded {
  readonly eventName: string;
  readonly errorCode?: string;
  readonly userIdentity: { readonly arn: string };
  readonly requestParameters: { readonly encryptionContext?: Readonly<Record<string, string>> };
  readonly resources: readonly { readonly ARN: string }[];
}

/** What T1 is about is what a run leaves behind, which no step can expect. */
describe('the CloudTrail of the proof about CloudTrail', () => {
  let text = '';
  let records: readonly Recorded[] = [];
  beforeAll(async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'kms-lens-')), 'trail.json');
    await kmsLens(['test', proof, '--trail', file]);
    text = readFileSync(file, 'utf8');
    records = JSON.parse(text).Records;
  });

  const inWords = ({ eventName, errorCode, userIdentity, requestParameters }: Recorded): string =>
    [
      userIdentity.arn.split(/[:/]/).at(-1),
      eventName,
      Object.values(requestParameters.encryptionContext ?? {}).join() || 'no context',
      errorCode ?? 'ok',
    ].join(', ');

  test('says who did what, for what, and who was refused', () => {
    expect(records.map(inWords)).toEqual([
      'alice, Encrypt, 4711, ok',
      'bob, Decrypt, 4711, AccessDenied',
      'alice, Decrypt, 4712, InvalidCiphertextException',
      'alice, Decrypt, 4711, ok',
      'alice, Encrypt, no context, ok',
      'alice, GenerateDataKey, arn:aws:s3:::clinic/4711.pdf, ok',
      'alice, GenerateDataKey, arn:aws:s3:::clinic, ok',
      'root, GetKeyLastUsage, no context, ok',
    ]);
  });

  test('can be searched by the key', () => {
    const keys = records.map(({ resources }) => resources[0]?.ARN);
    expect(new Set(keys).size).toBe(2);
    expect(keys.filter((key) => key === keys[0])).toHaveLength(7);
  });

  test('has nothing of what was encrypted', () => {
    expect(text).not.toMatch(/blood group|plaintext|ciphertextBlob/i);
  });
});
