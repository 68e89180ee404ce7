import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const of = (principal: string): string =>
  policyOf(`
    { "Effect": "Allow", "Principal": ${principal}, "Action": "kms:Decrypt", "Resource": "*" }`);

test('reports identity providers, wherever they stand', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
      "Principal": {
        "Federated": ["cognito-identity.amazonaws.com", "\${Provider}"],
        //            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-federated-in-key-policy: the identity provider \`cognito-identity.amazonaws.com\` cannot be a principal of a key policy
        //                                              ^^^^^^^^^^^^^ principal-federated-in-key-policy
        "AWS": "arn:aws:iam::111122223333:saml-provider/x"
        //     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-federated-in-key-policy
      }
    }`),
  );
});

test('leaves federated users and other policies alone', () => {
  expect(ruleIds('a.key-policy.json', of('{ "AWS": "arn:aws:sts::111122223333:federated-user/me" }'))).toEqual([]);
  expect(ruleIds('a.key-policy.json', of('{ "AWS": "arn:aws:iam::111122223333:root" }'))).toEqual([]);
  expect(ruleIds('a.vpce-policy.json', of('{ "Federated": "accounts.google.com" }'))).toEqual([]);
});
