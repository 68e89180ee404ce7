import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { applyFix } from '../../../server/rules/fixes.ts';
import { fixesOf } from '../../../server/rules/rule.ts';
import { check, findings, ruleIds } from '../harness.ts';

const FILE = 'orders.kms-scenario.json';

describe('reports', () => {
  test('principals, keys, grants and endpoints', () => {
    check(
      FILE,
      `
      {
        "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App" } },
        "keys": { "orders": {} },
        "grants": { "report": { "key": "order", "GranteePrincipal": "app", "Operations": ["Decrypt"] } },
        //                             ^^^^^^^ scenario-undefined-name: \`order\` is no key of this file: did you mean \`orders\`?
        //                                                          ^^^^^ scenario-undefined-name: \`app\` is no principal of this file: did you mean \`App\`?
        "steps": [
          { "can": "Decrypt", "on": "alias/orders", "grantTokens": ["reports"], "vpce": "vpce-0a" }
          //                        ^^^^^^^^^^^^^^ scenario-undefined-name: \`alias/orders\` is no key of this file
          //                                                        ^^^^^^^^^ scenario-undefined-name: did you mean \`report\`?
          //                                                                            ^^^^^^^^^ scenario-undefined-name: add it to \`vpcEndpoints\`
        ]
      }`,
    );
  });

  test('the name of a response that no earlier step saves, without what follows it', () => {
    check(
      FILE,
      `
      {
        "steps": [
          { "call": "Decrypt", "input": { "CiphertextBlob": "$sealed.CiphertextBlob" } },
          //                                                  ^^^^^^ scenario-undefined-name: \`sealed\` is not saved by any step before this one
          { "call": "Encrypt", "input": { "KeyId": "a" }, "save": "sealed" },
          { "call": "Decrypt", "input": { "CiphertextBlob": "$sealed.CiphertextBlob" } }
        ]
      }`,
    );
  });
});

describe('leaves alone', () => {
  test.each([
    'root',
    'root:444455556666',
    '444455556666',
    'service:logs.us-east-1.amazonaws.com',
    'arn:aws:iam::444455556666:user/Ana',
  ])('the principal %s, which stands for itself', (as) => {
    expect(ruleIds(FILE, JSON.stringify({ steps: [{ can: 'ListKeys', as }] }))).toEqual([]);
  });

  test.each([
    'orders',
    'alias/orders',
    '1234abcd-12ab-34cd-56ef-1234567890ab',
    'arn:aws:kms:us-east-1:111122223333:alias/orders',
  ])('the key %s, which the file describes', (on) => {
    const orders = { id: '1234abcd-12ab-34cd-56ef-1234567890ab', aliases: ['alias/orders'] };
    expect(ruleIds(FILE, JSON.stringify({ keys: { orders }, steps: [{ can: 'Decrypt', on }] }))).toEqual([]);
  });

  test('the key that a call names, since it may be missing on purpose', () => {
    const text = JSON.stringify({ steps: [{ call: 'DescribeKey', input: { KeyId: 'alias/none' } }] });
    expect(ruleIds(FILE, text)).toEqual([]);
  });

  test('names that may stand where the text is broken', () => {
    const text = `{
      "keys": { "orders": {}, archive": {} },
      "steps": [{ "can": "Decrypt", "on": "archive" }]
    }`;
    expect(ruleIds(FILE, text)).toEqual([]);
  });

  test('names of a table that is none', () => {
    expect(ruleIds(FILE, '{ "keys": [], "steps": [{ "can": "Decrypt", "on": "orders" }] }')).toEqual([]);
  });
});

test.each([
  [
    '{ "keys": { "orders": {} }, "steps": [{ "can": "Decrypt", "on": "order" }] }',
    '{ "keys": { "orders": {} }, "steps": [{ "can": "Decrypt", "on": "orders" }] }',
  ],
])('offers the name that was probably meant: %s', (text, mended) => {
  const document = new SourceDocument({ uri: FILE, text });
  const [fix] = fixesOf(findings(document)[0]?.finding);
  expect(fix && applyFix(document, fix)).toBe(mended);
});
