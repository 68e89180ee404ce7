import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

describe('reports', () => {
  test('operators of another type', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringEquals": { "aws:SourceIp": "203.0.113.0/24", "kms:GrantIsForAWSResource": "true" },
//                        ^^^^^^^^^^^^^^ cond-type-mismatch: \`aws:SourceIp\` is an IP address, and \`StringEquals\` compares texts; AWS documents no such comparison, so it may never hold; use an operator such as \`IpAddress\`
//                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-type-mismatch: is \`true\` or \`false\`, and
        "NumericEquals": { "kms:CallerAccount": 111122223333 },
//                         ^^^^^^^^^^^^^^^^^^^ cond-type-mismatch: is a text, and \`NumericEquals\` compares numbers
        "IpAddress": { "aws:PrincipalArn": "203.0.113.0/24" }
//                     ^^^^^^^^^^^^^^^^^^ cond-type-mismatch: is an ARN
      `),
    );
  });

  test('values of another type, whatever the key', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "Bool": { "s3:x": "yes" },
//                        ^^^^^ cond-type-mismatch: \`yes\` is not \`true\` or \`false\`; no request matches it; write \`true\`
        "Null": { "s3:x": "maybe" },
//                        ^^^^^^^ cond-type-mismatch: write \`true\` or \`false\`
        "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "203.0.113.0/33", "*"] },
//                                                        ^^^^^^^^^^^^^^^^ cond-type-mismatch: is not an IP address or a range
//                                                                          ^^^ cond-type-mismatch
        "NumericLessThan": { "kms:RotationPeriodInDays": "ten" },
//                                                       ^^^^^ cond-type-mismatch: is not a number
        "DateLessThan": { "aws:CurrentTime": "tomorrow" },
//                                           ^^^^^^^^^^ cond-type-mismatch: is not a date
        "BinaryEquals": { "s3:x": "a_b-" }
//                                ^^^^^^ cond-type-mismatch: is not a base64 text; no request matches it; write \`a/b+\`
      `),
    );
  });
});

describe('leaves alone', () => {
  test.each([
    '"Bool": { "kms:GrantIsForAWSResource": true, "aws:SecureTransport": "FALSE" }',
    '"StringLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/a" }',
    '"ArnLike": { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:*:*:*" }',
    '"NumericLessThan": { "kms:EncryptionContext:level": "3", "aws:PrincipalTag/level": "3" }',
    '"Bool": { "aws:PrincipalTag/admin": "true" }',
    '"NumericLessThan": { "aws:EpochTime": "1700000000", "kms:ValidTo": "1700000000" }',
    '"DateLessThan": { "aws:CurrentTime": "1700000000", "kms:ValidTo": "2026-01-31" }',
    '"DateLessThan": { "aws:CurrentTime": "2026-02-30" }',
    '"StringEquals": { "s3:max-keys": "10" }',
    '"Bool": { "aws:SecureTransport": "${Secure}" }',
    '"IpAddress": { "aws:SourceIp": ["${aws:SourceIp}", "{{ range }}", "2001:db8::/32", "203.0.113.7"] }',
    '"Null": { "aws:SourceIp": "false" }',
    '"${Operator}": { "aws:SourceIp": "x" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  test('values that can only mean one thing, safely', () => {
    expect(titles('"Bool": { "aws:ViaAWSService": "no" }')).toEqual(['change to `false` (safe)']);
    expect(mended('"Bool": { "aws:ViaAWSService": ["no"] }', 'change to `false`')).toEqual({
      Bool: { 'aws:ViaAWSService': ['false'] },
    });
  });

  test('the operator, where the values fit the right one', () => {
    expect(
      mended('"StringNotEqualsIfExists": { "aws:SourceIp": ["203.0.113.0/24"] }', 'change to `NotIpAddressIfExists`'),
    ).toEqual({
      NotIpAddressIfExists: { 'aws:SourceIp': ['203.0.113.0/24'] },
    });
    expect(titles('"StringEquals": { "aws:SourceIp": "office" }')).toEqual([]);
  });
});
