import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports an alias asked of services', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:RequestAlias": "alias/orders" }
        //                                                                ^^^^^^^^^^^^^^^^^^ kms-requestalias-with-service: services name keys by their ARN, so \`kms:RequestAlias\` is hardly ever in their requests; together with \`kms:ViaService\` the statement hardly ever applies; remove the condition on the alias
      `),
  );
});

test.each([
  '"StringEquals": { "kms:RequestAlias": "alias/orders" }',
  '"StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }',
  '"StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }, "StringEqualsIfExists": { "kms:RequestAlias": "alias/a" }',
  '"StringNotEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }, "StringLike": { "kms:RequestAlias": "alias/a*" }',
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});
