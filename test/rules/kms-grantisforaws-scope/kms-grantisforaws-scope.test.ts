import { expect, test } from 'vitest';
import { found, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const GRANT = '"Bool": { "kms:GrantIsForAWSResource": "true" }';

test('reports actions that are not about grants', () => {
  check(
    'a.key-policy.json',
    withCondition(
      `
        "Bool": { "kms:GrantIsForAWSResource": true }
        //        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-grantisforaws-scope: requests for \`kms:DescribeKey\`, \`kms:ReEncrypt*\` never have \`kms:GrantIsForAWSResource\`; so the statement does not allow them; only \`kms:CreateGrant\`, \`kms:ListGrants\`, \`kms:RevokeGrant\` have it; put the others into a statement of their own
      `,
      { action: '["kms:CreateGrant", "kms:DescribeKey", "kms:ReEncrypt*"]' },
    ),
  );
  expect(titles(GRANT, { action: '["kms:CreateGrant", "kms:DescribeKey"]' })).toEqual([
    'move `kms:DescribeKey` into a statement without the condition',
  ]);
});

test.each(['["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"]', '"kms:*"', '["kms:*Grant*", "ec2:CreateTags"]'])(
  'leaves alone %s',
  (action) => {
    expect(found(GRANT, { action })).toEqual([]);
  },
);

test('leaves alone conditions that hold without the key', () => {
  expect(found('"BoolIfExists": { "kms:GrantIsForAWSResource": "true" }', { action: '"kms:Decrypt"' })).toEqual([]);
});
