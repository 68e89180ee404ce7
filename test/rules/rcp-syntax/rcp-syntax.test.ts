import { describe, expect, test } from 'vitest';
import { check, fixTitles, policyOf, ruleIds } from '../harness.ts';

test('reports what only other policies have', () => {
  check(
    'a.rcp.json',
    policyOf(`
    { "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*" },
//              ^^^^^^^ rcp-syntax: a resource control policy cannot allow anything; AWS Organizations rejects the policy; deny what is not wanted
    { "Effect": "Deny", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" },
//                                   ^^^^^^^^^^^^^^^^^^^^^^^^^ rcp-syntax: the principal of a resource control policy is \`"*"\`; AWS Organizations rejects the policy; say who is meant by a condition on \`aws:PrincipalArn\`
    { "Effect": "Deny", "NotPrincipal": { "AWS": "111122223333" }, "NotAction": "kms:*", "Resource": "*" }
//                      ^^^^^^^^^^^^^^ rcp-syntax: a resource control policy takes no \`NotPrincipal\`
//                                                                 ^^^^^^^^^^^ rcp-syntax: a resource control policy takes no \`NotAction\`
  `),
  );
});

describe('leaves alone', () => {
  test.each([
    '{ "Effect": "Deny", "Principal": "*", "Action": "kms:*", "NotResource": "arn:aws:kms:*:*:key/a" }',
    '{ "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "*", "Resource": "*" }',
    '{ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }',
    '{ "Effect": "Deny", "Principal": "${Who}", "Action": "kms:*", "Resource": "*" }',
  ])('%s', (statement) => {
    expect(ruleIds('a.rcp.json', policyOf(statement))).toEqual([]);
  });

  test.each(['a.key-policy.json', 'a.vpce-policy.json', 'a.json'])('%s', (file) => {
    const statement =
      '{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" }';
    expect(ruleIds(file, policyOf(statement))).toEqual([]);
  });
});

test('offers everyone as the principal', () => {
  const statement = '{ "Effect": "Deny", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" }';
  expect(fixTitles('a.rcp.json', policyOf(statement))).toContain('change to `"*"`');
});
