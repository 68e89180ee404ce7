import { expect, test } from 'vitest';
import { found, mended, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const around = { action: '"kms:CreateGrant"' };
const ANY = '"ForAnyValue:StringEquals": { "kms:GrantOperations": ["Encrypt"] }';

test('reports a list of which one operation is enough', () => {
  check(
    'a.iam-policy.json',
    withCondition(
      `
        "ForAnyValue:StringEquals": { "kms:GrantOperations": ["Encrypt", "Decrypt"] }
        //                            ^^^^^^^^^^^^^^^^^^^^^ kms-grantoperations-foranyvalue: \`ForAnyValue:StringEquals\` on \`kms:GrantOperations\` holds as soon as one operation is in the list; the grant may allow any other operation beside it; use \`ForAllValues:StringEquals\`
      `,
      around,
    ),
  );
});

test.each([
  '"ForAllValues:StringEquals": { "kms:GrantOperations": ["Encrypt"] }',
  `${ANY}, "ForAllValues:StringLike": { "kms:GrantOperations": ["*crypt"] }`,
  '"ForAnyValue:StringNotEquals": { "kms:GrantOperations": ["Encrypt"] }',
  '"ForAnyValue:StringEquals": { "aws:TagKeys": ["Encrypt"] }',
])('leaves alone %s', (members) => {
  expect(found(members, around)).toEqual([]);
});

test('leaves alone a `Deny`, which should bite as soon as one is there', () => {
  expect(found(ANY, { ...around, effect: 'Deny' })).toEqual([]);
});

test('the fix asks for all', () => {
  expect(mended(ANY, 'change to `ForAllValues:StringEquals`', around)).toEqual({
    'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Encrypt'] },
  });
});
