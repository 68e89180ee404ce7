import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { applyFix } from '../../../server/rules/fixes.ts';
import { fixesOf } from '../../../server/rules/rule.ts';
import { check, findings, ruleIds } from '../harness.ts';

const FILE = 'orders.kms-scenario.json';

const step = (text: string): string => `{ "keys": { "orders": {} }, "steps": [${text}] }`;

describe('reports', () => {
  test('members that are missing, at the request or at the operation', () => {
    check(
      FILE,
      `
      {
        "steps": [
          { "call": "Encrypt", "input": { "Plaintext": "text:x" } },
          //                            ^^^^^^^^^^^^^^^^^^^^^^^^^ scenario-refused-call: \`Encrypt\` needs \`KeyId\`, and KMS refuses the call without: add it
          { "call": "DescribeKey" }
          //        ^^^^^^^^^^^^^ scenario-refused-call: \`DescribeKey\` needs \`KeyId\`, and KMS refuses the call without: add it as \`input\`
        ]
      }`,
    );
  });

  test('values of another type, none of the possible values and numbers out of range', () => {
    check(
      FILE,
      `
      {
        "keys": { "orders": {} },
        "steps": [
          { "call": "GenerateDataKey", "input": { "KeyId": "orders", "KeySpec": "AES_265" } },
          //                                                                    ^^^^^^^^^ scenario-refused-call: \`AES_265\` is no value of \`KeySpec\`, and KMS refuses anything else: did you mean \`AES_256\`?
          { "call": "ScheduleKeyDeletion", "input": { "KeyId": "orders", "PendingWindowInDays": "7" } },
          //                                                                                    ^^^ scenario-refused-call: \`PendingWindowInDays\` is a number, and KMS refuses anything else: write it without quotes
          { "call": "GenerateRandom", "input": { "NumberOfBytes": 4096 } },
          //                                                      ^^^^ scenario-refused-call: \`NumberOfBytes\` is from 1 to 1024, and KMS refuses anything else: mend it
          { "call": "TagResource", "input": { "KeyId": "orders", "Tags": [{ "TagKey": "env", "TagValue": 1 }] } }
          //                                                                                             ^ scenario-refused-call: \`TagValue\` is a text, and KMS refuses anything else: write it in double quotes
        ]
      }`,
    );
  });
});

describe('leaves alone', () => {
  test.each<[string, string]>([
    ['a step that expects an error', '{ "call": "DescribeKey", "expect": { "error": "ValidationException" } }'],
    ['members that were not sent', '{ "call": "ListKeys", "input": { "Limit": null } }'],
    ['a policy that is written as one', '{ "call": "CreateKey", "input": { "Policy": { "Statement": [] } } }'],
    [
      'saved values of whatever type',
      '{ "call": "CreateKey", "save": "k" }, { "call": "TagResource", "input": { "KeyId": "$k.KeyMetadata.Arn", "Tags": "$k.KeyMetadata" } }',
    ],
    ['access checks', '{ "can": "Decrypt", "on": "orders", "input": { "KeyId": 1 } }'],
  ])('%s', (_, text) => {
    expect(ruleIds(FILE, step(text))).not.toContain('scenario-refused-call');
  });
});

test('a value that is close is offered', () => {
  const text = step('{ "call": "GenerateDataKey", "input": { "KeyId": "orders", "KeySpec": "AES_265" } }');
  const document = new SourceDocument({ uri: `file:///${FILE}`, text });
  const [finding] = findings(document);
  const [fix] = fixesOf(finding?.finding);
  expect(fix).toMatchObject({ title: 'change to `AES_256`', safe: false });
  expect(fix && applyFix(document, fix)).toContain('"KeySpec": "AES_256"');
});
