import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const statement = (action: string, effect = 'Allow'): string =>
  `{ "Effect": "${effect}", "Principal": { "AWS": "111122223333" }, "Action": ${action}, "Resource": "*" }`;

test('reports the action in any capitals, and removes it from a list', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "1" }, "Action": ["kms:RevokeGrant", "KMS:retiregrant"], "Resource": "*" }
    //                                                                              ^^^^^^^^^^^^^^^^^ kms-retiregrant-in-key-policy: a key policy cannot allow \`KMS:retiregrant\`; the grant itself says who may retire it; remove it, or use \`kms:RevokeGrant\`
  `);
  const mended = fixed('a.key-policy.json', text, 'remove `KMS:retiregrant`');
  expect(JSON.parse(mended).Statement[0].Action).toEqual(['kms:RevokeGrant']);
});

test('reports a Deny, where it stands alone without a fix', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Deny", "Principal": "*", "Action": "kms:RetireGrant", "Resource": "*" }
    //                                              ^^^^^^^^^^^^^^^^^ kms-retiregrant-in-key-policy: a key policy cannot deny
  `),
  );
});

test.each([
  ['wildcards', 'a.key-policy.json', statement('["kms:Retire*", "kms:*"]')],
  ['NotAction', 'a.key-policy.json', statement('"kms:RetireGrant"').replace('"Action"', '"NotAction"')],
  ['identity policies', 'a.iam-policy.json', '{ "Effect": "Deny", "Action": "kms:RetireGrant", "Resource": "*" }'],
])('leaves %s alone', (_, file, statements) => {
  expect(ruleIds(file, policyOf(statements))).toEqual([]);
});
