import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

test('reports an empty one, and removes it', () => {
  const text = policyOf(`
    { "Sid": "", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }
    //       ^^ sid-empty: the \`Sid\` is empty; it names nothing; name what the statement is for, or remove it
  `);
  expect(fixed('a.key-policy.json', text, 'remove it')).toContain('{ "Effect": "Deny",');
});

test.each(['" "', '"Use"', '1'])('leaves %s alone', (sid) => {
  const text = policyOf(`{ "Sid": ${sid}, "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }`);
  expect(ruleIds('a.key-policy.json', text)).toEqual([]);
});
