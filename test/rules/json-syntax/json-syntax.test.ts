import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const STATEMENT = '"Effect": "Allow", "Action": "kms:*", "Resource": "*"';

describe('reports', () => {
  test('a missing comma', () => {
    const text = policyOf(`
    {
      "Effect": "Allow"
      //               | json-syntax: a comma is missing here; AWS rejects a policy that is not JSON; separate what follows with \`,\`
      "Action": "kms:*",
      "Resource": "*"
    }
  `);
    check('a.iam-policy.json', text);
  });

  test('a comma too many, in lists and objects', () => {
    const text = policyOf(`
    {
      "Effect": "Allow",
      "Action": ["kms:*",],
      //                ^ json-syntax: a comma with nothing after it; AWS rejects a policy that is not JSON; remove it
      "Resource": "*",
      //             ^ json-syntax: a comma with nothing after it
    },
   //^ json-syntax: a comma with nothing after it
  `);
    check('a.iam-policy.json', text);
  });

  test('comments', () => {
    const text = policyOf(`
    { ${STATEMENT} }
    /* für alle */
  //^^^^^^^^^^^^^^ json-syntax: JSON has no comments
  `);
    check('a.iam-policy.json', text);
  });

  test('quotation marks of word processors, single quotes and bare words', () => {
    const text = policyOf(`
    {
      "Effect": “Allow”,
      //        ^^^^^^^ json-syntax: use straight double quotes
      "Action": 'kms:*',
      //        ^^^^ json-syntax: use straight double quotes
      "Resource": all,
      //          ^^^ json-syntax: \`all\` is not a JSON value; AWS rejects a policy that is not JSON; put texts in double quotes
      "Condition": { "Bool": { "kms:GrantIsForAWSResource": True } }
      //                                                    ^^^^ json-syntax: write \`true\`
    }
  `);
    check('a.iam-policy.json', text);
  });

  test('brackets that do not close, once', () => {
    const text = policyOf(`
    {
      "Effect": "Allow",
      "Action": ["kms:Encrypt",
      "Resource": "*"
    //| json-syntax: \`]\` is missing
    }
  `);
    check('a.iam-policy.json', text);
    expect(ruleIds('a.iam-policy.json', `{ "Version": "2012-10-17", "Statement": [{ ${STATEMENT} }`)).toEqual([
      'json-syntax',
    ]);
  });

  test('a text in quotes that does not end, and a backslash with the wrong company', () => {
    const text = policyOf(String.raw`
    {
      "Sid": "a\q",
      //     ^^^^^ json-syntax: a backslash with a character that cannot follow it
      ${STATEMENT}
    }
  `);
    check('a.iam-policy.json', text);
    expect(ruleIds('a.iam-policy.json', policyOf(`{ ${STATEMENT}, "Sid": "a\n }`))).toContain('json-syntax');
  });

  test('what follows the end of the document', () => {
    check(
      'a.kms-grant.json',
      `
      { "Operations": [] }
      }
    //^ json-syntax: the document goes on after its end; AWS rejects a request that is not JSON
`,
    );
  });

  test('an empty text of a kind that is known', () => {
    expect(ruleIds('a.key-policy.json', '')).toEqual(['json-syntax']);
    expect(ruleIds('a.key-policy.json', '\uFEFF \r\n')).toEqual(['json-syntax']);
  });

  test('one problem a line, since the rest follows from it', () => {
    const text = policyOf(`
    { "Effect" "Allow" "Action" "kms:*" "Resource": "*" }
    //        | json-syntax: a colon is missing after the name
  `);
    check('a.iam-policy.json', text);
  });

  test('a few of many', () => {
    const text = policyOf(`{ ${STATEMENT} ${',\n"Sid": nope'.repeat(200)} }`);
    expect(ruleIds('a.iam-policy.json', text).filter((id) => id === 'json-syntax')).toHaveLength(20);
  });

  test('the text inside the output of get-key-policy', () => {
    const text = String.raw`
      {
        "Policy": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:*\",\"Resource\":\"*\",}}",
        //                                                                                                                                                         ^ json-syntax: a comma with nothing after it
        "PolicyName": "default"
      }`;
    check('answer.json', text);
    expect(fixed('answer.json', text, 'remove the comma')).toContain(String.raw`\"Resource\":\"*\"}}"`);
  });

  test('comments in there also where the document may have some', () => {
    const text = String.raw`
      {
        // what the key had on Monday
        "Policy": "// für alle\n{\"Version\":\"2012-10-17\",\"Statement\":[]}",
        //         ^^^^^^^^^^^ json-syntax: JSON has no comments
        "PolicyName": "default"
      }`;
    check('answer.json', text, { languageId: 'jsonc' });
  });

  test('a scenario that cannot be read', () => {
    check(
      'a.kms-scenario.json',
      `
      { "keys": oops }
      //        ^^^^ json-syntax: the scenario cannot be run
`,
    );
  });
});

