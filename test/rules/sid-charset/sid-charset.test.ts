import { expect, test } from 'vitest';
import { check, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = (sid: string): string =>
  policyOf(`{ "Sid": ${JSON.stringify(sid)}, "Effect": "Deny", "Action": "kms:*", "Resource": "*" }`);

test.each(['a.iam-policy.json', 'a.scp.json'])('reports spaces and signs in %s', (file) => {
  check(
    file,
    policyOf(`
    { "Sid": "Allow use", "Effect": "Deny", "Action": "kms:*", "Resource": "*" }
    //       ^^^^^^^^^^^ sid-charset: the \`Sid\` \`Allow use\` has characters other than letters and digits; AWS rejects the policy
  `),
  );
});

test.each([
  ['Allow use of the key', 'AllowUseOfTheKey'],
  ['deny-all_keys', 'denyAllKeys'],
  ['Schlüssel', 'Schlussel'],
])('writes %s as %s', (sid, name) => {
  expect(fixTitles('a.iam-policy.json', statement(sid))).toContain(`change to \`${name}\` (safe)`);
});

test('has no name to offer where nothing is left or the name is taken', () => {
  expect(fixTitles('a.iam-policy.json', statement('鍵'))).toEqual([]);
  const taken = policyOf(
    '{ "Sid": "AB", "Effect": "Deny", "Action": "kms:*", "Resource": "*" }, { "Sid": "A B", "Effect": "Deny", "Action": "kms:*", "Resource": "*" }',
  );
  expect(fixTitles('a.iam-policy.json', taken).filter((title) => title.includes('AB'))).toEqual([]);
});

test.each([
  ['a.key-policy.json', 'Allow use of the key'],
  ['a.vpce-policy.json', 'Allow use'],
  ['a.iam-policy.json', 'UseKey1'],
  ['a.iam-policy.json', ''],
  ['a.iam-policy.json', 'Use${Stage}'],
])('leaves %s with `%s` alone', (file, sid) => {
  expect(ruleIds(file, statement(sid))).toEqual([]);
});
