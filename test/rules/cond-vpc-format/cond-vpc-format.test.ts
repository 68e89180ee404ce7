import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports what is no id of a VPC', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "aws:SourceVpc": ["vpc-123", "vpce-0a1b2c3d", "vpc-0A1B2C3D"] },
//                                          ^^^^^^^^^ cond-vpc-format: \`vpc-123\` is not the id of a VPC; \`aws:SourceVpc\` never has this value; write \`vpc-\` and eight or seventeen hexadecimal digits
//                                                     ^^^^^^^^^^^^^^^ cond-vpc-format: test the id of an endpoint by \`aws:SourceVpce\`
//                                                                      ^^^^^^^^^^^^^^ cond-vpc-format
        "StringNotEquals": { "aws:Ec2InstanceSourceVpc": "0a1b2c3d" }
//                                                       ^^^^^^^^^^ cond-vpc-format
      `),
  );
});

test.each([
  '"StringEquals": { "aws:SourceVpc": ["vpc-0a1b2c3d", "vpc-0a1b2c3d4e5f67890"] }',
  '"StringLike": { "aws:SourceVpc": ["vpc-*", "vpc-0?"] }',
  '"StringEquals": { "aws:SourceVpc": ["vpc-id", "${VpcId}", "vpc-xxxxxxx1", "<vpc-1>", "vpc-EXAMPLE1", "my-vpc"] }',
  '"StringEquals": { "aws:Ec2InstanceSourceVpc": "${aws:SourceVpc}" }',
  '"StringEquals": { "ec2:Vpc": "vpc-123" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});
