import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const REST = '"Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*"';

describe('reports', () => {
  test('the wrong case, the plural and slips', () => {
    const text = policyOf(`
    {
      "sid": "Use",
    //^^^^^ element-unknown: \`sid\` is not an element of a statement; AWS rejects the policy; write \`Sid\`
      "effect": "Allow",
    //^^^^^^^^ element-unknown: write \`Effect\`
      "Principals": { "AWS": "111122223333" },
    //^^^^^^^^^^^^ element-unknown: write \`Principal\`
      "not_action": "kms:*",
    //^^^^^^^^^^^^ element-unknown: write \`NotAction\`
      "Ressource": "*",
    //^^^^^^^^^^^ element-unknown: write \`Resource\`
      "Conditions": { "Bool": { "kms:GrantIsForAWSResource": true } }
    //^^^^^^^^^^^^ element-unknown: write \`Condition\`
    }
  `);
    check('a.key-policy.json', text);
  });

  test('what is nothing like an element', () => {
    const text = policyOf(`
    { "Effect": "Allow", "Comment": "für Bücher", ${REST} }
    //                   ^^^^^^^^^ element-unknown: \`Comment\` is not an element of a statement; AWS rejects the policy; remove it
  `);
    check('a.key-policy.json', text);
  });

  test('a second spelling of what is there already', () => {
    const text = policyOf(`
    { "Effect": "Allow", "effect": "Deny", "Effets": "Deny", ${REST} }
    //                   ^^^^^^^^ element-unknown: remove it, since \`Effect\` is there already
    //                                     ^^^^^^^^ element-unknown: remove it
  `);
    check('a.key-policy.json', text);
  });

  test('elements on the wrong floor', () => {
    check(
      'a.key-policy.json',
      `
      {
        "version": "2012-10-17",
      //^^^^^^^^^ element-unknown: \`version\` is not an element of a policy; AWS rejects the policy; write \`Version\`
        "Sid": "Use",
      //^^^^^ element-unknown: \`Sid\` is not an element of a policy; AWS rejects the policy; move it into a statement
        "Statement": [
          {
            "Version": "2012-10-17",
          //^^^^^^^^^ element-unknown: move it up to the policy, beside \`Statement\`
            "Statement": [],
          //^^^^^^^^^^^ element-unknown: remove it: statements do not hold statements
            "Effect": "Allow",
            ${REST}
          }
        ]
      }`,
    );
  });

  test('a misspelt `Statement`, and nothing of what it hides', () => {
    check(
      'a.key-policy.json',
      `
      { "Version": "2012-10-17",
        "Statements": [{ "effect": "Allow" }] }
      //^^^^^^^^^^^^ element-unknown: write \`Statement\`
      `,
    );
  });

  test.each(['a.iam-policy.json', 'a.scp.json'])('in a lone statement of %s', (file) => {
    check(
      file,
      `
      {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Actions": "kms:Decrypt", "Resource": "*" }
        //                                ^^^^^^^^^ element-unknown: write \`Action\`
      }`,
    );
  });

  test.each(['a.rcp.json', 'a.vpce-policy.json'])('in %s', (file) => {
    const text = policyOf(`
    { "Effect": "Deny", "Principal": "*", "action": "kms:*", "Resource": "*" }
    //                                    ^^^^^^^^ element-unknown
  `);
    check(file, text);
  });

  test('a few of many, since an object with many wrong members is something else', () => {
    const members = Array.from({ length: 100 }, (_, index) => `"wrong${index}": 1`).join();
    const ids = ruleIds('a.key-policy.json', policyOf(`{ "Effect": "Allow", ${REST}, ${members} }`));
    expect(ids).toEqual(Array.from({ length: 20 }, () => 'element-unknown'));
  });
});

describe('leaves alone', () => {
  test('what stands in the place of a name where the JSON is broken', () => {
    const text = policyOf(`
    { "Effect": "Allow", ${REST}, "Sid": "Use
    //                                   ^^^^ json-syntax
      the key" }
  `);
    expect(ruleIds('a.key-policy.json', text)).not.toContain('element-unknown');
  });

  test.each([
    ['every element', '"Sid": "Allow use of the key", "Condition": {}'],
    ['functions of CloudFormation', '"Fn::If": ["IsProd", {}, {}], "Ref": "Statement"'],
    ['merge keys', '"<<": "*defaults"'],
    ['template expressions as names', '"${Element}": 1, "{{ element }}": 2, "<element>": 3'],
  ])('%s', (_, members) => {
    expect(ruleIds('a.key-policy.json', policyOf(`{ "Effect": "Allow", ${REST}, ${members} }`))).toEqual([]);
  });

  test('what stands inside elements', () => {
    const text = policyOf(`{ "Effect": "Allow", "Principal": { "aws": "x" }, "Action": "kms:*", "Resource": "*",
      "Condition": { "stringEquals": { "effect": "x" } } }`);
    expect(ruleIds('a.key-policy.json', text)).not.toContain('element-unknown');
  });

  test('a statement without a policy around it, of which `statement-missing` speaks', () => {
    const ids = ruleIds('a.key-policy.json', `{ "Version": "2012-10-17", "Effect": "Allow", ${REST} }`);
    expect(ids).toEqual([]);
  });

  test('grants and scenarios, which have other members', () => {
    expect(ruleIds('a.kms-grant.json', '{ "Statement": [], "KeyId": "x", "version": 1 }')).toEqual([]);
  });
});

describe('fixes', () => {
  test('change the name and nothing else', () => {
    const text = policyOf(`
    { "Sid": "Use", "effect" : "Allow", ${REST} }
    //              ^^^^^^^^ element-unknown
  `);
    expect(fixed('a.key-policy.json', text, 'change to `Effect`')).toBe(
      policyOf(`
    { "Sid": "Use", "Effect" : "Allow", ${REST} }
  `),
    );
  });

  test('of two wrong spellings only one takes the name', () => {
    const text = policyOf(`{ "effect": "Allow", "Effects": "Deny", ${REST} }`);
    expect(fixTitles('a.key-policy.json', text)).toEqual(['change to `Effect` (safe)']);
  });

  test('there are none for what cannot be told', () => {
    const text = policyOf(`{ "Effect": "Allow", "Version": "2012-10-17", "Comment": "x", ${REST} }`);
    expect(fixTitles('a.key-policy.json', text)).toEqual([]);
  });
});
