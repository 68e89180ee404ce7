import { describe, expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

describe('reports', () => {
  test('what no request satisfies', () => {
    check(
      'a.key-policy.json',
      withCondition(
        `
        "StringNotLike": { "aws:PrincipalAccount": ["*"] },
//                         ^^^^^^^^^^^^^^^^^^^^^^ cond-never: no request satisfies the condition on \`aws:PrincipalAccount\`; every request has the key, so the \`Deny\` never applies; remove the condition
        "Null": { "aws:CurrentTime": true }
//                ^^^^^^^^^^^^^^^^^ cond-never
      `,
        { effect: 'Deny' },
      ),
    );
  });

  test('values that are demanded and ruled out', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringEquals": { "kms:CallerAccount": "111122223333" },
        "StringNotEquals": { "kms:calleraccount": ["444455556666", "111122223333"] }
//                           ^^^^^^^^^^^^^^^^^^^ cond-never: cannot have a value that \`StringEquals\` demands and \`StringNotEquals\` rules out; all conditions have to hold at once, so the statement never applies
      `),
    );
  });
});

test.each([
  '"StringNotLike": { "kms:ViaService": "*" }',
  '"StringNotLikeIfExists": { "aws:PrincipalAccount": "*" }',
  '"StringNotLike": { "aws:PrincipalAccount": "1*" }',
  '"Null": { "kms:ViaService": "true" }',
  '"Null": { "aws:CurrentTime": "false" }',
  '"StringEquals": { "aws:userid": ["a", "b"] }, "StringNotEquals": { "aws:userid": "a" }',
  '"StringEquals": { "aws:userid": "${a}" }, "StringNotEquals": { "aws:userid": "${a}" }',
  '"StringEqualsIfExists": { "kms:ViaService": "a" }, "StringNotEquals": { "kms:ViaService": "a" }',
  '"ForAnyValue:StringEquals": { "aws:TagKeys": "a" }, "ForAnyValue:StringNotEquals": { "aws:TagKeys": "a" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});
