import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

interface Parts {
  readonly actions?: string;
  readonly principal?: string;
  readonly conditions?: string;
}

const USE = '["kms:Decrypt", "kms:GenerateDataKey*"]';
const ROLE = '{ "AWS": "arn:aws:iam::111122223333:role/A" }';
const viaService = (...services: readonly string[]): string =>
  `{ "StringEquals": { "kms:ViaService": ${JSON.stringify(services.map((each) => `${each}.us-east-1.amazonaws.com`))} } }`;

const allow = ({ actions = USE, principal = ROLE, conditions = viaService('ec2') }: Parts = {}): string =>
  `{ "Effect": "Allow", "Principal": ${principal}, "Action": ${actions}, "Resource": "*", "Condition": ${conditions} }`;

const delegation = '{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" }';

test('reports the service, and adds a statement for its grants', () => {
  const text = policyOf(`
    {
      "Sid": "Volumes",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/A" },
      "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
      "Resource": "*",
      "Condition": {
        "Bool": { "aws:MultiFactorAuthPresent": "true" },
        "StringEquals": { "kms:ViaService": "ec2.us-east-1.amazonaws.com" }
        //                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-viaservice-missing-grant: \`arn:aws:iam::111122223333:role/A\` may use the key through \`ec2\`, and make no grants; the service keeps using it through a grant, so making or attaching an encrypted resource takes \`kms:CreateGrant\`; allow it with \`kms:GrantIsForAWSResource\`
      }
    }
  `);
  const mended = fixed('a.key-policy.json', text, 'allow `kms:CreateGrant` for AWS resources');
  const [, added] = JSON.parse(mended).Statement;
  expect(added).toEqual({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:role/A' },
    Action: 'kms:CreateGrant',
    Resource: '*',
    Condition: {
      Bool: { 'aws:MultiFactorAuthPresent': 'true', 'kms:GrantIsForAWSResource': 'true' },
      StringEquals: { 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' },
    },
  });
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
});

test('where the account is let in, identity policies may allow it', () => {
  const text = policyOf(`${delegation},
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/A" }, "Action": "kms:GenerateDataKey*", "Resource": "*",
      "Condition": { "StringLike": { "kms:ViaService": "rds.*.amazonaws.com" } } }
    //                                                 ^^^^^^^^^^^^^^^^^^^^^ kms-viaservice-missing-grant: unless an identity policy does
  `);
  check('a.key-policy.json', text);
});

test.each([
  ['several services that make grants', allow({ conditions: viaService('ec2', 'redshift') })],
  ['everyone of an account', allow({ principal: '"*"' })],
  [
    'grants of somebody else',
    `${allow()}, ${allow({ actions: '"kms:CreateGrant"', principal: '{ "AWS": "arn:aws:iam::111122223333:role/B" }' })}`,
  ],
  [
    'a Region that a template fills in',
    allow({ conditions: '{ "StringEquals": { "kms:ViaService": "ec2.${AWS::Region}.amazonaws.com" } }' }),
  ],
])('reports %s', (_, statements) => {
  expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual(['kms-viaservice-missing-grant']);
});

test.each([
  ['grants in the same statement', allow({ actions: '["kms:GenerateDataKey*", "kms:CreateGrant"]' })],
  ['grants in another statement', `${allow()}, ${allow({ actions: '"kms:Create*"' })}`],
  ['grants of everyone', `${allow()}, ${allow({ actions: '"kms:CreateGrant"', principal: '"*"' })}`],
  ['a service that makes none', allow({ conditions: viaService('s3') })],
  ['one of several services that makes none', allow({ conditions: viaService('ec2', 's3') })],
  ['actions that only read', allow({ actions: '["kms:Decrypt", "kms:DescribeKey"]' })],
  [
    'Performance Insights',
    allow({
      conditions:
        '{ "StringEquals": { "kms:ViaService": "rds.us-east-1.amazonaws.com", "kms:EncryptionContext:aws:pi:service": "rds" } }',
    }),
  ],
  ['the account', allow({ principal: '{ "AWS": "111122223333" }' })],
  ['a service as the principal', allow({ principal: '{ "Service": "ec2.amazonaws.com" }' })],
  [
    'a condition on all other services',
    allow({ conditions: viaService('ec2').replace('StringEquals', 'StringNotEquals') }),
  ],
  ['a placeholder among the actions', `${allow()}, ${allow({ actions: '"${More}"' })}`],
  [
    'a placeholder among those who make grants',
    `${allow()}, ${allow({ actions: '"kms:CreateGrant"', principal: '{ "AWS": "${Role}" }' })}`,
  ],
  ['a Deny', allow().replace('Allow', 'Deny')],
])('leaves %s alone', (_, statements) => {
  expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
});
