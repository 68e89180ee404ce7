import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

test('reports an Allow with NotAction, at its name', () => {
  check(
    'a.iam-policy.json',
    policyOf(`
    { "Effect": "Allow", "NotAction": "kms:Decrypt", "Resource": "*" }
    //                   ^^^^^^^^^^^ notaction-allow: \`Allow\` with \`NotAction\` allows everything that is not named
  `),
  );
});

test.each([
  ['a.iam-policy.json', '{ "Effect": "Deny", "NotAction": "kms:Decrypt", "Resource": "*" }'],
  ['a.scp.json', '{ "Effect": "Allow", "NotAction": "kms:Decrypt", "Resource": "*" }'],
  ['a.iam-policy.json', '{ "Effect": "Allow", "NotAction": "kms:Decrypt", "NotResource": "*" }'],
])('leaves alone in %s: %s', (file, statement) => {
  expect(ruleIds(file, policyOf(statement))).toEqual([]);
});
