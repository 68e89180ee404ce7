import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const FILE = 'a.iam-policy.json';
const key = (region: string): string => `"arn:aws:kms:${region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"`;
const allow = (actions: string, resource = '"*"'): string =>
  `{ "Effect": "Allow", "Action": ${actions}, "Resource": ${resource} }`;
const move = (...resources: readonly string[]): string => allow('"kms:UpdatePrimaryRegion"', `[${resources}]`);

test('reports a replica that cannot be made, and allows it', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": ["kms:DescribeKey", "kms:ReplicateKey"], "Resource": "*" }
    //                                                 ^^^^^^^^^^^^^^^^^^ kms-replicate-needs-createkey: \`kms:ReplicateKey\` makes no replica without \`kms:CreateKey\`, which the policy does not allow; AWS KMS asks for it in the Region of the replica, and only an identity policy can give it; allow it on \`"*"\`, unless another policy does
  `);
  const mended = fixed(FILE, text, 'allow `kms:CreateKey`');
  expect(JSON.parse(mended).Statement[1]).toEqual({ Effect: 'Allow', Action: 'kms:CreateKey', Resource: '*' });
  expect(ruleIds(FILE, mended)).toEqual([]);
});

test('reports a primary Region that cannot change', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": "kms:UpdatePrimaryRegion", "Resource": ${key('us-east-1')} }
    //                             ^^^^^^^^^^^^^^^^^^^^^^^^^ kms-replicate-needs-createkey: \`kms:UpdatePrimaryRegion\` is allowed on a multi-Region key in one Region alone; AWS KMS asks for it on the replica that takes over as well
  `);
  check(FILE, text);
});

test.each([
  ['both', allow('["kms:ReplicateKey", "kms:CreateKey"]')],
  ['both in two statements', `${allow('"kms:ReplicateKey"')}, ${allow('"kms:Create*"')}`],
  ['a wildcard', allow('"kms:Replicate*"')],
  ['keys that are made and not replicated', allow('"kms:CreateKey"')],
  ['a placeholder', `${allow('"kms:ReplicateKey"')}, ${allow('"${More}"')}`],
  ['a Deny', allow('"kms:ReplicateKey"').replace('Allow', 'Deny')],
  ['a move between any Regions', move(key('*'))],
  ['a move between two Regions', move(key('us-east-1'), key('eu-west-1'))],
  ['a move with another statement', `${move(key('us-east-1'))}, ${move('"*"')}`],
  ['a move of any key', move('"arn:aws:kms:us-east-1:111122223333:key/*"')],
])('leaves %s alone', (_, statements) => {
  expect(ruleIds(FILE, policyOf(statements))).toEqual([]);
});

test('leaves key policies alone', () => {
  const text = policyOf(
    '{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": ["kms:ReplicateKey", "kms:UpdatePrimaryRegion"], "Resource": "*" }',
  );
  expect(ruleIds('a.key-policy.json', text)).toEqual([]);
});
