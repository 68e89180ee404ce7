import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

const withConstraints = (constraints: string): string => `{ "Constraints": ${constraints} }`;

test('reports a condition key and turns it into a constraint', () => {
  const text = `{
    "Constraints": { "kms:EncryptionContext:stage": "prod", "EncryptionContextSubset": { "order": "42" } }
    //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-key-as-constraint: \`kms:EncryptionContext:stage\` is a condition key of policies and no constraint of grants; \`Constraints\` takes \`EncryptionContextSubset\` or \`EncryptionContextEquals\`, and \`SourceArn\`; use \`EncryptionContextSubset\`
  }`;
  check('a.kms-grant.json', text);
  expect(JSON.parse(fixed('a.kms-grant.json', text, 'change to `EncryptionContextSubset`'))).toEqual({
    Constraints: { EncryptionContextSubset: { order: '42', stage: 'prod' } },
  });
});

test('reports condition keys under an operator', () => {
  check(
    'a.kms-grant.json',
    `{
    "Constraints": { "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } }
    //                                 ^^^^^^^^^^^^^^^^ kms-condition-key-as-constraint: put the condition into a policy, or remove it
  }`,
  );
});

test('warns of a condition key as the key of a pair', () => {
  const text = `{
    "Constraints": { "EncryptionContextEquals": { "kms:EncryptionContext:stage": "prod" } }
    //                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-key-as-constraint: the key of the pair is \`kms:EncryptionContext:stage\`, which is how policies name it; a grant compares the whole text, and the encryption context of a request has \`stage\`; write \`stage\`
  }`;
  expect(JSON.parse(fixed('a.kms-grant.json', text, 'change to `stage`'))).toEqual({
    Constraints: { EncryptionContextEquals: { stage: 'prod' } },
  });
});

describe('offers', () => {
  test.each([
    ['{ "kms:EncryptionContext:stage": "prod" }', ['change to `EncryptionContextSubset` (safe)']],
    ['{ "kms:EncryptionContextEquals": { "a": "b" } }', ['change to `EncryptionContextEquals` (safe)']],
    ['{ "aws:SourceArn": "arn:aws:s3:::orders" }', ['change to `SourceArn` (safe)']],
    ['{ "aws:SourceArn": "arn:aws:s3:::*" }', ['change to `SourceArn`']],
    ['{ "kms:EncryptionContext:stage": "p*" }', ['change to `EncryptionContextSubset`']],
    ['{ "kms:EncryptionContext:a": ["b", "c"] }', []],
    ['{ "kms:EncryptionContext:a": "b", "EncryptionContextEquals": { "c": "d" } }', []],
    ['{ "kms:EncryptionContext:a": "b", "EncryptionContextSubset": { "A": "d" } }', []],
    ['{ "kms:EncryptionContextKeys": "a" }', []],
    ['{ "EncryptionContextSubset": { "kms:EncryptionContext:a": "b", "a": "c" } }', []],
  ])('%s: %j', (constraints, titles) => {
    expect(fixTitles('a.kms-grant.json', withConstraints(constraints))).toEqual(titles);
    expect(ruleIds('a.kms-grant.json', withConstraints(constraints))).toHaveLength(1);
  });
});

test.each([
  '{ "EncryptionContextSubset": { "aws:s3:arn": "arn:aws:s3:::orders", "kms": "x" } }',
  '{ "SourceArn": "arn:aws:s3:::orders", "StringEquals": "x", "Fn::If": { "kms:ViaService": "x" } }',
  '{ "StringEquals": { "stage": "prod" } }',
  '"${Constraints}"',
])('leaves %s alone', (constraints) => {
  expect(ruleIds('a.kms-grant.json', withConstraints(constraints))).toEqual([]);
});

test('leaves the output of ListGrants alone', () => {
  const grant = withConstraints('{ "kms:EncryptionContext:a": "b" }');
  expect(ruleIds('a.kms-grant.json', `{ "Grants": [${grant}] }`)).toEqual([]);
});
