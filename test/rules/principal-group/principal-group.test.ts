import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const marked = policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
      "Principal": { "AWS": ["arn:aws:iam::111122223333:group/x", "111122223333", "arn:aws:iam::\${Account}:group/y"] }
      //                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-group: the group \`arn:aws:iam::111122223333:group/x\` cannot be a principal
      //                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-group
    }`);

test('reports groups, also where the account is filled in later', () => {
  check('a.key-policy.json', marked);
  const mended = fixed('a.key-policy.json', marked, 'remove `arn:aws:iam::111122223333:group/x`');
  expect(ruleIds('a.key-policy.json', mended)).toEqual(['principal-group']);
});

test.each(['arn:aws:iam::111122223333:user/group', 'arn:aws:iam::111122223333:role/group/x', '${Group}'])(
  'leaves %s alone',
  (text) => {
    const policy = policyOf(
      `{ "Effect": "Allow", "Principal": { "AWS": "${text}" }, "Action": "kms:Decrypt", "Resource": "*" }`,
    );
    expect(ruleIds('a.key-policy.json', policy)).toEqual([]);
  },
);
