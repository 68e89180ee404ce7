import { describe, expect, test } from 'vitest';
import { outcome, titles } from './offers.ts';

const KEY_POLICY = 'file:///orders.key-policy.json';
const IAM_POLICY = 'file:///orders.iam-policy.json';

const keyPolicy = (action: string, more = ''): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Let IAM policies decide",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:*",
      "Resource": "*"
    },
    {
      "Sid": "Orders",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
      "Action": ${action},
      "Resource": "*"${more}
    }
  ]
}
`;

describe('sorting a statement', () => {
  const TITLE = 'Sort the lists of the statement';

  test.each([
    ['in order', '["kms:Encrypt", ¦"kms:Decrypt"]', '["kms:Decrypt", "kms:Encrypt"]'],
    [
      'each once, whatever its capitals',
      '["kms:Encrypt", ¦"kms:encrypt", "kms:Decrypt"]',
      '["kms:Decrypt", "kms:Encrypt"]',
    ],
    ['keeps lines', '[\n    "kms:Encrypt",\n    ¦"kms:Decrypt"\n  ]', '[\n    "kms:Decrypt",\n    "kms:Encrypt"\n  ]'],
    ['keeps how texts are escaped', '["kms:Encrypt", ¦"kms:\\u0044ecrypt"]', '["kms:\\u0044ecrypt", "kms:Encrypt"]'],
  ])('puts lists %s', (_, before, expected) => {
    expect(outcome(KEY_POLICY, keyPolicy(before), TITLE)).toBe(keyPolicy(expected));
  });

  test.each([
    ['order is there', '["kms:Decrypt", ¦"kms:Encrypt"]'],
    ['a comment explains an entry', '["kms:Encrypt", ¦/* to read */ "kms:Decrypt"]'],
    ['an entry is no text', '["kms:Encrypt", ¦"kms:Decrypt", 1]'],
    ['there is no list', '¦"kms:Encrypt"'],
  ])('is not offered where %s', (_, action) => {
    expect(titles(KEY_POLICY, keyPolicy(action), 'sort-statement')).toEqual([]);
  });

  test('sorts resources and each kind of principal', () => {
    const key = (id: string): string => `"arn:aws:kms:us-east-1:111122223333:key/${id}"`;
    const iam = (resources: string): string =>
      `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": ${resources} } }`;
    expect(outcome(IAM_POLICY, iam(`[¦${key('b')}, ${key('a')}]`), TITLE)).toBe(iam(`[${key('a')}, ${key('b')}]`));
    const who = (principals: string): string =>
      keyPolicy('"kms:Decrypt"').replace('"arn:aws:iam::111122223333:role/Orders"', principals);
    const role = (name: string): string => `"arn:aws:iam::111122223333:role/${name}"`;
    expect(outcome(KEY_POLICY, who(`[${role('B')}, ¦${role('A')}]`), TITLE)).toBe(who(`[${role('A')}, ${role('B')}]`));
  });
});

test('sorting the document leaves statements where they are', () => {
  const text = keyPolicy('["kms:Encrypt", "kms:Decrypt"]');
  expect(outcome(KEY_POLICY, `¦${text}`, 'Sort the lists of all statements')).toBe(
    keyPolicy('["kms:Decrypt", "kms:Encrypt"]'),
  );
});

describe('splitting off administration', () => {
  const TITLE = 'Split off administration';
  const second = (actions: string): string => `,
    {
      "Sid": "OrdersAdministration",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
      "Action": ${actions},
      "Resource": "*"
    }`;
  const split = (stay: string, go: string): string =>
    keyPolicy(stay).replace(/\n {2}\]\n\}\n$/, `${second(go)}\n  ]\n}\n`);

  test.each([
    [
      'moves entries',
      '["kms:Decrypt", ¦"kms:PutKeyPolicy", "kms:EnableKey"]',
      '["kms:Decrypt"]',
      '["kms:PutKeyPolicy", "kms:EnableKey"]',
    ],
    [
      'leaves wildcards that are on one side',
      '["kms:GenerateDataKey*", ¦"kms:Enable*"]',
      '["kms:GenerateDataKey*"]',
      '"kms:Enable*"',
    ],
    [
      'writes out a wildcard that is on both',
      '["kms:Decrypt", "kms:De¦lete*", "kms:CreateGrant", "kms:UpdateAlias", "kms:Create*"]',
      '["kms:Decrypt", "kms:CreateGrant"]',
      '["kms:Delete*", "kms:UpdateAlias", "kms:CreateAlias"]',
    ],
    [
      'keeps lines',
      '[\n    "kms:Decrypt",\n    ¦"kms:PutKeyPolicy"\n  ]',
      '[\n    "kms:Decrypt"\n  ]',
      '"kms:PutKeyPolicy"',
    ],
  ])('%s', (_, before, stay, go) => {
    expect(outcome(KEY_POLICY, keyPolicy(before), TITLE)).toBe(split(stay, go));
  });

  test('works in a lone statement', () => {
    const lone = `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["kms:Decrypt", ¦"kms:EnableKey"], "Resource": "arn:aws:kms:us-east-1:111122223333:key/a" } }`;
    expect(
      JSON.parse(outcome(IAM_POLICY, lone, TITLE)).Statement.map(({ Action }: { Action: unknown }) => Action),
    ).toEqual([['kms:Decrypt'], 'kms:EnableKey']);
  });

  test.each([
    ['everything is meant', '["kms:*", ¦"kms:Decrypt"]'],
    ['all administer', '["kms:PutKeyPolicy", ¦"kms:EnableKey"]'],
    ['others only look', '["kms:Decrypt", ¦"kms:DescribeKey", "kms:GetKeyPolicy"]'],
    ['a comment explains an entry', '["kms:Decrypt", ¦"kms:PutKeyPolicy" /* why */]'],
  ])('is not offered where %s', (_, action) => {
    expect(titles(KEY_POLICY, keyPolicy(action), 'split-statement')).toEqual([]);
  });
});

describe('splitting off what never has a condition key', () => {
  const condition = ',\n      "Condition": { "StringEquals": { "kms:EncryptionContext:app": "orders" } }';
  const TITLE = 'Split off the actions that never have `kms:EncryptionContext:app`';

  test('keeps the conditions on both sides', () => {
    const made = JSON.parse(outcome(KEY_POLICY, keyPolicy('["kms:Decrypt", ¦"kms:DescribeKey"]', condition), TITLE));
    const [, first, second] = made.Statement;
    expect([first.Action, second.Action]).toEqual([['kms:Decrypt'], 'kms:DescribeKey']);
    expect(second).toEqual({ ...first, Sid: 'OrdersOtherActions', Action: 'kms:DescribeKey' });
  });

  test('is not offered where all have it, or none', () => {
    for (const action of ['["kms:Decrypt", ¦"kms:Encrypt"]', '["kms:GetKeyPolicy", ¦"kms:DescribeKey"]'])
      expect(titles(KEY_POLICY, keyPolicy(action, condition), 'split-statement')).toEqual([]);
  });
});
