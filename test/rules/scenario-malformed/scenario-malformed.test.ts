import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { applyFix } from '../../../server/rules/fixes.ts';
import { fixesOf } from '../../../server/rules/rule.ts';
import { check, findings, ruleIds } from '../harness.ts';

const FILE = 'orders.kms-scenario.json';

describe('reports', () => {
  test('members that scenarios do not have, at their names', () => {
    check(
      FILE,
      `
      {
        "keys": {
          "orders": { "alias": "alias/orders" }
          //          ^^^^^^^ scenario-malformed: a key has no \`alias\`: did you mean \`aliases\`?
        },
        "step": []
      //^^^^^^ scenario-malformed: a scenario has no \`step\`: did you mean \`steps\`?
      }`,
    );
  });

  test('values at their place, what is missing at the opening brace or the whole of it', () => {
    check(
      FILE,
      `
      {
        "account": 111122223333,
        //         ^^^^^^^^^^^^ scenario-malformed: \`account\` is a text: write it in double quotes
        "principals": { "App": {} },
        //                     ^^ scenario-malformed: a principal has a \`arn\`: add it
        "steps": [{ "can": "Decrypt" }]
        //                 ^^^^^^^^^ scenario-malformed: \`Decrypt\` works on a key: add \`on\`
      }`,
    );
  });

  test('what has comments and trailing commas, which scenarios may', () => {
    check(
      FILE,
      `
      {
        // a comment
        "now": "today", /* and another */
        //     ^^^^^^^ scenario-malformed: \`today\` is no time
      }`,
    );
  });

  test('what a comment does not suppress', () => {
    const text = `{
      // kms-lens-disable-next-line scenario-malformed -- tried out
      "now": "today",
      "account": "1"
    }`;
    expect(ruleIds(FILE, text)).toEqual(['scenario-malformed']);
  });

  test('a document that is a scenario by its language', () => {
    expect(ruleIds('untitled:Untitled-1', '{ "now": 1 }', { languageId: 'kms-scenario' })).toEqual([
      'scenario-malformed',
    ]);
  });
});

describe('leaves alone', () => {
  test('members that are given twice, of which another rule speaks', () => {
    check(
      FILE,
      `
      {
        "account": "1",
      //^^^^^^^^^ json-duplicate-key
        "account": "111122223333"
      }`,
    );
  });

  test('values that are missing, of which another rule speaks', () => {
    check(
      FILE,
      `
      {
        "keys": { "orders": },
        //                 | json-syntax
        "steps": []
      }`,
    );
  });

  test('what may be missing because the text is broken there', () => {
    const texts = [
      '{ "principals": { "App": { arn": "arn:aws:iam::111122223333:role/App" } } }',
      '{ "keys": { "a": {} }, "steps": [{ "can": "Decrypt" on": "a" }] }',
      '{ "steps": [{ an": "Decrypt" }] }',
    ];
    for (const text of texts) expect(ruleIds(FILE, text), text).toEqual([]);
  });

  test.each(['', '{}', '{ "steps": [] }', '{ "$schema": "kms-scenario.schema.json" }'])('%j', (text) => {
    expect(ruleIds(FILE, text)).toEqual([]);
  });

  test('other documents', () => {
    expect(ruleIds('package.json', '{ "steps": 1 }')).toEqual([]);
    expect(ruleIds('a.kms-grant.json', '{ "steps": 1 }')).toEqual([]);
  });
});

describe('offers what was probably meant', () => {
  test.each([
    ['{ "kyes": {} }', '{ "keys": {} }'],
    ['{ "steps": [{ "cann": "ListKeys" }] }', '{ "steps": [{ "can": "ListKeys" }] }'],
    [
      '{ "steps": [{ "can": "ListKeys", "expect": "alowed" }] }',
      '{ "steps": [{ "can": "ListKeys", "expect": "allowed" }] }',
    ],
    ['{ "quotas": { "CreateKy": 1 } }', '{ "quotas": { "CreateKey": 1 } }'],
  ])('%s', (text, mended) => {
    const document = new SourceDocument({ uri: FILE, text });
    const [found] = findings(document);
    const [fix, ...others] = fixesOf(found?.finding);
    expect(others).toEqual([]);
    expect(fix?.safe).toBe(false);
    expect(fix && applyFix(document, fix)).toBe(mended);
  });

  test('and nothing where no name is close', () => {
    const [found] = findings(new SourceDocument({ uri: FILE, text: '{ "zzzzzzzz": 1 }' }));
    expect(fixesOf(found?.finding)).toEqual([]);
  });
});

describe('of calls', () => {
  test('parameters, parts of responses and errors that the API does not have', () => {
    check(
      FILE,
      `
      {
        "keys": { "orders": {} },
        "steps": [
          { "call": "Encrypt", "input": { "KeyID": "orders", "Plaintext": "hello" }, "save": "sealed", "expect": { "error": "NotFound" } },
          //                              ^^^^^^^ scenario-malformed: \`Encrypt\` has no \`KeyID\`: did you mean \`KeyId\`?
          //                                                              ^^^^^^^ scenario-malformed: \`Plaintext\` is bytes: write \`text:…\`, \`base64:…\`, \`hex:…\` or \`file:path\`, or take them from a saved response
          //                                                                                                                ^^^^^^^^^^ scenario-malformed: \`NotFound\` is nothing that KMS answers with: did you mean \`NotFoundException\`?
          { "call": "Decrypt", "input": { "CiphertextBlob": "$sealed.Ciphertext" } },
          //                                                         ^^^^^^^^^^ scenario-malformed: the response \`$sealed\` has no \`Ciphertext\` there: did you mean \`CiphertextBlob\`?
          { "call": "DescribeKey", "input": { "KeyId": "orders" }, "expect": { "ok": { "KeyMetadata": { "KeyState": "Enable", "Stat": 1 } } } }
          //                                                                                                        ^^^^^^^^ scenario-malformed: \`Enable\` is no value of \`KeyState\`: did you mean \`Enabled\`?
          //                                                                                                                  ^^^^^^ scenario-malformed: \`KeyMetadata\` has no \`Stat\`: completion lists them all
        ]
      }`,
    );
  });

  test('and the steps beside them run', () => {
    const { scenario } = new SourceDocument({
      uri: `file:///${FILE}`,
      text: '{ "steps": [{ "call": "ListKeys", "input": { "Limits": 1 } }] }',
    });
    expect(scenario?.problems).toHaveLength(1);
    expect(scenario?.file).toBeDefined();
  });
});
