import { describe, expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const allow = (principal: string, action: string): string =>
  `{ "Effect": "Allow", "Principal": ${principal}, "Action": ${action}, "Resource": "*" }`;
const DNSSEC = '{ "Service": "dnssec-route53.amazonaws.com" }';
const SCALING =
  '{ "AWS": "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling" }';
const USE = '["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]';

describe('reports', () => {
  test('the actions that are missing in all statements, and adds them', () => {
    const marked = policyOf(`
    { "Effect": "Allow", "Principal": { "Service": "logs.eu-west-1.amazonaws.com" }, "Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": "*" },
    //                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-service-recipe-incomplete: \`logs.eu-west-1.amazonaws.com\` lacks \`kms:ReEncrypt*\`, \`kms:Describe*\`; AWS lists it among what Amazon CloudWatch Logs needs on the key; add it
    { "Effect": "Allow", "Principal": { "Service": "logs.eu-west-1.amazonaws.com" }, "Action": "kms:GenerateDataKey", "Resource": "*" }
  `);
    const mended = fixed('a.key-policy.json', marked, 'add `kms:ReEncrypt*`, `kms:Describe*`');
    expect(JSON.parse(mended).Statement[0].Action).toEqual([
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncrypt*',
      'kms:Describe*',
    ]);
    expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
  });

  test('Auto Scaling without grants', () => {
    expect(ruleIds('a.key-policy.json', policyOf(allow(SCALING, USE)))).toEqual(['kms-service-recipe-incomplete']);
  });
});

describe('leaves alone', () => {
  test.each([
    ['all of a recipe', `${allow(SCALING, USE)}, ${allow(SCALING, '"kms:CreateGrant"')}`],
    ['wider actions', allow(DNSSEC, '["kms:Describe*", "kms:Get*", "kms:Sign", "kms:Create*"]')],
    ['everyone besides', `${allow(DNSSEC, '"kms:Sign"')}, ${allow('"*"', '"kms:DescribeKey"')}`],
    ['a placeholder besides', `${allow(DNSSEC, '"kms:Sign"')}, ${allow('{ "Service": "${Other}" }', '"kms:*"')}`],
    ['actions that are yet to be filled in', allow(DNSSEC, '["kms:Sign", "${More}"]')],
    ['other services', allow('{ "Service": "cloudtrail.amazonaws.com" }', '"kms:DescribeKey"')],
    ['a Deny', allow(DNSSEC, '"kms:Sign"').replace('Allow', 'Deny')],
  ])('%s', (_, statements) => {
    check('a.key-policy.json', policyOf(statements));
  });
});
