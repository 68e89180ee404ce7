import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check, ruleIds } from '../harness.ts';

const ALIAS = '"StringEquals": { "kms:RequestAlias": "alias/orders" }';

test('reports the alias of the request where aliases are managed', () => {
  check(
    'a.iam-policy.json',
    withCondition(
      `
        "StringLike": { "kms:RequestAlias": "alias/orders-*" }
        //              ^^^^^^^^^^^^^^^^^^ kms-requestalias-never-in-alias-ops: requests for \`kms:CreateAlias\`, \`kms:UpdateAlias\` never have \`kms:RequestAlias\`; so the statement never applies
      `,
      { action: '["kms:CreateAlias", "kms:UpdateAlias"]' },
    ),
  );
  expect(found(ALIAS, { action: '["kms:Decrypt", "kms:*Alias"]' })).toEqual(['kms-requestalias-never-in-alias-ops']);
});

test('speaks alone, and not where only other actions lack the key', () => {
  const text = withCondition(ALIAS, { action: '["kms:CreateAlias", "kms:CreateGrant"]' });
  expect(ruleIds('a.key-policy.json', text)).toEqual(['kms-requestalias-never-in-alias-ops']);
  expect(found(ALIAS, { action: '"kms:CreateGrant"' })).toEqual([]);
});

test.each(['"kms:Decrypt"', '"kms:*"', '"s3:CreateAlias"'])('leaves alone %s', (action) => {
  expect(found(ALIAS, { action })).toEqual([]);
});
