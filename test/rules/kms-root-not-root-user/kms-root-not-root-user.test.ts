import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const ROOT = '"arn:aws:iam::111122223333:root"';

const statement = (sid: string, principal = ROOT, more = ''): string =>
  policyOf(
    `{ "Sid": "${sid}", "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:*", "Resource": "*"${more} }`,
  );

test('reports a Sid that speaks of the root user', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    {
      "Sid": "AllowRootUser",
      //     ^^^^^^^^^^^^^^^ kms-root-not-root-user: \`arn:aws:iam::111122223333:root\` is the whole account and not its root user alone; identity policies of the account can allow these actions to any of its users and roles; say so in the \`Sid\`, or name the principals that are meant
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:*",
      "Resource": "*"
    }`),
  );
});

test.each(['root user', 'Root-only access', 'only root'])('reports %s', (sid) => {
  expect(ruleIds('a.key-policy.json', statement(sid))).toEqual(['kms-root-not-root-user']);
});

test.each(['Enable IAM User Permissions', 'Allow root', 'Root account', 'Root and users'])('leaves alone %s', (sid) => {
  expect(ruleIds('a.key-policy.json', statement(sid))).toEqual([]);
});

test('leaves alone other principals, and a condition that may ask for the root user', () => {
  expect(ruleIds('a.key-policy.json', statement('Root user', '"arn:aws:iam::111122223333:user/root"'))).toEqual([]);
  const onlyRoot = `, "Condition": { "StringEquals": { "aws:PrincipalArn": ${ROOT} } }`;
  expect(ruleIds('a.key-policy.json', statement('Root user', ROOT, onlyRoot))).toEqual([]);
});
