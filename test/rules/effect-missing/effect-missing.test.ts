import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

describe('reports', () => {
  test('a statement that says neither, in a list', () => {
    const text = policyOf(`
    {
  //^ effect-missing: statement has no \`Effect\`; AWS rejects the policy; say whether it is to \`Allow\` or to \`Deny\`
      "Sid": "Schlüssel",
      "Principal": { "AWS": "111122223333" },
      "Action": "kms:*",
      "Resource": "*"
    }
  `);
    check('a.key-policy.json', text);
  });

  test('an empty statement: every element that it must have', () => {
    const text = policyOf(`
    {}
  //^ action-missing
  //^ effect-missing
  //^ principal-missing
  //^ resource-missing
  `);
    check('a.key-policy.json', text);
  });

  test.each(['a.iam-policy.json', 'a.scp.json', 'policy.json'])('a lone statement of %s', (file) => {
    check(
      file,
      `
      {
        "Version": "2012-10-17",
        "Statement": { "Action": "kms:Decrypt", "Resource": "*" }
        //           ^ effect-missing
      }`,
    );
  });

  test.each(['a.rcp.json', 'a.vpce-policy.json'])('a statement of %s', (file) => {
    const text = policyOf(`
    { "Principal": "*", "Action": "kms:*", "Resource": "*" }
  //^ effect-missing
  `);
    check(file, text);
  });

  test('a statement with broken JSON further inside', () => {
    const text = policyOf(`
    { "Principal": { "AWS": ["111122223333" "444455556666"] }, "Action": "kms:*", "Resource": "*" }
  //^ effect-missing
    //                                     | json-syntax: a comma is missing here
  `);
    check('a.key-policy.json', text);
  });
});

describe('leaves alone', () => {
  test.each([
    '"Effect": "${Effect}"',
    '"Effect": "<Allow|Deny>"',
    '"Effect": { "Ref": "Effect" }',
    '"Effect": 1',
    '"effect": "Allow"',
    '"Effects": "Allow"',
    '"Fn::Sub": "x"',
    '"<<": "*defaults"',
    '"Effect"',
  ])('%s', (member) => {
    const text = policyOf(`{ ${member}, "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" }`);
    expect(ruleIds('a.key-policy.json', text)).not.toContain('effect-missing');
  });
});

describe('fixes', () => {
  const text = policyOf(`
    {
  //^ effect-missing
      "Sid": "Use",
      "Principal": { "AWS": "111122223333" },
      "Action": "kms:*",
      "Resource": "*"
    }
  `);

  test('are for somebody to choose from', () => {
    expect(fixTitles('a.key-policy.json', text)).toEqual(['add `"Effect": "Allow"`', 'add `"Effect": "Deny"`']);
  });

  test('put the element where AWS has it', () => {
    expect(fixed('a.key-policy.json', text, 'add `"Effect": "Deny"`')).toBe(
      policyOf(`
    {
      "Sid": "Use",
      "Effect": "Deny",
      "Principal": { "AWS": "111122223333" },
      "Action": "kms:*",
      "Resource": "*"
    }
  `),
    );
  });

  test('fill an empty statement', () => {
    const empty = `
      { "Version": "2012-10-17", "Statement": [ { "Action": "kms:*", "Resource": "*" } ] }
      //                                        ^ effect-missing
`;
    const mended = fixed('a.iam-policy.json', empty, 'add `"Effect": "Allow"`');
    expect(JSON.parse(mended).Statement).toEqual([{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }]);
  });
});
