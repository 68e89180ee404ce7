import { describe, expect, test } from 'vitest';
import { outcome, titles } from './offers.ts';

const KEY_POLICY = 'file:///orders.key-policy.json';
const ACCOUNT =
  '{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" }';

const policy = (statement: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    ${ACCOUNT},
    ${statement}
  ]
}
`;

interface Parts {
  readonly principal?: string;
  readonly action?: string;
  readonly condition?: string;
  readonly effect?: string;
}

const statement = ({
  principal = '{ "AWS": "arn:aws:iam::111122223333:role/Orders" }',
  action = '["kms:Decrypt", "kms:GenerateDataKey"]',
  condition,
  effect = 'Allow',
}: Parts = {}): string => `{
      "Effect": "${effect}",
      "Principal": ${principal},
      "Action": ¦${action},
      "Resource": "*"${condition === undefined ? '' : `,\n      "Condition": ${condition}`}
    }`;

const plain = (parts: Parts): string => policy(statement(parts)).replace('¦', '');
const offered = (id: string, parts: Parts): string[] => titles(KEY_POLICY, policy(statement(parts)), id);

describe('only through a service', () => {
  const TITLE = 'Allow it through a service only (`kms:ViaService`)';
  const VIA = '"kms:ViaService": "s3.us-east-1.amazonaws.com"';

  test.each<[string, Parts, Parts]>([
    ['adds a condition', {}, { condition: `{ "StringEquals": { ${VIA} } }` }],
    [
      'goes beside a condition of the operator',
      { condition: '{ "StringEquals": { "kms:EncryptionContext:app": "orders" } }' },
      { condition: `{ "StringEquals": { "kms:EncryptionContext:app": "orders", ${VIA} } }` },
    ],
    [
      'goes beside another operator, whose comments stay',
      { condition: '{\n        // by role\n        "Bool": { "aws:SecureTransport": "true" }\n      }' },
      {
        condition: `{\n        // by role\n        "Bool": { "aws:SecureTransport": "true" },\n        "StringEquals": { ${VIA} }\n      }`,
      },
    ],
    [
      'means storage where grants are created',
      {
        action: '["kms:CreateGrant", "kms:Decrypt"]',
        condition: '{ "Bool": { "kms:GrantIsForAWSResource": "true" } }',
      },
      {
        action: '["kms:CreateGrant", "kms:Decrypt"]',
        condition: `{ "Bool": { "kms:GrantIsForAWSResource": "true" }, "StringEquals": { ${VIA.replace('s3', 'ec2')} } }`,
      },
    ],
  ])('%s', (_, before, expected) => {
    expect(outcome(KEY_POLICY, policy(statement(before)), TITLE)).toBe(plain(expected));
  });

  test('takes the Region of the key from the document', () => {
    const text = policy(statement()).replace(
      '"Resource": "*" }',
      '"Resource": "arn:aws:kms:eu-west-1:111122223333:key/*" }',
    );
    expect(outcome(KEY_POLICY, text, TITLE)).toContain('"s3.eu-west-1.amazonaws.com"');
  });

  test.each<[string, Parts]>([
    ['is there', { condition: `{ "StringLike": { ${VIA} } }` }],
    ['would weaken a Deny', { effect: 'Deny' }],
    ['is no business of administrators', { action: '["kms:PutKeyPolicy", "kms:Decrypt"]' }],
    ['is unknown to an action', { action: '["kms:ListKeys", "kms:Decrypt"]' }],
    ['is never in requests of services', { principal: '{ "Service": "s3.amazonaws.com" }' }],
    ['cannot be told of placeholders', { principal: '{ "AWS": "${Role}" }' }],
  ])('is not offered where it %s', (_, parts) => {
    expect(offered('restrict-to-service', parts)).not.toContain(TITLE);
  });
});

describe('for your own resources only', () => {
  const principal = '{ "Service": "sns.amazonaws.com" }';

  test('adds the account', () => {
    const made = outcome(KEY_POLICY, policy(statement({ principal })), /aws:SourceAccount/);
    expect(made).toBe(plain({ principal, condition: '{ "StringEquals": { "aws:SourceAccount": "111122223333" } }' }));
  });

  test('adds a resource to be filled in', () => {
    const made = outcome(KEY_POLICY, policy(statement({ principal })), /aws:SourceArn/);
    expect(JSON.parse(made).Statement[1].Condition).toEqual({
      ArnLike: { 'aws:SourceArn': 'arn:aws:service:region:account:resource' },
    });
  });

  test.each<[string, Parts]>([
    ['a condition does so', { principal, condition: '{ "StringEquals": { "aws:SourceOrgID": "o-exampleorgid" } }' }],
    ['the service sends neither', { principal: '{ "Service": "logs.us-east-1.amazonaws.com" }' }],
    ['people are named, too', { principal: '{ "Service": "sns.amazonaws.com", "AWS": "111122223333" }' }],
  ])('is not offered where %s', (_, parts) => {
    expect(offered('restrict-to-service', parts)).toEqual([]);
  });
});

describe('everyone', () => {
  const principal = '{ "AWS": "*" }';
  const condition = '{ "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } }';

  test('becomes the principals of the account', () => {
    expect(outcome(KEY_POLICY, policy(statement({ principal, condition })), /PrincipalAccount/)).toBe(
      plain({
        principal,
        condition: condition.replace('" } }', '", "aws:PrincipalAccount": "111122223333" } }'),
      }),
    );
  });

  test('becomes those of the organization, which another document may name', () => {
    const made = outcome(KEY_POLICY, policy(statement({ principal: '"*"' })), /PrincipalOrgID/);
    expect(made).toBe(
      plain({ principal: '"*"', condition: '{ "StringEquals": { "aws:PrincipalOrgID": "o-exampleorgid" } }' }),
    );
  });

  test.each<[string, Parts]>([
    ['nobody is', {}],
    [
      'a condition says where callers belong',
      { principal, condition: '{ "StringEquals": { "kms:CallerAccount": "111122223333" } }' },
    ],
    ['access is denied', { principal, effect: 'Deny' }],
  ])('is left alone where %s', (_, parts) => {
    expect(offered('pin-everyone', parts)).toEqual([]);
  });
});
