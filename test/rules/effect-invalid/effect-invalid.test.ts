import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = (effect: string): string =>
  policyOf(`
    {
${effect}
      "Principal": { "AWS": "111122223333" },
      "Action": "kms:*",
      "Resource": "*"
    }
  `);

describe('reports', () => {
  test('the wrong case', () => {
    const text = statement(`
      "Effect": "allow",
      //        ^^^^^^^ effect-invalid: \`allow\` is not an effect; AWS rejects the policy; write \`Allow\`
    `);
    check('a.key-policy.json', text);
  });

  test('slips and spaces', () => {
    const text = policyOf(`
      { "Effect": "Alow", "Action": "kms:*", "Resource": "*" },
      //          ^^^^^^ effect-invalid: write \`Allow\`
      { "Effect": "Deny ", "Action": "kms:*", "Resource": "*" },
      //          ^^^^^^^ effect-invalid: write \`Deny\`
      { "Effect": "DENY", "Action": "kms:*", "Resource": "*" }
      //          ^^^^^^ effect-invalid: write \`Deny\`
    `);
    check('a.iam-policy.json', text);
  });

  test('another word, and none', () => {
    const text = statement(`
      "Effect": "Permit",
      //        ^^^^^^^^ effect-invalid: \`Permit\` is not an effect; AWS rejects the policy; write \`Allow\` or \`Deny\`
    `);
    check('a.key-policy.json', text);
    const empty = statement(`
      "Effect": "",
      //        ^^ effect-invalid: \`Effect\` is empty
    `);
    check('a.key-policy.json', empty);
  });

  test.each(['a.rcp.json', 'a.vpce-policy.json'])('in a lone statement of %s', (file) => {
    check(
      file,
      `
      {
        "Version": "2012-10-17",
        "Statement": { "Effect": "deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }
        //                       ^^^^^^ effect-invalid
      }`,
    );
  });

  test('the last of two members, which is the one that counts', () => {
    const text = statement(`
      "Effect": "Allow",
    //^^^^^^^^ json-duplicate-key
      "Effect": "allow",
      //        ^^^^^^^ effect-invalid
    `);
    check('a.key-policy.json', text);
  });

  test('next to broken JSON', () => {
    const text = statement(`
      "Sid": "Für alle"
      //               | json-syntax: a comma is missing here
      "Effect": "allow",
      //        ^^^^^^^ effect-invalid
    `);
    check('a.key-policy.json', text);
  });
});

describe('leaves alone', () => {
  test.each(['"Allow"', '"Deny"', '"${Effect}"', '"{{ effect }}"', '"<Allow>"', '"__EFFECT__"', '"${Token[TOKEN.1]}"'])(
    '%s',
    (effect) => {
      expect(ruleIds('a.key-policy.json', statement(`"Effect": ${effect},`))).toEqual([]);
    },
  );

  test('values that are no text, of which nothing can be said', () => {
    expect(ruleIds('a.key-policy.json', statement('"Effect": { "Ref": "Effect" },'))).toEqual([]);
  });
});

describe('fixes', () => {
  test('change the word and nothing else', () => {
    const text = statement(`
      "Effect" : "allow",
      //         ^^^^^^^ effect-invalid
`);
    expect(fixed('a.key-policy.json', text, 'change to `Allow`')).toBe(
      statement(`
      "Effect" : "Allow",
`),
    );
  });

  test.each([
    ['alow', ['change to `Allow` (safe)']],
    ['ALLOW', ['change to `Allow` (safe)']],
    ['denied', ['change to `Allow`', 'change to `Deny`']],
    ['', ['change to `Allow`', 'change to `Deny`']],
  ])('"%s"', (effect, titles) => {
    expect(fixTitles('a.key-policy.json', statement(`"Effect": "${effect}",`))).toEqual(titles);
  });

  test('stay between the escapes in the output of get-key-policy', () => {
    const text = String.raw`
      {
        "Policy": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}}"
        //                                                               ^^^^^^^^^ effect-invalid
      }`;
    expect(fixed('answer.json', text, 'change to `Allow`')).toContain(String.raw`{\"Effect\":\"Allow\",\"Principal\"`);
  });
});
