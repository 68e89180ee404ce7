import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const CALLER = '"StringEquals": { "kms:CallerAccount": "444455556666" }';

test('reports accounts that no principal is of', () => {
  check(
    'a.key-policy.json',
    withCondition(
      `
        "StringEquals": { "kms:CallerAccount": ["444455556666", "777788889999"] }
        //                ^^^^^^^^^^^^^^^^^^^ kms-calleraccount-vs-principal: the principals belong to \`111122223333\`, and \`kms:CallerAccount\` names \`444455556666\`, \`777788889999\`; no caller is of both, so the statement never applies; name the same account in both, or remove the condition
      `,
      { principal: '{ "AWS": ["111122223333", "arn:aws:iam::111122223333:role/a"] }' },
    ),
  );
});

test.each([
  '"*"',
  '{ "AWS": "*" }',
  '{ "AWS": ["111122223333", "444455556666"] }',
  '{ "AWS": "arn:aws:sts::444455556666:assumed-role/a/b" }',
  '{ "AWS": "arn:aws:iam::${Account}:root" }',
  '{ "AWS": ["111122223333", "AROAEXAMPLEEXAMPLEEX"] }',
  '{ "Service": "s3.amazonaws.com" }',
])('leaves alone %s', (principal) => {
  expect(found(CALLER, { principal })).toEqual([]);
});

test.each([
  '"StringNotEquals": { "kms:CallerAccount": "444455556666" }',
  '"StringLike": { "kms:CallerAccount": "4444*" }',
  '"StringEquals": { "kms:CallerAccount": ["444455556666", "${AWS::AccountId}"] }',
  '"Null": { "kms:CallerAccount": "false" }',
  '"StringEquals": { "aws:PrincipalAccount": "444455556666" }',
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});
