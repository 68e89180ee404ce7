import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports anonymous callers', () => {
  check(
    'a.key-policy.json',
    withCondition(
      `
        "StringEquals": { "aws:PrincipalType": ["User", "Anonymous"] }
        //                                              ^^^^^^^^^^^ kms-anonymous: nobody calls AWS KMS anonymously; it takes signed requests only, so the value does nothing; remove it, or name the callers that are meant
      `,
    ),
  );
});

test.each([
  '"StringEquals": { "aws:PrincipalType": "User" }',
  '"StringEquals": { "aws:PrincipalTag/type": "Anonymous" }',
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});

test('leaves alone policies that may be about other services', () => {
  expect(found('"StringEquals": { "aws:PrincipalType": "Anonymous" }', { file: 'a.rcp.json' })).toEqual([]);
});
