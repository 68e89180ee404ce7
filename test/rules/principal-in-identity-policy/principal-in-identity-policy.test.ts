import { expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = (more: string, effect = 'Allow'): string =>
  policyOf(`\n    { "Effect": "${effect}", ${more}"Action": "kms:Decrypt", "Resource": "*" }\n  `);

test('reports a principal, and removes it', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*" }
    //                   ^^^^^^^^^^^ principal-in-identity-policy: an identity policy takes no \`Principal\`
  `);
  expect(fixed('a.iam-policy.json', text, 'remove `Principal`')).toBe(statement(''));
});

test('removes it in bulk only where that widens no Deny and turns nothing around', () => {
  expect(fixTitles('a.iam-policy.json', statement('"Principal": "*", '))).toContain('remove `Principal` (safe)');
  expect(fixTitles('a.iam-policy.json', statement('"Principal": "*", ', 'Deny'))).toContain('remove `Principal`');
  expect(fixTitles('a.iam-policy.json', statement('"NotPrincipal": "*", '))).toContain('remove `NotPrincipal`');
});

test.each(['a.key-policy.json', 'a.rcp.json', 'a.vpce-policy.json', 'a.scp.json', 'policy.json'])(
  'leaves %s alone',
  (file) => {
    expect(ruleIds(file, statement('"Principal": "*", '))).toEqual([]);
  },
);

test('reports both forms', () => {
  check(
    'a.iam-policy.json',
    policyOf(`
    { "Effect": "Deny", "NotPrincipal": { "AWS": "1" }, "Action": "kms:Decrypt", "Resource": "*" }
    //                  ^^^^^^^^^^^^^^ principal-in-identity-policy: an identity policy takes no \`NotPrincipal\`
  `),
  );
});
