import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports the keys of services in an `Allow` for users and roles', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "aws:SourceAccount": "111122223333" },
//                        ^^^^^^^^^^^^^^^^^^^ cond-source-key-with-aws-principal: \`aws:SourceAccount\` is never in a request of a user or role; it is there only when an AWS service calls as itself, so the statement never applies; name the service as the principal
        "ArnLike": { "AWS:SourceArn": "arn:aws:s3:::orders" }
//                   ^^^^^^^^^^^^^^^ cond-source-key-with-aws-principal
      `),
  );
});

const account = '"StringEquals": { "aws:SourceAccount": "111122223333" }';

test.each([
  '"*"',
  '{ "AWS": "*" }',
  '{ "Service": "s3.amazonaws.com" }',
  '{ "AWS": "111122223333", "Service": "s3.amazonaws.com" }',
  '{ "AWS": "${RoleArn}" }',
])('leaves the principal %s alone', (principal) => {
  expect(found(account, { principal })).toEqual([]);
});

test.each([
  '"StringNotEquals": { "aws:SourceAccount": "111122223333" }',
  '"StringEqualsIfExists": { "aws:SourceAccount": "111122223333" }',
  '"Null": { "aws:SourceAccount": "true" }',
  '"Null": { "aws:SourceAccount": "${Absent}" }',
  '"StringEquals": { "aws:PrincipalAccount": "111122223333" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('leaves a `Deny` alone', () => {
  expect(found(account, { effect: 'Deny' })).toEqual([]);
});
