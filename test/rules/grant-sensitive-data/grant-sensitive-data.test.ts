import { describe, expect, test } from 'vitest';
import { check, ruleIds } from '../harness.ts';

const withPair = (key: string, value: string): string =>
  JSON.stringify({ Constraints: { EncryptionContextSubset: { [key]: value } } });

test('reports an address without repeating it', () => {
  check(
    'a.kms-grant.json',
    `{
      "Constraints": { "EncryptionContextSubset": { "owner": "Ana <ana.silva@example.com>" } }
      //                                                           ^^^^^^^^^^^^^^^^^^^^^ grant-sensitive-data: this looks like an e-mail address; AWS CloudTrail logs the name and the constraints of a grant in plain text; use an id that tells nothing by itself
    }`,
  );
});

test('looks at names and keys', () => {
  check(
    'a.kms-grant.json',
    `{
      "Name": "orders-078-05-1120",
      //              ^^^^^^^^^^^ grant-sensitive-data: this looks like a social security number
      "Constraints": { "EncryptionContextEquals": { "ana@example.com": "owner" } }
      //                                             ^^^^^^^^^^^^^^^ grant-sensitive-data: an e-mail address
    }`,
  );
});

describe('reports', () => {
  test.each([
    ['mail', 'mailto ana+kms@mail.example.co.uk'],
    ['n', '4111 1111 1111 1111'],
    ['n', '4111-1111-1111-1111'],
    ['n', '3782 822463 10005'],
    ['CardNumber', '4111111111111111'],
    ['tax', '529.982.247-25'],
  ])('%s: %s', (key, value) => {
    expect(ruleIds('a.kms-grant.json', withPair(key, value))).toHaveLength(1);
  });
});

describe('leaves alone', () => {
  test.each([
    ['aws:ebs:id', 'vol-0a1b2c3d4e5f60718'],
    ['aws:s3:arn', 'arn:aws:s3:::orders/ana@example.com'],
    ['identity', 'arn:aws:sts::111122223333:assumed-role/Orders/ana@example.com'],
    ['repository', 'git@github.com:orders/api.git'],
    ['url', 'https://ana@example.com/orders'],
    ['package', 'orders@1.2.3'],
    ['host', 'svc@orders.internal'],
    ['user', '@ana'],
    ['template', '${user}@${domain}'],
    ['number', '4111111111111111'],
    ['card', '4111111111111112'],
    ['number', '4111-1111-1111-1112'],
    ['id', '12345678-4111-1111-1111-111111111111'],
    ['id', '4111-1111-1111-1111-1111'],
    ['date', '2026-11-28'],
    ['phone', '555-010-1234'],
    ['part', '000-12-3456'],
    ['tax', '111.111.111-11'],
    ['tax', '529.982.247-26'],
    ['account', '111122223333'],
  ])('%s: %s', (key, value) => {
    expect(ruleIds('a.kms-grant.json', withPair(key, value))).toEqual([]);
  });
});

test('long texts are not searched for long', () => {
  const start = performance.now();
  for (const part of ['a@', 'a.', '4111-', '1', '@'])
    expect(ruleIds('a.kms-grant.json', withPair('a', part.repeat(100_000)))).toEqual([]);
  expect(performance.now() - start).toBeLessThan(2000);
});
