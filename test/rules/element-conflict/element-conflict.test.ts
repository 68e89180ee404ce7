import { expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

test('reports each pair once, at the second form', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    {
      "Effect": "Allow",
      "Principal": "*", "NotPrincipal": { "AWS": "1" },
      //                ^^^^^^^^^^^^^^ element-conflict: \`NotPrincipal\` stands beside \`Principal\`
      "NotAction": "kms:Decrypt", "Action": "kms:*",
    //^^^^^^^^^^^ element-conflict: \`NotAction\` stands beside \`Action\`; the two exclude each other
      "Resource": "*", "NotResource": "x"
      //               ^^^^^^^^^^^^^ element-conflict
    }
  `),
  );
});

test('leaves the choice to the user', () => {
  const text = policyOf(`
    { "Effect": "Deny", "Action": "kms:*", "NotAction": "kms:Decrypt", "Resource": "*" }
    //                                     ^^^^^^^^^^^ element-conflict
  `);
  expect(fixTitles('a.scp.json', text)).toEqual(['remove `NotAction`', 'remove `Action`']);
  expect(fixed('a.scp.json', text, 'remove `Action`')).toContain(
    '{ "Effect": "Deny", "NotAction": "kms:Decrypt", "Resource": "*" }',
  );
});

test('leaves one of them alone', () => {
  const text = policyOf('{ "Effect": "Deny", "NotAction": "kms:*", "NotResource": "*" }');
  expect(ruleIds('a.scp.json', text)).toEqual([]);
});
