import { describe, expect, test } from 'vitest';
import { found, mended, withCondition } from '../conditions.ts';
import { check, policyOf, ruleIds } from '../harness.ts';

const deny = { effect: 'Deny' };

describe('reports', () => {
  test('a `Deny` that access keys slip past', () => {
    check(
      'a.key-policy.json',
      withCondition(
        `
        "Bool": { "aws:MultiFactorAuthPresent": false }
//                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-mfa-antipattern: the \`Deny\` does not apply to requests that are signed with long-term access keys; they do not have \`aws:MultiFactorAuthPresent\` at all; use \`BoolIfExists\`
      `,
        deny,
      ),
    );
  });

  test('an `Allow` that access keys slip into', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "BoolIfExists": { "aws:multifactorauthpresent": "true" }
//                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-mfa-antipattern: requests that are signed with long-term access keys need no second factor
      `),
    );
  });

  test('`Null` alone', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "Null": { "aws:MultiFactorAuthPresent": "false" }
//                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-mfa-antipattern: \`Null\` does not ask for a second factor
      `),
    );
  });
});

describe('leaves alone', () => {
  test.each([
    ['"Bool": { "aws:MultiFactorAuthPresent": "true" }', 'Allow'],
    ['"BoolIfExists": { "aws:MultiFactorAuthPresent": "false" }', 'Deny'],
    ['"Null": { "aws:MultiFactorAuthPresent": "true" }', 'Deny'],
    ['"Null": { "aws:MultiFactorAuthAge": "false" }', 'Allow'],
    ['"Bool": { "aws:MultiFactorAuthPresent": "false" }, "Null": { "aws:MultiFactorAuthPresent": "false" }', 'Deny'],
    ['"Null": { "aws:MultiFactorAuthPresent": "false" }, "Bool": { "aws:MultiFactorAuthPresent": "true" }', 'Allow'],
    ['"Bool": { "aws:MultiFactorAuthPresent": "${mfa}" }', 'Deny'],
  ])('%s in %s', (members, effect) => {
    expect(found(members, { effect })).toEqual([]);
  });

  test('a policy that denies requests without the key elsewhere', () => {
    const statement = (condition: string): string =>
      `{ "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": ${condition} }`;
    const parts = [
      '{ "Bool": { "aws:MultiFactorAuthPresent": "false" } }',
      '{ "Null": { "aws:MultiFactorAuthAge": true } }',
    ];
    expect(ruleIds('a.key-policy.json', policyOf(parts.map(statement).join(', ')))).toEqual([]);
    expect(ruleIds('a.key-policy.json', policyOf(statement(parts[0] ?? '')))).toEqual(['cond-mfa-antipattern']);
  });
});

test('fixes the operator', () => {
  expect(mended('"Bool": { "aws:MultiFactorAuthPresent": "false" }', 'change to `BoolIfExists`', deny)).toEqual({
    BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' },
  });
  expect(mended('"BoolIfExists": { "aws:MultiFactorAuthPresent": "true" }', 'change to `Bool`')).toEqual({
    Bool: { 'aws:MultiFactorAuthPresent': 'true' },
  });
});