describe('leaves alone', () => {
  test('JSON with all it has', () => {
    const text = '{"a": [null, true, -1.5e+3, "\\u00fc\\n\\"", {}, []]}';
    expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
    expect(ruleIds('a.kms-grant.json', `\uFEFF${text.replaceAll(' ', '\r\n\t')}`)).toEqual([]);
  });

  test('comments and trailing commas in documents that may have them', () => {
    const text = policyOf(`
    // for everybody
    { ${STATEMENT}, /* no more */ },
  `);
    expect(ruleIds('a.iam-policy.json', text, { languageId: 'jsonc' })).toEqual([]);
    expect(ruleIds('a.kms-scenario.json', '{ "keys": [], /* none */ } // end')).toEqual([]);
  });

  test.each([
    ['Terraform', '"Resource": ${jsonencode(keys)}'],
    ['Jinja', '"Resource": {{ keys | tojson }}'],
    ['Jinja blocks', '"Resource": "*" {% if condition %}, "Condition": {} {% endif %}'],
    ['ERB', '"Resource": <%= keys.to_json %>'],
    ['Helm', '"Resource": {{- include "keys" . }}'],
  ])('templates of %s, from where they begin', (_, member) => {
    const text = policyOf(`{ "Effect": "Allow", "Action": "kms:*", ${member} }`);
    expect(ruleIds('a.iam-policy.json', text)).not.toContain('json-syntax');
  });

  test('template expressions in quotes', () => {
    const text = policyOf('{ "Effect": "{{ effect }}", "Action": "${actions}", "Resource": "<%= keys %>" }');
    expect(ruleIds('a.iam-policy.json', text)).toEqual([]);
  });

  test('documents that are none of ours', () => {
    expect(ruleIds('tsconfig.json', '{ "a": 1, }')).toEqual([]);
  });
});

describe('fixes', () => {
  test('a comma is inserted without asking where that makes the text whole', () => {
    const text = policyOf(`
    {
      "Effect": "Allow"
      //               | json-syntax
      "Action": "kms:*",
      "Resource": "*"
    }
  `);
    expect(fixTitles('a.iam-policy.json', text)).toEqual(['insert a comma (safe)']);
    expect(fixed('a.iam-policy.json', text, 'insert a comma')).toBe(
      policyOf(`
    {
      "Effect": "Allow",
      "Action": "kms:*",
      "Resource": "*"
    }
  `),
    );
  });

  test('of two missing commas each is a choice', () => {
    const text = policyOf(`
    {
      "Effect": "Allow"
      "Action": "kms:*"
      "Resource": "*"
    }
  `);
    expect(fixTitles('a.iam-policy.json', text)).toEqual(['insert a comma', 'insert a comma']);
  });

  test('a comma too many is removed, a comment only when asked', () => {
    const text = policyOf(`
    {
      "Effect": "Allow", "Action": "kms:*", "Resource": "*", }
      //                                                   ^ json-syntax
  `);
    expect(fixed('a.iam-policy.json', text, 'remove the comma')).toBe(
      policyOf(`
    {
      "Effect": "Allow", "Action": "kms:*", "Resource": "*" }
  `),
    );
    const commented = policyOf(`{ ${STATEMENT} /* x */ }`);
    expect(fixTitles('a.iam-policy.json', commented)).toEqual(['remove the comment']);
  });

  test('there are none where it cannot be told what was meant', () => {
    expect(fixTitles('a.iam-policy.json', policyOf(`{ ${STATEMENT}, "Sid": nope }`))).toEqual([]);
  });
});

test('many comments hide no error behind them', () => {
  const text = `${'// x\n'.repeat(500)}${policyOf(`{ ${STATEMENT} "Sid": "x" }`)}`;
  expect(ruleIds('a.jsonc', text, { configured: 'iam-policy' })).toEqual(['json-syntax']);
});
