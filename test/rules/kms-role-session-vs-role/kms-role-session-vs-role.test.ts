import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const marked = policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
      "Principal": { "AWS": "arn:aws-cn:sts::111122223333:assumed-role/App/s" }
      //                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-role-session-vs-role: is a single session and not the role; it holds for sessions of that name alone
    }`);

test('reports a session that is allowed something', () => {
  check('a.key-policy.json', marked);
  const mended = fixed('a.key-policy.json', marked, 'change to the role `arn:aws-cn:iam::111122223333:role/App`');
  expect(JSON.parse(mended).Statement[0].Principal.AWS).toBe('arn:aws-cn:iam::111122223333:role/App');
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
});

test.each([
  '"Effect": "Deny", "Principal": { "AWS": "arn:aws:sts::111122223333:assumed-role/App/s" }',
  '"Effect": "Deny", "NotPrincipal": { "AWS": "arn:aws:sts::111122223333:assumed-role/App/s" }',
  '"Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/App" }',
  '"Effect": "Allow", "Principal": { "AWS": "arn:aws:sts::111122223333:assumed-role/App/${Session}" }',
  '"Effect": "Allow", "Principal": { "AWS": "arn:aws:sts::111122223333:federated-user/me" }',
])('leaves alone: %s', (parts) => {
  expect(ruleIds('a.key-policy.json', policyOf(`{ ${parts}, "Action": "kms:Decrypt", "Resource": "*" }`))).toEqual([]);
});
