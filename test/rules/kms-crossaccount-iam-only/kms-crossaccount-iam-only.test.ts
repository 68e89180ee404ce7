import { expect, test } from 'vitest';
import { fromValue } from '../../../simulator/json/node.ts';
import { readPolicy } from '../../../simulator/policy/document.ts';
import { check, policyOf, ruleIds } from '../harness.ts';

const FILE = 'a.iam-policy.json';
const facts = { account: '111122223333' };
const allow = (actions: string, resource: string): string =>
  `{ "Effect": "Allow", "Action": ${actions}, "Resource": "${resource}" }`;
const FOREIGN = 'arn:aws:kms:us-east-1:444455556666:key/*';

test('reports keys of another account', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": "kms:*", "Resource": ["*", "arn:aws:kms:*:444455556666:key/*"] },
    //                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-crossaccount-iam-only: \`arn:aws:kms:*:444455556666:key/*\` is of account 444455556666, not of 111122223333; an identity policy allows nothing there unless the key policy does, too; see that the key policy lets 111122223333 in
    { "Effect": "Allow", "Action": "kms:EnableKey", "Resource": "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
    //                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-crossaccount-iam-only: none of the actions works on keys of other accounts
  `);
  check(FILE, text, { facts });
});

test.each([
  ['the own account', allow('"kms:Decrypt"', FOREIGN.replace('444455556666', '111122223333'))],
  ['any account', allow('"kms:Decrypt"', FOREIGN.replace('444455556666', '*'))],
  ['a placeholder', allow('"kms:Decrypt"', FOREIGN.replace('444455556666', '${Account}'))],
  ['an alias', allow('"kms:CreateAlias"', 'arn:aws:kms:us-east-1:444455556666:alias/orders')],
  ['another service', allow('["kms:Decrypt", "sqs:SendMessage"]', 'arn:aws:sqs:us-east-1:444455556666:orders')],
  ['actions of other services', allow('"sqs:SendMessage"', FOREIGN)],
  ['a Deny', allow('"kms:Decrypt"', FOREIGN).replace('Allow', 'Deny')],
])('leaves %s alone', (_, statements) => {
  expect(ruleIds(FILE, policyOf(statements), { facts })).toEqual([]);
});

test.each<[string, object, number]>([
  ['the account', { AWS: 'arn:aws:iam::111122223333:root' }, 0],
  ['a role of it', { AWS: ['arn:aws:iam::111122223333:role/App'] }, 0],
  ['everybody', '*' as unknown as object, 0],
  ['another account', { AWS: 'arn:aws:iam::999999999999:root' }, 1],
])('knows a key policy that lets %s in', (_, Principal, count) => {
  const key = FOREIGN.replace('*', '1234abcd-12ab-34cd-56ef-1234567890ab');
  const statement = { Effect: 'Allow', Principal, Action: 'kms:Decrypt', Resource: '*' };
  const keyPolicies = new Map([[key, readPolicy(fromValue({ Version: '2012-10-17', Statement: [statement] }))]]);
  const found = ruleIds(FILE, policyOf(allow('"kms:Decrypt"', key)), { facts: { ...facts, keyPolicies } });
  expect(found).toHaveLength(count);
});

const OTHERS_KEY = FOREIGN.replace('*', '1234abcd-12ab-34cd-56ef-1234567890ab');
const keyPolicyFor = (AWS: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' }],
});

test.each<[string, object | string | undefined, number]>([
  ['that stands beside it and lets the account in', keyPolicyFor('arn:aws:iam::111122223333:root'), 0],
  ['that stands beside it and does not', keyPolicyFor('arn:aws:iam::444455556666:root'), 1],
  ['in a file, which nobody has read', 'orders.key-policy.json', 0],
  ['that is left out', undefined, 1],
])('in a scenario, knows a key policy %s', (_, policy, count) => {
  const identity = JSON.parse(policyOf(allow('"kms:Decrypt"', OTHERS_KEY)));
  const text = JSON.stringify({
    principals: { App: { arn: 'arn:aws:iam::111122223333:role/App', policies: [identity] } },
    keys: {
      orders: { account: '444455556666', region: 'us-east-1', id: '1234abcd-12ab-34cd-56ef-1234567890ab', policy },
    },
    steps: [],
  });
  const found = ruleIds('a.kms-scenario.json', text).filter((id) => id === 'kms-crossaccount-iam-only');
  expect(found).toHaveLength(count);
});

test('says nothing where the own account is not known', () => {
  expect(ruleIds(FILE, policyOf(allow('"kms:Decrypt"', FOREIGN)))).toEqual([]);
});
