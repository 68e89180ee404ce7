import { expect, test } from 'vitest';
import { serviceContextKeys } from '../../../simulator/facts/service-contexts.ts';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const context = (key: string): string => `"StringEquals": { "kms:EncryptionContext:${key}": "x" }`;

test('reports a key that the service does not set', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringLike": { "kms:EncryptionContext:aws:s3:bucket": "x" }
        //                                     ^^^^^^^^^^^^^ kms-context-service-arn-typo: no service is known to set \`aws:s3:bucket\` in the encryption context; the key that Amazon S3 sets is \`aws:s3:arn\`; write \`aws:s3:arn\`
      `),
  );
});

test.each(['aws:ebs:volume', 'aws:cloudtrail:trail', 'aws:dynamodb:tablename1', 'Secret_ARN', 'ParameterArn'])(
  'reports %s',
  (key) => {
    expect(found(context(key))).toEqual(['kms-context-service-arn-typo']);
  },
);

test.each([
  'AWS:S3:ARN',
  'secretarn',
  'SecretId',
  'stage',
  'aws:sns:arn',
  'aws:newservice:arn',
  'aws:stage',
  'aws:s3:${Key}',
])('leaves alone %s', (key) => {
  expect(found(context(key))).toEqual([]);
});

test('leaves alone every key that services are known to set', () => {
  for (const { key } of serviceContextKeys) expect(found(context(key)), key).toEqual([]);
});

test('the fix is a guess', () => {
  expect(titles(context('aws:s3:bucket'))).toEqual(['change to `kms:EncryptionContext:aws:s3:arn`']);
  expect(mended(context('aws:s3:bucket'), 'change to `kms:EncryptionContext:aws:s3:arn`')).toEqual({
    StringEquals: { 'kms:EncryptionContext:aws:s3:arn': 'x' },
  });
});
