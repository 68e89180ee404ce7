import { describe, expect, test } from 'vitest';
import { viaServices } from '../../../simulator/facts/via-services.ts';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const via = (value: string, operator = 'StringEquals'): string => `"${operator}": { "kms:ViaService": ${value} }`;

describe('reports', () => {
  test('a name that people use and AWS KMS does not', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringEquals": { "kms:ViaService": "ebs.us-east-1.amazonaws.com" }
        //                                   ^^^ kms-viaservice-unknown-service: AWS KMS knows the service \`ebs\` as \`ec2\`; a name that no service calls by never matches; write \`ec2\`
      `),
    );
  });

  test('a slip', () => {
    check(
      'a.iam-policy.json',
      withCondition(`
        "StringLike": { "kms:ViaService": ["s3.*.amazonaws.com", "secretmanager.*.amazonaws.com"] }
        //                                                        ^^^^^^^^^^^^^ kms-viaservice-unknown-service: AWS lists no service \`secretmanager\` for \`kms:ViaService\`
      `),
    );
  });

  test('before a Region that a template fills in', () => {
    expect(found(via('"efs.${AWS::Region}.amazonaws.com"'))).toEqual(['kms-viaservice-unknown-service']);
  });
});

describe('leaves alone', () => {
  test.each([
    '"sso.us-east-1.amazonaws.com"',
    '"identitystore.us-east-1.amazonaws.com"',
    '"rds-data.us-east-1.amazonaws.com"',
    '"s3express.us-east-1.amazonaws.com"',
    '"${service}.us-east-1.amazonaws.com"',
    '"*.us-east-1.amazonaws.com"',
    '"ebs"',
    '"*"',
  ])('%s', (value) => {
    expect(found(via(value, 'StringLike'))).toEqual([]);
  });

  test('every service that AWS lists', () => {
    for (const { service } of viaServices)
      expect(found(via(`"${service}.us-east-1.amazonaws.com"`)), service).toEqual([]);
  });

  test('other keys', () => {
    expect(found('"StringEquals": { "aws:PrincipalTag/x": "ebs.us-east-1.amazonaws.com" }')).toEqual([]);
  });
});

describe('fixes', () => {
  test('put the right name in, safely where it is known', () => {
    expect(mended(via('"ebs.us-east-1.amazonaws.com"'), 'change to `ec2.us-east-1.amazonaws.com`')).toEqual({
      StringEquals: { 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' },
    });
    expect(titles(via('"ebs.us-east-1.amazonaws.com"'))).toEqual(['change to `ec2.us-east-1.amazonaws.com` (safe)']);
    expect(titles(via('"secretmanager.us-east-1.amazonaws.com"'))).toEqual([
      'change to `secretsmanager.us-east-1.amazonaws.com`',
    ]);
  });
});
