import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const allow = (service: string, effect = 'Allow'): string =>
  policyOf(
    `{ "Effect": "${effect}", "Principal": { "Service": "${service}" }, "Action": "kms:Decrypt", "Resource": "*" }`,
  );

test('reports a name that lacks its Region, and puts one in', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "Service": ["logs.amazonaws.com"] }, "Action": "kms:Decrypt", "Resource": "*" }
    //                                              ^^^^^^^^^^^^^^^^^^^^ kms-service-principal-region: \`logs.amazonaws.com\` lacks a Region; the service calls under a name with the Region in it
  `);
  const mended = fixed('a.key-policy.json', text, 'put a Region in');
  expect(mended).toContain('"logs.us-east-1.amazonaws.com"');
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
});

test('reports a name with a Region that it does not have, and takes it out', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "Service": "cloudtrail.us-east-1.amazonaws.com" }, "Action": "kms:Decrypt", "Resource": "*" }
    //                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-service-principal-region: \`cloudtrail.us-east-1.amazonaws.com\` has a Region, and the service principal has none; the service calls under the same name everywhere
  `);
  expect(fixed('a.key-policy.json', text, 'change to `cloudtrail.amazonaws.com`')).toContain(
    '"cloudtrail.amazonaws.com"',
  );
});

test.each([
  'logs.eu-central-1.amazonaws.com',
  'logs.${AWS::Region}.amazonaws.com',
  'logs.<region>.amazonaws.com',
  'delivery.logs.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'sns.ap-east-1.amazonaws.com',
  'orders.amazonaws.com',
])('leaves %s alone', (service) => {
  expect(ruleIds('a.key-policy.json', allow(service))).toEqual([]);
});

test('leaves a Deny alone', () => {
  expect(ruleIds('a.key-policy.json', allow('logs.amazonaws.com', 'Deny'))).toEqual([]);
});
