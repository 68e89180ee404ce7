import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const key = (rest: string): string => `arn:aws:kms:${rest}`;

test('reports what another entry covers, and removes it', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": ["*", "arn:aws:kms:us-east-1:111122223333:key/*"] }
    //                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redundant-resource: is covered by \`*\`; it changes nothing
  `);
  const title = 'remove `arn:aws:kms:us-east-1:111122223333:key/*`';
  expect(fixed('a.iam-policy.json', text, title)).toContain('"Resource": ["*"]');
});

test.each([
  [[key('*:111122223333:key/*'), key('us-east-1:111122223333:key/mrk-*')], 1],
  [[key('us-east-1:111122223333:key/*'), key('us-east-1:111122223333:alias/x')], 0],
  [[key('us-*:111122223333:key/*'), key('eu-west-1:111122223333:key/a')], 0],
  [[key('us-east-1:*'), key('us-east-1:111122223333:key/a')], 0],
  [[key('us-east-1:${aws:PrincipalAccount}:key/*'), key('us-east-1:111122223333:key/a')], 0],
])('of %j it reports %i', (resources, count) => {
  const text = policyOf(`{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": ${JSON.stringify(resources)} }`);
  expect(ruleIds('a.iam-policy.json', text)).toHaveLength(count);
});
