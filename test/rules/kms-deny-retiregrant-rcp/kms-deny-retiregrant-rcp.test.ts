import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

test('reports the action, and removes it from a list', () => {
  const text = policyOf(`
    { "Effect": "Deny", "Principal": "*", "Action": ["kms:CreateGrant", "kms:RetireGrant"], "Resource": "*" }
    //                                                                  ^^^^^^^^^^^^^^^^^ kms-deny-retiregrant-rcp: a resource control policy cannot deny \`kms:RetireGrant\`; it is left out of what such policies apply to
  `);
  const mended = fixed('a.rcp.json', text, 'remove `kms:RetireGrant`');
  expect(JSON.parse(mended).Statement[0].Action).toEqual(['kms:CreateGrant']);
});

test.each([
  ['wildcards', 'a.rcp.json', '"Principal": "*", "Action": ["kms:*", "kms:Retire*"]'],
  ['NotAction', 'a.rcp.json', '"Principal": "*", "NotAction": "kms:RetireGrant"'],
  ['a placeholder', 'a.rcp.json', '"Principal": "*", "Action": "${RetireGrant}"'],
  ['service control policies, which can', 'a.scp.json', '"Action": "kms:RetireGrant"'],
])('leaves %s alone', (_, file, elements) => {
  expect(ruleIds(file, policyOf(`{ "Effect": "Deny", ${elements}, "Resource": "*" }`))).toEqual([]);
});
