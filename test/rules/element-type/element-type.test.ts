import { describe, expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

describe('reports', () => {
  test('elements, entries of lists and condition values', () => {
    check(
      'a.key-policy.json',
      policyOf(`
    {
      "Sid": 1,
      //     ^ element-type: \`Sid\` is a number; AWS rejects the policy; write a text
      "Effect": "Allow",
      "Principal": { "AWS": 111122223333 },
      //                    ^^^^^^^^^^^^ element-type: \`AWS\` is a number; AWS rejects the policy; write a text or a list of texts
      "Action": ["kms:Decrypt", true],
      //                        ^^^^ element-type: an entry of \`Action\` is a boolean
      "Resource": null,
      //          ^^^^ element-type: \`Resource\` is \`null\`
      "Condition": { "StringEquals": { "kms:CallerAccount": [["1"]] }, "Bool": "true" }
      //                                                     ^^^^^ element-type: a value of \`kms:CallerAccount\` is a list
      //                                                                       ^^^^^^ element-type: \`Bool\` is a string; AWS rejects the policy; write an object of condition keys
    }, "Allow"
    // ^^^^^^^ element-type: a statement is a string; AWS rejects the policy; write an object
  `),
    );
  });
});

describe('leaves alone', () => {
  test.each([
    [
      'numbers and booleans as condition values',
      '"Bool": { "aws:SecureTransport": false }, "NumericLessThan": { "kms:RotationPeriodInDays": 90 }',
    ],
    ['what a template puts in', '"StringEquals": { "kms:CallerAccount": { "Ref": "AWS::AccountId" } }'],
    [
      'an encryption context as one object, which has rules of its own',
      '"StringEquals": { "kms:EncryptionContext": { "a": "b" } }',
    ],
  ])('%s', (_, condition) => {
    const text = policyOf(
      `{ "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": { ${condition} } }`,
    );
    expect(ruleIds('a.key-policy.json', text)).toEqual([]);
  });

  test('templates in place of elements', () => {
    const text = policyOf(
      `{ "Effect": { "Ref": "Effect" }, "Principal": { "AWS": { "Fn::Sub": "x" } }, "Action": [{ "Ref": "A" }], "Resource": { "Ref": "R" } }`,
    );
    expect(ruleIds('a.key-policy.json', text)).toEqual([]);
  });
});
