import { expect, test } from 'vitest';
import { titles } from '../found.ts';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const file = 'a.key-policy.json';
const root = '"arn:aws:iam::111122223333:root"';
const role = '"arn:aws:iam::111122223333:role/path/App"';
const session = '"arn:aws:sts::111122223333:assumed-role/App/s"';
const deny = (...arns: string[]): string =>
  policyOf(`
    { "Effect": "Deny", "NotPrincipal": { "AWS": [${arns.join(', ')}] }, "Action": "kms:Decrypt", "Resource": "*" }`);

const marked = policyOf(`
    { "Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*",
      "NotPrincipal": { "AWS": ["arn:aws:iam::111122223333:user/me", "arn:aws:iam::444455556666:root"] }
      //                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-notprincipal-deny: spares \`arn:aws:iam::111122223333:user/me\` and not its account \`arn:aws:iam::111122223333:root\`
    }`);

test('reports a user without the account', () => {
  check(file, marked);
});

test('reports a role without the account, and a session without its role', () => {
  expect(ruleIds(file, deny(role))).toEqual(['principal-notprincipal-deny']);
  expect(ruleIds(file, deny(session, root))).toEqual(['principal-notprincipal-deny']);
  expect(ruleIds(file, deny(session, role))).toEqual(['principal-notprincipal-deny', 'principal-notprincipal-deny']);
});

test.each([
  deny(session, role, root),
  deny(role, '"111122223333"'),
  deny(root),
  deny('"*"'),
  deny(role, '"${Account}"'),
  deny('"arn:aws:iam::${Account}:role/App"'),
  deny(role).replace('NotPrincipal', 'Principal'),
  deny(role).replace('Deny', 'Allow'),
])('leaves alone: %s', (text) => {
  expect(ruleIds(file, text)).toEqual([]);
});

test('everyone but those ARNs, where the list names users and roles', () => {
  const title = 'change to `"*"` with a condition on `aws:PrincipalArn`';
  const [statement] = JSON.parse(fixed(file, marked, title)).Statement;
  expect(statement.Principal).toBe('*');
  expect(statement.Condition).toEqual({ ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/me' } });
  expect(statement.NotPrincipal).toBeUndefined();
  expect(titles('principal-notprincipal-deny', file, deny(session, root))).toEqual([]);
});
