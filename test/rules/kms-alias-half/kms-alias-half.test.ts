import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const FILE = 'a.iam-policy.json';
const ALIAS = '"arn:aws:kms:us-east-1:111122223333:alias/orders"';
const KEY = '"arn:aws:kms:us-east-1:111122223333:key/*"';
const ALL = '["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"]';

const allow = (actions: string, ...resources: readonly string[]): string =>
  `{ "Effect": "Allow", "Action": ${actions}, "Resource": [${resources}] }`;

test('reports the half that is missing, and adds it beside the other action', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": ["kms:CreateAlias", "kms:DeleteAlias"], "Resource": ${KEY} },
    //                                                 ^^^^^^^^^^^^^^^^^ kms-alias-half: \`kms:DeleteAlias\` is allowed on keys and not on aliases; the call asks for both, which the policy allows for \`kms:CreateAlias\`; allow it on aliases, too
    { "Effect": "Allow", "Action": "kms:CreateAlias", "Resource": ${ALIAS} }
  `);
  const mended = fixed(FILE, text, 'add `kms:DeleteAlias`');
  expect(JSON.parse(mended).Statement[1].Action).toEqual(['kms:CreateAlias', 'kms:DeleteAlias']);
  expect(ruleIds(FILE, mended)).toEqual([]);
});

test('reports a key that is missing', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": "kms:UpdateAlias", "Resource": ${ALIAS} },
    //                             ^^^^^^^^^^^^^^^^^ kms-alias-half: \`kms:UpdateAlias\` is allowed on aliases and not on keys
    { "Effect": "Allow", "Action": "kms:CreateAlias", "Resource": [${ALIAS}, ${KEY}] }
  `);
  check(FILE, text);
});

test.each([
  ['aliases alone, as the guide of AWS has it', allow(ALL, ALIAS)],
  ['keys alone, as the guide of AWS has it', allow(ALL, KEY)],
  ['both in one statement', allow(ALL, ALIAS, KEY)],
  ['both in two statements', `${allow(ALL, ALIAS)}, ${allow(ALL, KEY)}`],
  ['everything', allow(ALL, '"*"')],
  ['a half that a wildcard gives', `${allow(ALL, ALIAS)}, ${allow('"kms:*Alias"', KEY)}`],
  ['a wildcard for half', `${allow('"kms:*Alias"', ALIAS)}, ${allow('"kms:CreateAlias"', KEY)}`],
  ['different halves of different actions', `${allow('"kms:CreateAlias"', ALIAS)}, ${allow('"kms:DeleteAlias"', KEY)}`],
  [
    'a placeholder among the resources',
    `${allow(ALL, ALIAS)}, ${allow('"kms:CreateAlias"', KEY)}, ${allow(ALL, '"${Key}"')}`,
  ],
  [
    'a placeholder among the actions',
    `${allow(ALL, ALIAS)}, ${allow('"kms:CreateAlias"', KEY)}, ${allow('"${More}"', KEY)}`,
  ],
])('leaves %s alone', (_, statements) => {
  expect(ruleIds(FILE, policyOf(statements))).toEqual([]);
});
