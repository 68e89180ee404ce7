import { expect, test } from 'vitest';
import { mended, titles } from '../found.ts';
import { check, policyOf, ruleIds } from '../harness.ts';

const file = 'a.key-policy.json';
const rule = 'kms-role-arn-assumed-in-role-form';
const of = (arn: string): string =>
  policyOf(`{ "Effect": "Allow", "Principal": { "AWS": "${arn}" }, "Action": "kms:Decrypt", "Resource": "*" }`);

test('reports the service', () => {
  check(
    file,
    policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
      "Principal": { "AWS": [
        "arn:aws:sts::111122223333:role/App",
        //       ^^^ kms-role-arn-assumed-in-role-form: is no session, and only sessions belong to \`sts\`; AWS rejects the policy; write \`iam\`
        "arn:aws:iam::111122223333:assumed-role/App/s"
        //       ^^^ kms-role-arn-assumed-in-role-form: is a session, and sessions belong to \`sts\`
      ] }
    }`),
  );
});

test.each([
  ['arn:aws:sts::111122223333:role/App', ['change to `arn:aws:iam::111122223333:role/App` (safe)']],
  ['arn:aws:sts::111122223333:root', ['change to `arn:aws:iam::111122223333:root` (safe)']],
  [
    'arn:aws-cn:iam::111122223333:assumed-role/App/s',
    [
      'change to `arn:aws-cn:sts::111122223333:assumed-role/App/s`',
      'change to `arn:aws-cn:iam::111122223333:role/App`',
    ],
  ],
  ['arn:aws:iam::111122223333:assumed-role/App', ['change to `arn:aws:iam::111122223333:role/App`']],
])('mends %s', (arn, offered) => {
  expect(titles(rule, file, of(arn))).toEqual(offered);
  for (const title of offered)
    expect(ruleIds(file, mended(rule, file, of(arn), title.replace(' (safe)', '')))).toEqual([]);
});

test.each([
  'arn:aws:iam::111122223333:role/App',
  'arn:aws:sts::111122223333:assumed-role/App/s',
  'arn:aws:iam::111122223333:role/assumed-role/App',
  'arn:aws:${Service}::111122223333:role/App',
])('leaves %s alone', (arn) => {
  expect(ruleIds(file, of(arn))).toEqual([]);
});
