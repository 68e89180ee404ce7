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

const ofAws = (principal: string): string => statement(`"Principal": { "AWS": ${JSON.stringify(principal)} },`);

describe('reports', () => {
  test('a pattern of roles', () => {
    const text = statement(`
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/app-*" },
      //                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard: the principal \`arn:aws:iam::111122223333:role/app-*\` has a wildcard in it; a principal is a name and no pattern, so AWS rejects the policy; write \`"*"\` as the principal and the pattern as a condition on \`aws:PrincipalArn\`
    `);
    check('a.key-policy.json', text);
  });

  test('each of a list, also in `NotPrincipal` and in a `Deny`', () => {
    const text = policyOf(`
    {
      "Effect": "Deny",
      "NotPrincipal": { "AWS": ["arn:aws:iam::111122223333:user/*", "111122223333", "arn:aws:iam::111122223333:role/für-?"] },
      //                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard
      //                                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard
      "Action": "kms:*",
      "Resource": "*"
    }
  `);
    check('a.key-policy.json', text);
  });

  test('patterns of sessions and of accounts, which are mended differently', () => {
    const text = statement(`
      "Principal": {
        "AWS": [
          "arn:aws:sts::111122223333:assumed-role/App/*",
        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard: so AWS rejects the policy; name the role, which stands for all its sessions
          "arn:aws:iam::*:root",
        //^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard: name the accounts, or write \`"*"\` and a condition on \`aws:PrincipalOrgID\`
          "1111*"
        //^^^^^^^ principal-partial-wildcard: name the accounts
        ]
      },`);
    check('a.key-policy.json', text);
  });

  test('a wildcard beside a template expression', () => {
    const text = statement(`
      "Principal": { "AWS": [
        "arn:aws:iam::{{ account }}:role/*", "arn:aws:iam::{{ account }}:role/App"
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard
      ] },`);
    check('a.key-policy.json', text);
  });

  test.each(['a.vpce-policy.json', 'a.rcp.json', 'policy.json'])('in a lone statement of %s', (file) => {
    check(
      file,
      `
      { "Version": "2012-10-17",
        "Statement": {
          "Effect": "Deny", "Action": "kms:*", "Resource": "*",
          "Principal": { "AWS": "arn:aws:iam::111122223333:role/*" }
          //                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard
        } }`,
    );
  });

  test('beside broken JSON', () => {
    const text = statement(`
      "Principal": { "AWS": ["arn:aws:iam::111122223333:role/*" "111122223333"] },
      //                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard
      //                                                       | json-syntax
    `);
    check('a.key-policy.json', text);
  });
});

describe('leaves alone', () => {
  test.each([
    'arn:aws:iam::111122223333:root',
    '111122223333',
    'arn:aws:iam::111122223333:role/path/App',
    'arn:aws:sts::111122223333:assumed-role/App/session',
    'AROAEXAMPLEID1234567',
    '${Principal}',
    'arn:aws:iam::${AccountId}:role/${Role}',
    'arn:aws:iam::111122223333:role/${Prefix*}',
    '{{resolve:ssm:/roles/*}}',
    '<role-arn>',
    '${Token[TOKEN.*]}',
  ])('%s', (principal) => {
    expect(ruleIds('a.key-policy.json', ofAws(principal))).not.toContain('principal-partial-wildcard');
  });

  test.each([
    '"Principal": "*",',
    '"Principal": { "AWS": "*" },',
    '"Principal": { "AWS": ["*"] },',
    '"Principal": { "Service": "s3.amazonaws.com" },',
    '"Principal": { "Service": "*.amazonaws.com" },',
    '"Principal": { "Federated": "arn:aws:iam::111122223333:saml-provider/*" },',
    '"Principal": { "AWS": { "Fn::Sub": "arn:aws:iam::*:root" } },',
  ])('%s', (principal) => {
    const conditioned = statement(principal, ', "Condition": { "Bool": { "kms:GrantIsForAWSResource": true } }');
    expect(ruleIds('a.key-policy.json', conditioned)).toEqual([]);
  });

  test('patterns in conditions and resources', () => {
    const rest = ', "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/app-*" } }';
    expect(ruleIds('a.key-policy.json', statement('"Principal": "*",', rest))).toEqual([]);
  });

  test('identity policies, where a `Principal` is another fault', () => {
    expect(ruleIds('a.iam-policy.json', ofAws('arn:aws:iam::111122223333:role/*'))).toEqual([]);
  });
});

