import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

describe('reports', () => {
  test('a statement of a key policy', () => {
    const text = policyOf(`
    { "Sid": "für alle", "Effect": "Allow", "Action": "kms:*", "Resource": "*" }
  //^ principal-missing: statement has no \`Principal\`; AWS KMS rejects the key policy; say whom it is about
  `);
    check('a.key-policy.json', text);
  });

  test('a lone statement of an endpoint policy', () => {
    check(
      'a.vpce-policy.json',
      `
      { "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "kms:*", "Resource": "*" } }
        //           ^ principal-missing: AWS rejects the policy; say whom it is about
`,
    );
  });

  test('a statement of a resource control policy, which has no choice', () => {
    const text = policyOf(`
    { "Effect": "Deny", "Action": "kms:*", "Resource": "*" }
  //^ principal-missing: add \`"Principal": "*"\`, the only one that it may have
  `);
    check('a.rcp.json', text);
  });

  test('not in a policy of unknown kind whose other statements have one: `mixed-policy-kind` speaks of it', () => {
    const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" },
    { "Effect": "Allow", "Action": "kms:*", "Resource": "*" }
  //^ mixed-policy-kind
  `);
    check('policy.json', text);
  });

  test('inside the output of get-key-policy', () => {
    const text = String.raw`
      {
        "Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"
        //                                                    ^ principal-missing
      }`;
    check('answer.json', text);
  });
});

describe('leaves alone', () => {
  test.each(['a.iam-policy.json', 'a.scp.json', 'policy.json'])('policies without principals: %s', (file) => {
    const text = policyOf('{ "Effect": "Deny", "Action": "kms:*", "Resource": "*" }');
    expect(ruleIds(file, text)).toEqual([]);
  });

  test.each([
    '"NotPrincipal": { "AWS": "111122223333" }',
    '"Principal": {}',
    '"Principal": []',
    '"Principal": { "Ref": "Principal" }',
    '"Principal": "${principal}"',
    '"principal": { "AWS": "111122223333" }',
    '"Principals": { "AWS": "111122223333" }',
    '"Fn::If": []',
    '"${Principal}": 1',
    'Principal: "*"',
  ])('%s', (member) => {
    const text = policyOf(`{ "Effect": "Deny", "Action": "kms:*", "Resource": "*", ${member} }`);
    expect(ruleIds('a.key-policy.json', text)).not.toContain('principal-missing');
  });
});

describe('fixes', () => {
  const titles = (file: string, effect: string, before = ''): string[] =>
    fixTitles(file, policyOf(`${before} { "Effect": "${effect}", "Action": "kms:*", "Resource": "*" }`));

  test('an `Allow` is offered the account, a `Deny` also everyone', () => {
    const root = '"Principal": {"AWS":"arn:aws:iam::<account-id>:root"}';
    expect(titles('a.key-policy.json', 'Allow')).toEqual([`add \`${root}\``]);
    expect(titles('a.key-policy.json', 'Deny')).toEqual(['add `"Principal": "*"`', `add \`${root}\``]);
    expect(titles('a.vpce-policy.json', 'Allow')).toEqual(['add `"Principal": "*"`', `add \`${root}\``]);
    expect(titles('a.rcp.json', 'Deny')).toEqual(['add `"Principal": "*"` (safe)']);
  });

  test.each([
    ['"111122223333"', 'arn:aws:iam::111122223333:root'],
    ['"arn:aws-cn:iam::111122223333:role/App"', 'arn:aws-cn:iam::111122223333:root'],
    ['["arn:aws-us-gov:iam::444455556666:user/Ana", "111122223333"]', 'arn:aws-us-gov:iam::111122223333:root'],
    ['"*"', 'arn:aws:iam::<account-id>:root'],
  ])('the account is the one of the policy: %s', (principal, root) => {
    const before = `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:*", "Resource": "*",
      "Condition": { "Bool": { "kms:GrantIsForAWSResource": true } } },`;
    expect(titles('a.key-policy.json', 'Allow', before)).toEqual([`add \`"Principal": {"AWS":"${root}"}\``]);
  });

  test('the account is not one that is denied or excepted', () => {
    const before = `{ "Effect": "Deny", "Principal": { "AWS": "444455556666" }, "Action": "kms:*", "Resource": "*" },
      { "Effect": "Deny", "NotPrincipal": { "AWS": "777788889999" }, "Action": "kms:*", "Resource": "*" },`;
    expect(titles('a.key-policy.json', 'Allow', before)).toEqual([
      'add `"Principal": {"AWS":"arn:aws:iam::<account-id>:root"}`',
    ]);
  });

  test('put it where AWS has it', () => {
    const text = policyOf(`
    {
  //^ principal-missing
      "Sid": "Deny deletion",
      "Effect": "Deny",
      "Action": "kms:ScheduleKeyDeletion",
      "Resource": "*"
    }
  `);
    expect(fixed('a.rcp.json', text, 'add `"Principal": "*"`')).toBe(
      policyOf(`
    {
      "Sid": "Deny deletion",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "kms:ScheduleKeyDeletion",
      "Resource": "*"
    }
  `),
    );
  });
});
