import { expect, test } from 'vitest';
import { check, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = (action: string): string =>
  policyOf(`{ "Effect": "Allow", "Principal": { "AWS": "1" }, "Action": "${action}", "Resource": "*" }`);

test('reports a pattern that covers nothing', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "1" }, "Action": ["kms:*Crypt", "kms:Encypt*"], "Resource": "*" },
    //                                                                              ^^^^^^^ action-glob-matches-nothing: no action of AWS KMS matches \`kms:Encypt*\`; the entry allows nothing; write \`kms:Encrypt*\`
    { "Effect": "Deny", "Principal": "*", "NotAction": "kms:?ecipher", "Resource": "*" }
    //                                                      ^^^^^^^^ action-glob-matches-nothing: the entry spares nothing; name an action that exists
  `),
  );
});

test.each([
  ['kms:Encypt*', ['change to `kms:Encrypt*`']],
  ['kms:GenerateDatKey*', ['change to `kms:GenerateDataKey*`']],
  ['kms:Foo*', []],
  ['kms:*Foo', []],
])('offers for %s %j', (action, titles) => {
  expect(fixTitles('a.key-policy.json', statement(action)).filter((title) => title.startsWith('change'))).toEqual(
    titles,
  );
});

test.each(['kms:*', 'kms:decrypt*', 'kms:Re?ncrypt*', 'k*:Foo', 's3:Foo*', 'kms:${Action}*', '*', 'kms:Encapsulate*'])(
  'leaves %s alone',
  (action) => {
    expect(ruleIds('a.key-policy.json', statement(action))).toEqual([]);
  },
);
