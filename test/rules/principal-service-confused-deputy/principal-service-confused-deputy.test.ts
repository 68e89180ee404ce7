import { describe, expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const file = 'a.key-policy.json';
const allow = (service: string, rest: string, action = '["kms:Decrypt", "kms:GenerateDataKey*"]'): string =>
  policyOf(`
    { "Effect": "Allow", "Principal": { "Service": "${service}" }, "Action": ${action}, "Resource": "*"${rest} }`);

const marked = policyOf(`
    { "Effect": "Allow", "Principal": { "Service": "cloudwatch.amazonaws.com" }, "Action": "kms:Decrypt", "Resource": "*" }
    //                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-service-confused-deputy: \`cloudwatch.amazonaws.com\` may use the key for anybody's resources; the service acts for many customers, and no condition says for whom here; add \`aws:SourceAccount\`
    `);

test('reports a service that nothing ties to an account', () => {
  check(file, marked);
  expect(ruleIds(file, allow('something.amazonaws.com', ''))).toEqual(['principal-service-confused-deputy']);
  const other = ', "Condition": { "StringEquals": { "kms:EncryptionContext:stage": "prod" } }';
  expect(ruleIds(file, allow('cloudwatch.amazonaws.com', other))).toEqual(['principal-service-confused-deputy']);
});

describe('leaves alone', () => {
  test.each([
    '"StringEquals": { "aws:SourceAccount": "111122223333" }',
    '"ArnLike": { "AWS:SourceArn": "arn:aws:events:us-east-1:111122223333:rule/*" }',
    '"StringEquals": { "aws:SourceOrgID": "o-a1b2c3d4e5" }',
    '"ForAnyValue:StringLike": { "aws:SourceOrgPaths": "o-a1b2c3d4e5/*" }',
    '"StringLike": { "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111122223333:trail/*" }',
    '"StringEquals": { "${Key}": "111122223333" }',
    '"Bool": { "kms:GrantIsForAWSResource": true }',
  ])('a condition %s', (condition) => {
    expect(ruleIds(file, allow('cloudwatch.amazonaws.com', `, "Condition": { ${condition} }`))).toEqual([]);
  });

  test.each([
    'logs.us-east-1.amazonaws.com',
    'logs.amazonaws.com',
    'dnssec-route53.amazonaws.com',
    // Publishing to encrypted topics it sends no source.
    'events.amazonaws.com',
    '${Service}',
    'logs.${AWS::Region}.amazonaws.com',
  ])('%s', (service) => {
    expect(ruleIds(file, allow(service, ''))).toEqual([]);
  });

  test('who only looks at the key, and who is denied', () => {
    for (const action of ['"kms:DescribeKey"', '["kms:Describe*", "kms:Get*", "kms:List*"]'])
      expect(ruleIds(file, allow('dynamodb.amazonaws.com', '', action)), action).toEqual([]);
    for (const action of ['"kms:*Key"', '["kms:List*", "kms:Verify"]', '"kms:Gett*"'])
      expect(ruleIds(file, allow('dynamodb.amazonaws.com', '', action)), action).not.toEqual([]);
    expect(ruleIds(file, allow('cloudwatch.amazonaws.com', '').replace('Allow', 'Deny'))).toEqual([]);
    expect(ruleIds(file, allow('cloudwatch.amazonaws.com', '').replace('"Principal"', '"NotPrincipal"'))).toEqual([]);
    expect(ruleIds('a.vpce-policy.json', allow('cloudwatch.amazonaws.com', ''))).toEqual([]);
  });
});

test('asks for the account, or for the resource', () => {
  for (const title of ['require `aws:SourceAccount`', 'require `aws:SourceArn`']) {
    const mended = fixed(file, marked, title);
    expect(Object.keys(JSON.parse(mended).Statement[0].Condition).length).toBe(1);
    expect(ruleIds(file, mended)).toEqual([]);
  }
});