describe('fixes', () => {
  const asCondition = 'change to `"*"` with a condition on `aws:PrincipalArn`';
  const asAccount = (root: string): string => `change to \`${root}\`, so that the account's identity policies decide`;

  test('everyone, with the pattern as a condition', () => {
    const text = statement(`
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/app-*" },
      //                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard
    `);
    const mended = fixed('a.key-policy.json', text, asCondition);
    expect(mended).toContain('"Principal": "*",');
    expect(JSON.parse(mended).Statement[0].Condition).toEqual({
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/app-*' },
    });
    expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
  });

  test('the condition joins those that are there', () => {
    const rest = ', "Condition": { "Bool": { "kms:GrantIsForAWSResource": true } }';
    const text = statement(
      `
      "Principal": { "AWS": ["arn:aws:iam::111122223333:role/App", "arn:aws:iam::111122223333:user/*"] },
      //                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard
    `,
      rest,
    );
    expect(JSON.parse(fixed('a.key-policy.json', text, asCondition)).Statement[0].Condition).toEqual({
      Bool: { 'kms:GrantIsForAWSResource': true },
      ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/App', 'arn:aws:iam::111122223333:user/*'] },
    });
  });

  test('`NotPrincipal` becomes everyone whose ARN is another', () => {
    const text = policyOf(`
    {
      "Effect": "Deny", "Action": "kms:*", "Resource": "*",
      "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:role/*" }
      //                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-partial-wildcard
    }
  `);
    const [mended] = JSON.parse(fixed('a.key-policy.json', text, asCondition)).Statement;
    expect(mended).toEqual({
      Effect: 'Deny',
      Action: 'kms:*',
      Resource: '*',
      Principal: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } },
    });
  });

  test.each([
    ['arn:aws:iam::111122223333:role/*', [asCondition, asAccount('arn:aws:iam::111122223333:root')]],
    ['arn:aws-cn:iam::111122223333:*', [asCondition, asAccount('arn:aws-cn:iam::111122223333:root')]],
    ['arn:aws:iam::*:role/App', [asCondition]],
    [
      'arn:aws-us-gov:sts::111122223333:assumed-role/App/*',
      [
        'change to the role `arn:aws-us-gov:iam::111122223333:role/App`',
        asAccount('arn:aws-us-gov:iam::111122223333:root'),
      ],
    ],
    ['arn:aws:sts::111122223333:assumed-role/A*/s', [asAccount('arn:aws:iam::111122223333:root')]],
    ['arn:aws:iam::*:root', []],
    ['1111*', []],
  ])('on offer for %s, none of them in bulk', (principal, titles) => {
    expect(fixTitles('a.key-policy.json', ofAws(principal))).toEqual(titles);
  });

  test('a resource control policy is not offered principals that it cannot have', () => {
    expect(fixTitles('a.rcp.json', ofAws('arn:aws:iam::111122223333:role/*'))).toEqual([asCondition]);
  });

  test('a condition is not offered where it would leave somebody out or replace another', () => {
    const two = statement('"Principal": { "AWS": ["111122223333", "arn:aws:iam::111122223333:role/*"] },');
    expect(fixTitles('a.key-policy.json', two)).toEqual([asAccount('arn:aws:iam::111122223333:root')]);
    const taken = statement(
      '"Principal": { "AWS": "arn:aws:iam::111122223333:role/*" },',
      ', "Condition": { "ArnLike": { "aws:principalarn": "arn:aws:iam::*:role/a" } }',
    );
    expect(fixTitles('a.key-policy.json', taken)).toEqual([asAccount('arn:aws:iam::111122223333:root')]);
  });
});
