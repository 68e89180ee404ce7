import { expect, test } from 'vitest';
import { kmsLens } from '../cli/run.ts';

interface Event {
  readonly eventName: string;
  readonly errorCode?: string;
  readonly userIdentity: { readonly arn: string };
  readonly requestParameters: { readonly encryptionContext?: Readonly<Record<string, string>> };
  readonly resources: readonly { readonly ARN: string }[];
}

test('question 9: CloudTrail answers who decrypted, with which context, and how it ended', async () => {
  const proof = 'examples/exam/q9-qp9-who-decrypted.kms-scenario.json';
  const { stdout } = await kmsLens(['test', proof, '--trail', '-']);
  const events: readonly Event[] = JSON.parse(stdout).Records;
  const decrypts = events.filter(({ eventName }) => eventName === 'Decrypt');
  expect(
    decrypts.map(({ userIdentity, requestParameters, errorCode }) => [
      userIdentity.arn.replace(/^.*\//, ''),
      requestParameters.encryptionContext,
      errorCode,
    ]),
  ).toEqual([
    ['Ana', { book: 'ledger' }, undefined],
    ['Bo', { book: 'ledger' }, 'AccessDenied'],
    ['Ana', { book: 'diary' }, 'InvalidCiphertextException'],
    ['Ana', { 'aws:s3:arn': 'arn:aws:s3:::books/2.pdf' }, undefined],
  ]);
  const [key, ...others] = new Set(decrypts.flatMap(({ resources }) => resources.map(({ ARN }) => ARN)));
  expect(key).toMatch(/^arn:aws:kms:us-east-1:111122223333:key\//);
  expect(others).toEqual([]);
});
