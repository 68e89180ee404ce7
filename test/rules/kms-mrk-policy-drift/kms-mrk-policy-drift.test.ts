import { expect, test } from 'vitest';
import { fromValue } from '../../../simulator/json/node.ts';
import { readPolicy } from '../../../simulator/policy/document.ts';
import { check, ruleIds } from '../harness.ts';

const delegation = {
  Sid: 'Let IAM decide',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
};
const reads = (more: object = {}): object => ({
  Effect: 'Allow',
  Principal: { AWS: ['arn:aws:iam::111122223333:role/A', 'arn:aws:iam::111122223333:role/B'] },
  Action: ['kms:Decrypt', 'kms:DescribeKey'],
  Resource: '*',
  Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
  ...more,
});

const facts = (...Statement: object[]) => ({
  replicas: [
    {
      name: 'orders-eu',
      region: 'eu-west-1',
      ownRegion: 'us-east-1',
      policy: readPolicy(fromValue({ Version: '2012-10-17', Statement })),
    },
  ],
});

const count = (own: object[], other: object[]): number =>
  ruleIds('k.key-policy.json', JSON.stringify({ Version: '2012-10-17', Statement: own }), { facts: facts(...other) })
    .length;

test('reports a statement that the replica lacks, and one that it has alone', () => {
  check(
    'k.key-policy.json',
    `{
      "Version": "2012-10-17",
      "Statement": [
   // ^^^^^^^^^^^ kms-mrk-policy-drift: “Only there” of \`orders-eu\` in eu-west-1 is missing here; the keys share their material, so whoever either policy lets in reads the same data; make the policies alike, or see that eu-west-1 is meant to differ
        { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" }
      ]
    }`,
    { facts: facts(delegation, reads({ Sid: 'Only there' })) },
  );
  expect(count([delegation, reads()], [delegation])).toBe(1);
});

test.each<[string, object[], object[]]>([
  ['the same', [delegation, reads()], [delegation, reads()]],
  ['another order', [reads(), delegation], [delegation, reads()]],
  ['other names', [reads({ Sid: 'a' })], [reads({ Sid: 'b' })]],
  [
    'values in another order, and a list of one',
    [reads(), { ...delegation, Action: ['kms:*'] }],
    [reads({ Action: ['kms:DescribeKey', 'kms:Decrypt'] }), delegation],
  ],
  [
    'the Region of each',
    [reads()],
    [reads({ Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } })],
  ],
])('leaves alone policies with %s', (_, own, other) => {
  expect(count(own, other)).toBe(0);
});

test.each<[string, object]>([
  ['effect', { Effect: 'Deny' }],
  ['principals', { Principal: '*' }],
  ['actions', { Action: 'kms:Decrypt' }],
  ['conditions', { Condition: {} }],
  ['Region', { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-north-1.amazonaws.com' } } }],
])('notices other %s', (_, more) => {
  expect(
    count(
      [reads()],
      [reads({ Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, ...more })],
    ),
  ).toBe(2);
});
