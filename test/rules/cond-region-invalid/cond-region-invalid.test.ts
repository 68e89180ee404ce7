import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports what is no Region', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "aws:RequestedRegion": ["us-east-1", "us-east-1a", "eu-west"] },
//                                                             ^^^^^^^^^^^^ cond-region-invalid: \`us-east-1a\` is not the code of a Region; \`aws:RequestedRegion\` never has this value; write \`us-east-1\`
//                                                                           ^^^^^^^^^ cond-region-invalid: write a code such as
        "StringNotEqualsIgnoreCase": { "kms:ReplicaRegion": "eu_west_1" }
//                                                          ^^^^^^^^^^^ cond-region-invalid: write \`eu-west-1\`
      `),
  );
});

test.each([
  '"StringEquals": { "aws:RequestedRegion": ["eu-west-9", "us-gov-west-1", "eusc-de-east-1", "aws-global"] }',
  '"StringLike": { "aws:RequestedRegion": ["eu-*", "us-east-?"] }',
  '"StringEquals": { "aws:RequestedRegion": ["${Region}", "<region>", "region", "REGION_NAME"] }',
  '"StringEquals": { "aws:PrincipalTag/region": "us-east-1a", "s3:LocationConstraint": "EU" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('offers the Region that was meant', () => {
  const members = '"StringEquals": { "kms:PrimaryRegion": "us-east-1a" }';
  expect(titles(members, { action: '"kms:UpdatePrimaryRegion"' })).toContain('change to `us-east-1`');
  expect(mended(members, 'change to `us-east-1`')).toEqual({ StringEquals: { 'kms:PrimaryRegion': 'us-east-1' } });
});
