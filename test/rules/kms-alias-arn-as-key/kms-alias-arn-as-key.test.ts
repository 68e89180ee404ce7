import { expect, test } from 'vitest';
import { titles } from '../found.ts';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const ALIAS = '"arn:aws:kms:us-east-1:111122223333:alias/app"';
const of = (action: string, resource = ALIAS): string =>
  policyOf(`{ "Effect": "Allow", "Action": ${action}, "Resource": ${resource} }`);

const marked = policyOf(`
    { "Effect": "Allow", "Action": ["kms:Decrypt", "kms:Generate*"], "Resource": "arn:aws:kms:us-east-1:111122223333:alias/app" }
    //                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-alias-arn-as-key: is the alias and not the key behind it; AWS KMS asks for the key, so nothing is allowed
    `);

test('reports aliases, patterns of them, too', () => {
  check(file, marked);
  expect(ruleIds(file, of('"kms:DescribeKey"', '["arn:aws:kms:*:*:alias/*", "arn:aws:kms:*:*:key/*"]'))).toEqual([
    'kms-alias-arn-as-key',
  ]);
});

test('mends it with a condition, or the key', () => {
  const byAlias = JSON.parse(fixed(file, marked, 'test `kms:ResourceAliases` in a condition'));
  expect(byAlias.Statement[0].Resource).toBe('arn:aws:kms:us-east-1:111122223333:key/*');
  expect(byAlias.Statement[0].Condition).toEqual({
    'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/app' },
  });
  expect(ruleIds(file, JSON.stringify(byAlias))).toEqual([]);
  expect(ruleIds(file, fixed(file, marked, 'name the key'))).toEqual([]);
  const two = of('"kms:Decrypt"', `[${ALIAS}, "arn:aws:kms:*:111122223333:key/*"]`);
  expect(titles('kms-alias-arn-as-key', file, two)).toEqual(['name the key']);
});

test.each([
  of('"kms:CreateAlias"'),
  of('["kms:Decrypt", "kms:UpdateAlias"]'),
  of('"kms:*"'),
  of('"*"'),
  of('["kms:Decrypt", "${Action}"]'),
  of('"kms:ListAliases"'),
  of('"s3:GetObject"'),
  of('"kms:Decrypt"', '"arn:aws:kms:us-east-1:111122223333:*"'),
  of('"kms:Decrypt"', '"arn:aws:kms:us-east-1:111122223333:${Resource}"'),
  of('"kms:Decrypt"').replace('"Resource"', '"NotResource"'),
])('leaves alone: %s', (text) => {
  expect(ruleIds(file, text)).toEqual([]);
});
