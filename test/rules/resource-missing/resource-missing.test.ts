import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

describe('reports', () => {
  test('a statement of a key policy: it is accepted and dead', () => {
    const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*" },
  //^ resource-missing: statement has no \`Resource\`; AWS KMS accepts the key policy all the same, but the statement allows nothing; add \`"Resource": "*"\`, which is this key alone
    { "Effect": "Deny", "Principal": "*", "Action": "kms:*" }
  //^ resource-missing: but the statement denies nothing
  `);
    check('a.key-policy.json', text);
  });

  test.each(['a.iam-policy.json', 'a.scp.json'])('a lone statement of %s: the policy is rejected', (file) => {
    check(
      file,
      `
      { "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "kms:*" } }
        //           ^ resource-missing: AWS rejects the policy; name the keys it is about
`,
    );
  });

  test.each(['a.rcp.json', 'a.vpce-policy.json'])('a statement of %s', (file) => {
    const text = policyOf(`
    { "Effect": "Deny", "Principal": "*", "Action": "kms:*" }
  //^ resource-missing: AWS rejects the policy
  `);
    check(file, text);
  });

  test('a policy that may be a key policy', () => {
    const text = policyOf(`
    { "Effect": "Deny", "Principal": "*", "Action": "kms:*" }
  //^ resource-missing: AWS rejects the policy; as a key policy it is accepted, but the statement denies nothing
  `);
    check('policy.json', text);
  });

  test('a statement with broken JSON further inside', () => {
    const text = policyOf(`
    { "Effect": "Allow", "Principal": "*", "Action": ["kms:Encrypt" "kms:Decrypt"], "Condition": { "Bool": { "für": 1 } } }
  //^ resource-missing
    //                                                             | json-syntax
  `);
    check('a.key-policy.json', text);
  });
});

describe('leaves alone', () => {
  test.each([
    '"Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"',
    '"NotResource": "arn:aws:kms:*:*:key/*"',
    '"Resource": []',
    '"Resource": { "Fn::GetAtt": ["Key", "Arn"] }',
    '"Resource": null',
    '"Resources": "*"',
    '"resource": "*"',
    '"Fn::If": []',
    '"<<": "*resource"',
    '"Resource":',
  ])('%s', (member) => {
    const text = policyOf(`{ "Effect": "Allow", "Principal": { "AWS": "1" }, "Action": "kms:*", ${member} }`);
    expect(ruleIds('a.key-policy.json', text)).not.toContain('resource-missing');
  });

  test('a statement that is broken on its own floor', () => {
    const text = policyOf('{ "Effect": "Allow", "Principal": { "AWS": "1" }, "Action": "kms:*", Resource: "*" }');
    expect(ruleIds('a.key-policy.json', text)).not.toContain('resource-missing');
  });
});

describe('fixes', () => {
  test('put it before the condition, and last where there is none', () => {
    const text = policyOf(`
    {
  //^ resource-missing
      "Effect": "Allow",
      "Principal": "*",
      "Action": "kms:*",
      "Condition": { "StringEquals": { "kms:CallerAccount": "111122223333" } }
    },
    {
  //^ resource-missing
      "Effect": "Deny",
      "Principal": "*",
      "Action": "kms:*"
    }
  `);
    const [first, last] = JSON.parse(fixed('a.key-policy.json', text, 'add `"Resource": "*"`')).Statement;
    expect(Object.keys(first)).toEqual(['Effect', 'Principal', 'Action', 'Resource', 'Condition']);
    expect(Object.keys(last)).toEqual(['Effect', 'Principal', 'Action']);
  });

  test('keep the layout', () => {
    const text = policyOf(`
    {
  //^ resource-missing
      "Effect": "Allow",
      "Action": "kms:*"
    }
  `);
    expect(fixed('a.iam-policy.json', text, 'add `"Resource": "*"`')).toBe(
      policyOf(`
    {
      "Effect": "Allow",
      "Action": "kms:*",
      "Resource": "*"
    }
  `),
    );
  });

  test.each([
    ['a.key-policy.json', '"Allow", "Principal": { "AWS": "111122223333" }', true],
    ['a.key-policy.json', '"Deny", "Principal": { "AWS": "111122223333" }', true],
    ['a.key-policy.json', '"Allow", "Principal": "*", "Condition": { "Bool": { "x:y": true } }', false],
    [
      'a.key-policy.json',
      '"Allow", "Principal": { "AWS": ["1", "*"] }, "Condition": { "Bool": { "x:y": true } }',
      false,
    ],
    ['a.key-policy.json', '"Allow", "NotPrincipal": { "AWS": "111122223333" }', false],
    ['a.iam-policy.json', '"Allow"', false],
    ['a.rcp.json', '"Deny", "Principal": "*"', false],
    ['policy.json', '"Deny", "Principal": "*"', false],
  ])('in %s with %s: applied in bulk: %s', (file, rest, safe) => {
    expect(fixTitles(file, policyOf(`{ "Action": "kms:*", "Effect": ${rest} }`))).toContain(
      `add \`"Resource": "*"\`${safe ? ' (safe)' : ''}`,
    );
  });
});
