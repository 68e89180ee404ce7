import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports what is no id of an endpoint', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "aws:sourceVpce": ["vpce-123", "vpc-0a1b2c3d"] }
//                                           ^^^^^^^^^^ cond-vpce-format: \`vpce-123\` is not the id of a VPC endpoint; \`aws:sourceVpce\` never has this value; write \`vpce-\` and eight or seventeen hexadecimal digits
//                                                       ^^^^^^^^^^^^^^ cond-vpce-format: test the id of a VPC by \`aws:SourceVpc\`
      `),
  );
});

test.each([
  '"StringEquals": { "aws:SourceVpce": ["vpce-0a1b2c3d", "vpce-1234abcdf5678c90a"] }',
  '"StringLike": { "aws:SourceVpce": "vpce-1*" }',
  '"StringEquals": { "aws:SourceVpce": ["vpce-id", "${Endpoint}", "vpce-xxxx1"] }',
  '"StringEquals": { "aws:PrincipalTag/vpce": "vpce-123" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});
