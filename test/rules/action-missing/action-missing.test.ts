import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

describe('reports', () => {
  test('a statement of a key policy: it is accepted and dead', () => {
    const text = policyOf(`
    {
  //^ action-missing: statement has no \`Action\`; AWS KMS accepts the key policy all the same, but the statement allows nothing
      "Effect": "Allow",
      "Principal": "*",
      "Resource": "*",
      "Condition": { "StringEquals": { "kms:CallerAccount": "111122223333" } }
    },
    {
  //^ action-missing: but the statement denies nothing; name the actions it is about
      "Effect": "Deny",
      "Principal": "*",
      "Resource": "*"
    }
  `);
    check('a.key-policy.json', text);
  });

  test.each(['a.iam-policy.json', 'a.scp.json'])('a statement of %s: the policy is rejected', (file) => {
    const text = policyOf(`
    { "Effect": "Allow", "Resource": "*" }
  //^ action-missing: statement has no \`Action\`; AWS rejects the policy; name
  `);
    check(file, text);
  });

  test.each(['a.rcp.json', 'a.vpce-policy.json'])('a statement of %s', (file) => {
    const text = policyOf(`
    { "Effect": "Deny", "Principal": "*", "Resource": "*" }
  //^ action-missing: AWS rejects the policy; name
  `);
    check(file, text);
  });

  test('a lone statement, and one of a policy that may be a key policy', () => {
    check(
      'a.key-policy.json',
      `
      { "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Resource": "*" } }
        //           ^ action-missing
      `,
    );
    const text = policyOf(`
    { "Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*" },
    { "Effect": "Deny", "Principal": "*", "Resource": "*" }
  //^ action-missing: AWS rejects the policy; as a key policy it is accepted, but the statement denies nothing
  `);
    check('policy.json', text);
  });

  test('a statement beside one that is broken', () => {
    const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Resource": "*", "Act" },
    //                                                                                 | json-syntax: a colon is missing after the name
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Resource": "*" }
  //^ action-missing
  `);
    check('a.key-policy.json', text);
  });
});

describe('leaves alone', () => {
  const silent = (statement: string): void =>
    expect(ruleIds('a.key-policy.json', policyOf(statement))).not.toContain('action-missing');

  test.each([
    ['`NotAction`', '"NotAction": "kms:*"'],
    ['an empty list, which is another fault', '"Action": []'],
    ['a wrong type, which is another fault', '"Action": {}'],
    ['a misspelt name', '"action": "kms:*"'],
    ['another misspelt name', '"Actions": ["kms:*"]'],
    ['a misspelt `NotAction`', '"not_action": "kms:*"'],
    ['a template that brings it', '"Fn::If": ["IsProd", { "Action": "kms:*" }, {}]'],
    ['a template expression as a name', '"${ActionElement}": "kms:*"'],
    ['a name without a value', '"Action":'],
  ])('%s', (_, member) => {
    silent(`{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Resource": "*", ${member} }`);
  });

  test('statements that are no objects', () => {
    silent('"{{ statement }}", null, { "Fn::Transform": {} }, { "Ref": "Statement" }');
  });

  test('a statement that is broken on its own floor', () => {
    silent('{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, Action: "kms:*", "Resource": "*" }');
    silent('{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Resource": "*"');
  });
});

describe('fixes', () => {
  const text = policyOf(`
    {
  //^ action-missing
      "Effect": "Deny",
      "Principal": "*",
      "Resource": "*"
    }
  `);

  test('are for somebody to choose from', () => {
    expect(fixTitles('a.key-policy.json', text)).toEqual([
      'add `"Action": "kms:Decrypt"`',
      'add the actions that use a key',
      'add `"Action": "kms:*"`',
    ]);
  });

  test('put the element where AWS has it', () => {
    expect(fixed('a.key-policy.json', text, 'add `"Action": "kms:Decrypt"`')).toBe(
      policyOf(`
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "kms:Decrypt",
      "Resource": "*"
    }
  `),
    );
  });

  test('may add a list', () => {
    const mended = fixed('a.key-policy.json', text, 'add the actions that use a key');
    expect(JSON.parse(mended).Statement[0].Action).toContain('kms:GenerateDataKey*');
    expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
  });

  test('keep tabs and line ends', () => {
    const moved = text.replaceAll('  ', '\t').replace(/^\s*\/\/.*$/m, '//^ action-missing');
    const tabs = moved.replaceAll('\n', '\r\n');
    const mended = fixed('a.key-policy.json', tabs, 'add `"Action": "kms:*"`');
    expect(mended).toContain('\r\n\t\t\t"Action": "kms:*",\r\n\t\t\t"Resource": "*"\r\n');
    expect(mended.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});
