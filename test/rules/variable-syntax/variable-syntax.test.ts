import { describe, expect, test } from 'vitest';
import { mended, messages, titles } from '../found.ts';
import { check, policyOf, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const of = (value: string): string =>
  policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:*:111122223333:key/*",
      "Condition": { "StringEquals": { "kms:EncryptionContext:user": ${JSON.stringify(value)} } } }`);

test('reports variables in conditions and resources', () => {
  check(
    file,
    policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:*:111122223333:key/\${}",
      //                                                                                      ^^^ variable-syntax: is a variable without a key; AWS rejects the policy
      "Condition": { "StringEquals": { "kms:EncryptionContext:user": ["me", "x-\${aws:username"] } } }
      //                                                                       ^^^^^^^^^^^^^^ variable-syntax: begins a variable and does not end it
    `),
  );
});

describe('says what is wrong and what was meant', () => {
  test.each([
    ['${aws:username', 'does not end it', ['change to `${aws:username}`']],
    ["${ aws:username,'me' }", 'has spaces in it', ["change to `${aws:username, 'me'}` (safe)"]],
    ['${aws:username and more', 'does not end it', []],
    ['${ aws:username }', 'has spaces in it', ['change to `${aws:username}` (safe)']],
    ['${aws:username, me}', 'is not in single quotes', ["change to `${aws:username, 'me'}` (safe)"]],
    ["${aws:username,'me'}", 'is not set off by a comma and a space', ["change to `${aws:username, 'me'}` (safe)"]],
  ])('%s', (value, message, offered) => {
    const found = messages('variable-syntax', file, of(value));
    expect(found.length).toBe(1);
    expect(found[0]).toContain(message);
    expect(titles('variable-syntax', file, of(value))).toEqual(offered);
    for (const title of offered)
      expect(ruleIds(file, mended('variable-syntax', file, of(value), title.replace(' (safe)', '')))).toEqual([]);
  });
});

test.each([
  '${aws:username}',
  "${aws:PrincipalTag/team, 'none'}",
  '${*}${?}${$}',
  '${AWS::AccountId}',
  '${var.name} ${aws:username',
  '$x {y}',
])('leaves %s alone', (value) => {
  expect(ruleIds(file, of(value))).toEqual([]);
});

test('leaves policies alone whose version has no variables', () => {
  expect(ruleIds(file, of('${aws:username').replace('2012', '2008'))).toEqual([]);
});
