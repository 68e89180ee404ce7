import { describe, expect, test } from 'vitest';
import { LONGEST_SNIFFED, looksLikeKmsPolicy } from '../../client/sniff.ts';

const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
const account = { AWS: 'arn:aws:iam::111122223333:root' };

describe('a policy with kms actions', () => {
  test.each([
    ['one action', policy({ Effect: 'Allow', Principal: account, Action: 'kms:Decrypt', Resource: '*' })],
    ['all actions', policy({ Effect: 'Allow', Principal: account, Action: 'kms:*', Resource: '*' })],
    ['another case', policy({ Effect: 'Allow', Action: ['s3:GetObject', 'KMS:decrypt'], Resource: '*' })],
    ['a condition key alone', policy({ Action: '*', Condition: { StringEquals: { 'kms:ViaService': 'x' } } })],
    ['the ARN of a key alone', policy({ Action: '*', Resource: 'arn:aws-cn:kms:cn-north-1:111122223333:key/*' })],
    ['a lone Statement object', '{"Statement":{"Action":"kms:Sign"}}'],
    ['half written', '{ "Statement": [ { "Action": "kms:'],
    ['inside a string', JSON.stringify({ Policy: policy({ Action: 'kms:*' }) })],
  ])('%s', (_name, text) => {
    expect(looksLikeKmsPolicy(text)).toBe(true);
  });
});

describe('a key policy without a word of KMS', () => {
  test('everything for an account', () => {
    expect(looksLikeKmsPolicy(policy({ Principal: account, Action: '*', Resource: '*' }))).toBe(true);
    expect(looksLikeKmsPolicy(policy({ Principal: account, Action: ['*'], Resource: ['*'] }))).toBe(true);
  });

  test('the output of get-key-policy', () => {
    const text = policy({ Principal: account, Action: '*', Resource: '*' });
    expect(looksLikeKmsPolicy(JSON.stringify({ Policy: text, PolicyName: 'default' }))).toBe(true);
    expect(looksLikeKmsPolicy(JSON.stringify({ Policy: text }))).toBe(false);
  });
});

describe('ordinary JSON', () => {
  test.each([
    ['nothing', ''],
    ['a manifest', '{ "name": "kms:tools", "scripts": { "build": "tsc" } }'],
    ['a bucket policy', policy({ Principal: account, Action: 's3:*', Resource: 'arn:aws:s3:::orders/*' })],
    ['everything on a bucket', policy({ Principal: account, Action: '*', Resource: 'arn:aws:s3:::orders' })],
    ['the default policy of an endpoint', policy({ Principal: '*', Action: '*', Resource: '*' })],
    ['an administrator', policy({ Effect: 'Allow', Action: '*', Resource: '*' })],
    ['a word that is no key', '{ "text": "a \\"Statement\\" about kms:Decrypt" }'],
    ['too long', policy({ Action: 'kms:*', Sid: 'x'.repeat(LONGEST_SNIFFED) })],
  ])('%s', (_name, text) => {
    expect(looksLikeKmsPolicy(text)).toBe(false);
  });
});

test('a megabyte of quotes and brackets takes no time to speak of', () => {
  const text = '"Resource":["'.repeat(LONGEST_SNIFFED / 13);
  const worst = `"Statement": "Action": "*" "AWS": "PolicyName": "default" "Policy": "${' '.repeat(9)}${text}`;
  const start = performance.now();
  looksLikeKmsPolicy(worst.slice(0, LONGEST_SNIFFED));
  expect(performance.now() - start).toBeLessThan(1000);
});
