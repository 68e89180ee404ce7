import { describe, expect, test } from 'vitest';
import { mended, messages, titles } from '../found.ts';
import { check, policyOf, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const of = (resource: string): string =>
  policyOf(`{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": ${JSON.stringify(resource)} }`);
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';

test('reports the field that is wrong, also in `NotResource` and in key policies', () => {
  check(
    file,
    policyOf(`
    { "Effect": "Deny", "Action": "kms:Decrypt",
      "NotResource": ["arn:aws:KMS:us-east-1:111122223333:key/*", "arn:aws:kms:us-east-1a:1111:key/*"]
      //                       ^^^ arn-shape: has capitals in its service \`KMS\`; AWS rejects the policy, or the entry stands for nothing; write \`kms\`
      //                                                                       ^^^^^^^^^^ arn-shape: names \`us-east-1a\`, which is no Region
      //                                                                                  ^^^^ arn-shape: names the account \`1111\`, and accounts have twelve digits
    }`),
  );
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:Decrypt", "Resource": "this key" }
    //                                                                                                ^^^^^^^^^^ arn-shape: is no ARN
    `),
  );
});

describe('says what is wrong and what was meant', () => {
  test.each([
    ['', 'an empty text is no resource', []],
    [
      `ARN:aws:kms:us-east-1:111122223333:key/${KEY}`,
      'write `arn` in small letters',
      [`change to \`arn:aws:kms:us-east-1:111122223333:key/${KEY}\` (safe)`],
    ],
    [
      ' arn:aws:kms:*:111122223333:key/* ',
      'has spaces around it',
      ['change to `arn:aws:kms:*:111122223333:key/*` (safe)'],
    ],
    ['arn:aws:kms:us-east-1:111122223333', 'has 5 of 6 fields', []],
    ['arn:aws:iam:111122223333:role/x', 'has 5 of 6 fields', ['change to `arn:aws:iam::111122223333:role/x` (safe)']],
    ['arn:asw:kms:*:111122223333:key/*', 'is no partition of AWS', ['change to `arn:aws:kms:*:111122223333:key/*`']],
    ['arn:aws::us-east-1:111122223333:key/x', 'names no service', []],
    ['arn:aws:*:us-east-1:111122223333:key/x', 'has a wildcard for its service', []],
    ['arn:aws:kms::111122223333:key/x', 'names no Region', []],
    [
      'arn:aws:kms:us_east_1:111122223333:key/x',
      'is no Region',
      ['change to `arn:aws:kms:us-east-1:111122223333:key/x`'],
    ],
    [
      'arn:aws:iam:us-east-1:111122223333:role/x',
      'what belongs to IAM has none',
      ['change to `arn:aws:iam::111122223333:role/x`'],
    ],
    [
      'arn:aws:kms:us-east-1:1111-2222-3333:key/x',
      'accounts have twelve digits',
      ['change to `arn:aws:kms:us-east-1:111122223333:key/x` (safe)'],
    ],
    ['arn:aws:kms:us-east-1::key/x', 'names no account', []],
    ['arn:aws:kms:us-east-1:111122223333:', 'names no resource', []],
  ])('%s', (resource, message, offered) => {
    const found = messages('arn-shape', file, of(resource));
    expect(found.length).toBe(1);
    expect(found[0]).toContain(message);
    expect(titles('arn-shape', file, of(resource))).toEqual(offered);
    for (const title of offered)
      expect(ruleIds(file, mended('arn-shape', file, of(resource), title.replace(' (safe)', '')))).toEqual([]);
  });
});

test.each([
  '*',
  `arn:aws:kms:us-east-1:111122223333:key/${KEY}`,
  'arn:aws-cn:kms:cn-north-1:111122223333:alias/x',
  'arn:*:kms:*:*:*',
  'arn:aws:kms:*',
  'arn:aws:s3:::bucket/*',
  'arn:aws:iam::aws:policy/AdministratorAccess',
  'arn:aws:ssm:us-east-1::parameter/aws/*',
  'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*',
  'arn:aws:kms:region:account-id:key/key-id',
  'arn:aws:kms:us-east-1:${aws:PrincipalAccount}:key/*',
  '${KeyArn}',
  KEY,
  'alias/x',
])('leaves %s alone', (resource) => {
  expect(ruleIds(file, of(resource))).toEqual([]);
});
