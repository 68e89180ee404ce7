import { expect, test } from 'vitest';
import { check, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = (principal: string): string =>
  policyOf(`\n    { "Effect": "Deny", "Principal": ${principal}, "Action": "kms:*", "Resource": "*" }\n  `);

test('reports a principal', () => {
  check(
    'a.scp.json',
    policyOf(`
    { "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }
    //                  ^^^^^^^^^^^ scp-principal: a service control policy takes no \`Principal\`; it speaks of everybody
    ,{ "Effect": "Deny", "NotPrincipal": { "AWS": "1" }, "Action": "kms:*", "Resource": "*" }
    //                   ^^^^^^^^^^^^^^ scp-principal: rejects it; say who is meant by a condition on \`aws:PrincipalArn\`
  `),
  );
});

test('removes everyone in bulk, and nobody else', () => {
  expect(fixTitles('a.scp.json', statement('"*"'))).toContain('remove `Principal` (safe)');
  expect(fixTitles('a.scp.json', statement('{ "AWS": ["111122223333"] }'))).toContain('remove `Principal`');
});

test.each(['a.key-policy.json', 'a.iam-policy.json', 'a.rcp.json'])('leaves %s alone', (file) => {
  expect(ruleIds(file, statement('"*"'))).toEqual([]);
});
