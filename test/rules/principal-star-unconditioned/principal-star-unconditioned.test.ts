import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = (principal: string, rest = ''): string =>
  policyOf(`
    {
      "Effect": "Allow",
${principal}
      "Action": "kms:Decrypt",
      "Resource": "*"${rest}
    }
  `);

const EVERYONE = '"Principal": "*",';

describe('reports', () => {
  test('everyone', () => {
    const text = statement(`
      "Principal": "*",
      //           ^^^ principal-star-unconditioned: \`*\` without a \`Condition\` lets in every identity of every AWS account; in the account of the key they need nothing more, in others an identity policy of their own; name the principals, or narrow it with a condition such as \`kms:CallerAccount\`
    `);
    check('a.key-policy.json', text);
  });

  test('everyone under `AWS`, also in a list', () => {
    const text = policyOf(`
    { "Sid": "für alle", "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "kms:*", "Resource": "*" },
    //                                                            ^^^ principal-star-unconditioned
    { "Effect": "Allow", "Principal": { "AWS": ["111122223333", "*"] }, "Action": "kms:*", "Resource": "*" }
    //                                                          ^^^ principal-star-unconditioned
  `);
    check('a.key-policy.json', text);
  });

  test.each(['{}', '{ "StringEquals": {} }', '{ "StringEquals": {}, "Bool": {} }'])(
    'a condition that is empty: %s',
    (condition) => {
      const ids = ruleIds('a.key-policy.json', statement(EVERYONE, `, "Condition": ${condition}`));
      expect(ids).toEqual(['principal-star-unconditioned']);
    },
  );

  test('a lone statement, also one whose kind its content tells', () => {
    check(
      'policy.json',
      `
      { "Version": "2012-10-17",
        "Statement": [
          { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" },
          { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "kms:Decrypt", "Resource": "*" } ] }
          //                                         ^^^ principal-star-unconditioned
`,
    );
    check(
      'a.key-policy.json',
      `
      { "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*" } }
        //                                             ^^^ principal-star-unconditioned
`,
    );
  });

  test('inside the output of get-key-policy', () => {
    const text = String.raw`
      {
        "PolicyName": "default",
        "Policy": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\"}}"
        //                                                                                       ^^^^^ principal-star-unconditioned
      }`;
    check('answer.json', text);
  });

  test('beside broken JSON further inside', () => {
    const text = statement(`
      "Principal": { "AWS": ["*" "111122223333"] },
      //                     ^^^ principal-star-unconditioned
      //                        | json-syntax
    `);
    check('a.key-policy.json', text);
  });
});

describe('leaves alone', () => {
  test.each([
    '{ "StringEquals": { "kms:CallerAccount": "111122223333", "kms:ViaService": "s3.us-east-1.amazonaws.com" } }',
    '{ "StringEquals": { "aws:PrincipalOrgID": "o-abcd123456" } }',
    '{ "Bool": {}, "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/App" } }',
    '{ "Fn::If": ["IsProd", {}, {}] }',
    '"${Condition}"',
    'null',
  ])('with the condition %s', (condition) => {
    const ids = ruleIds('a.key-policy.json', statement(EVERYONE, `, "Condition": ${condition}`));
    expect(ids).toEqual([]);
  });

  test.each(['"condition": { "Bool": {} }', '"Conditions": {}', '"Fn::If": []', 'Condition: {}'])(
    'what may be a condition: %s',
    (member) => {
      const ids = ruleIds('a.key-policy.json', statement(EVERYONE, `, ${member}`));
      expect(ids).not.toContain('principal-star-unconditioned');
    },
  );

  test.each([
    '"Principal": { "AWS": "111122223333" },',
    '"Principal": { "AWS": "arn:aws:iam::111122223333:root" },',
    '"Principal": { "Service": "cloudtrail.amazonaws.com" },',
    '"Principal": { "Federated": "*" },',
    '"Principal": "${Principal}",',
    '"NotPrincipal": "*",',
    '"NotPrincipal": { "AWS": "111122223333" },',
  ])('%s', (principal) => {
    expect(ruleIds('a.key-policy.json', statement(principal))).toEqual([]);
  });

  test('a `Deny`, which is to meet everyone', () => {
    const text = policyOf('{ "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }');
    expect(ruleIds('a.key-policy.json', text)).toEqual([]);
  });

  test.each(['a.rcp.json', 'a.vpce-policy.json', 'policy.json'])('%s, where everyone is usual', (file) => {
    expect(ruleIds(file, statement(EVERYONE))).toEqual([]);
  });
});

describe('fixes', () => {
  const HOME =
    '{ "Effect": "Allow", "Principal": { "AWS": "arn:aws-cn:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" },';

  test('are a choice, with the account of the policy', () => {
    const text = policyOf(`${HOME} { "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*" }`);
    expect(fixTitles('a.key-policy.json', text)).toEqual([
      'require `kms:CallerAccount` 111122223333',
      'require `aws:PrincipalOrgID`',
      'change to `arn:aws-cn:iam::111122223333:root`',
    ]);
    expect(fixTitles('a.key-policy.json', statement(EVERYONE))).toContain('change to `arn:aws:iam::<account-id>:root`');
  });

  test('a condition is added last', () => {
    const text = policyOf(`
    ${HOME}
    {
      "Effect": "Allow",
      "Principal": "*",
      //           ^^^ principal-star-unconditioned
      "Action": "kms:*",
      "Resource": "*"
    }
  `);
    const mended = fixed('a.key-policy.json', text, 'require `kms:CallerAccount` 111122223333');
    expect(Object.entries(JSON.parse(mended).Statement[1]).at(-1)).toEqual([
      'Condition',
      { StringEquals: { 'kms:CallerAccount': '111122223333' } },
    ]);
    expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
  });

  test('the account takes the place of the star, in either form', () => {
    const bare = statement(`
      "Principal": "*",
      //           ^^^ principal-star-unconditioned
    `);
    expect(fixed('a.key-policy.json', bare, 'change to `arn:aws:iam::<account-id>:root`')).toContain(
      '"Principal": {"AWS":"arn:aws:iam::<account-id>:root"},',
    );
    const listed = statement(`
      "Principal": { "AWS": ["111122223333", "*"] },
      //                                     ^^^ principal-star-unconditioned
    `);
    expect(fixed('a.key-policy.json', listed, 'change to `arn:aws:iam::111122223333:root`')).toContain(
      '["111122223333", "arn:aws:iam::111122223333:root"]',
    );
  });
});
