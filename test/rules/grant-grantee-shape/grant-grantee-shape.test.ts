import { expect, test } from 'vitest';
import { check, fixTitles, ruleIds } from '../harness.ts';

test('reports what no grant can name', () => {
  check(
    'a.kms-grants.json',
    `[
      { "GranteePrincipal": "*" },
      //                    ^^^ grant-grantee-shape: \`*\` is everyone, and a grant names one principal; AWS KMS rejects the request; name a role, a user or an account
      { "GranteePrincipal": "arn:aws:iam::111122223333:group/Clerks" },
      //                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ grant-grantee-shape: is a group, which no grant can name
      { "GranteePrincipal": "arn:aws:iam::111122223333:role/*" },
      //                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ grant-grantee-shape: has a wildcard in it, and grants take none
      { "GranteePrincipal": "arn:aws:iam::111122223333:role/A", "RetiringPrincipal": "111122223333" }
      //                                                                             ^^^^^^^^^^^^^^ grant-grantee-shape: \`111122223333\` is an account without its ARN; AWS KMS rejects the request; write \`arn:aws:iam::111122223333:root\`
    ]`,
  );
});

test('offers the ARN of the account, in the partition of the key', () => {
  const text = (key: string): string => JSON.stringify({ KeyId: key, GranteePrincipal: '111122223333' });
  expect(fixTitles('a.kms-grant.json', text('1234abcd-12ab-34cd-56ef-1234567890ab'))).toEqual([
    'change to `arn:aws:iam::111122223333:root`',
  ]);
  expect(fixTitles('a.kms-grant.json', text('arn:aws-cn:kms:cn-north-1:111122223333:key/a'))).toEqual([
    'change to `arn:aws-cn:iam::111122223333:root`',
  ]);
});

test.each([
  '{ "GranteePrincipal": "arn:aws:iam::111122223333:role/path/Orders" }',
  '{ "GranteePrincipal": "arn:aws:iam::111122223333:user/Alice" }',
  '{ "GranteePrincipal": "arn:aws:iam::111122223333:root" }',
  '{ "GranteePrincipal": "arn:aws:sts::111122223333:assumed-role/Orders/run" }',
  '{ "GranteePrincipal": "arn:aws:sts::111122223333:federated-user/Alice" }',
  '{ "GranteePrincipal": "${Grantee}" }',
  '{ "GranteePrincipal": "arn:aws:iam::<account>:role/*" }',
  '{ "GranteePrincipal": "AROAEXAMPLEEXAMPLEEXA" }',
  '{ "GranteePrincipal": "" }',
  '{ "GranteePrincipal": 111122223333 }',
  '{ "GranteeServicePrincipal": "*" }',
  '{ "Grants": [{ "GranteePrincipal": "*" }] }',
])('leaves %s alone', (text) => {
  expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
});
