import { expect, test } from 'vitest';
import { documentationOf } from '../../../../server/answers/completion/documentation.ts';
import { completions, labels, statement } from './harness.ts';

/** Places at which everything that has documentation is offered. */
const PLACES: readonly (readonly [file: string, text: string])[] = [
  ['a.key-policy.json', '{"$0"}'],
  ['a.key-policy.json', statement('"$0"')],
  ['a.key-policy.json', statement('"Effect": "$0"')],
  ['a.iam-policy.json', statement('"Action": "$0"')],
  ['a.key-policy.json', statement('"Principal": "$0"')],
  ['a.key-policy.json', statement('"Principal": {"Service": "$0"}')],
  ['a.key-policy.json', statement('"Condition": {"$0"}')],
  ...['StringEquals', 'ForAnyValue:StringLike', 'Bool', 'NumericEquals', 'ArnLike', 'IpAddress', 'DateLessThan'].map(
    (operator) => ['a.iam-policy.json', statement(`"Condition": {"${operator}": {"$0"}}`)] as const,
  ),
  ...['ViaService', 'KeySpec', 'KeyUsage', 'KeyOrigin', 'GrantOperations', 'EncryptionContextKeys', 'MessageType'].map(
    (key) => ['a.key-policy.json', statement(`"Condition": {"StringEquals": {"kms:${key}": "$0"}}`)] as const,
  ),
  ['a.kms-grant.json', '{"$0"}'],
  ['a.kms-grant.json', '{"Operations": ["$0"]}'],
  ['a.kms-grant.json', '{"Constraints": {"$0"}}'],
  ['a.kms-grant.json', '{"Constraints": {"EncryptionContextEquals": {"$0"}}}'],
];

test.each(PLACES)('%s: %s: every offer that says what it is about is documented', (file, text) => {
  const offset = text.indexOf('$0');
  const offers = (completions(file, text.replace('$0', ''), offset) ?? []).map(({ offer }) => offer);
  expect(offers.length).toBeGreaterThan(0);
  expect(labels(file, text)?.length).toBe(offers.length);
  for (const { about, label } of offers) {
    expect(about, label).toBeDefined();
    if (about) expect(documentationOf(about, 'us-east-1')?.length, label).toBeGreaterThan(3);
  }
});

test('an action says what it does, a pattern what AWS writes it for, an operator what an absent key does', () => {
  const about = (type: Parameters<typeof documentationOf>[0]['type'], name: string): string =>
    documentationOf({ type, name }, 'us-east-1') ?? '';
  expect(about('action', 'kms:Decrypt')).toContain('Allows decrypting ciphertext');
  expect(about('action', 'kms:ReEncrypt*')).toContain('Both halves of ReEncrypt');
  expect(about('operator', 'StringNotEquals')).toContain('Without the key in the request it holds');
  expect(about('operator', 'StringEqualsIfExists')).toContain('holds when the request lacks the key');
  expect(about('operator', 'ForAllValues:StringEquals')).toContain('pair it with `Null`');
  expect(about('condition-key', 'kms:EncryptionContext:aws:s3:arn')).toContain('Amazon S3 sets `aws:s3:arn`');
  expect(about('service-principal', 'cloudtrail.amazonaws.com')).toContain('`kms:GenerateDataKey*`');
});
