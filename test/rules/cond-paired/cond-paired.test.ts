import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports private addresses without their network', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" },
//                     ^^^^^^^^^^^^^^^^^ cond-paired: \`aws:VpcSourceIp\` does not say in which VPC the address is; every VPC may have the same private addresses; add a condition on \`aws:SourceVpc\`
        "NotIpAddress": { "aws:Ec2InstanceSourcePrivateIPv4": "10.0.0.0/16" }
//                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-paired: add a condition on \`aws:Ec2InstanceSourceVpc\`
      `),
  );
});

test.each([
  '"IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" }, "StringEquals": { "aws:sourcevpce": "vpce-0a1b2c3d" }',
  '"IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" }, "StringEquals": { "aws:SourceVpc": "vpc-0a1b2c3d" }',
  '"Null": { "aws:VpcSourceIp": "true" }',
  '"IpAddress": { "aws:SourceIp": "203.0.113.0/24" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('adds the network, to be filled in', () => {
  const members = '"IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" }';
  expect(titles(members)).toEqual(['add `aws:SourceVpc`']);
  expect(mended(members, 'add `aws:SourceVpc`')).toEqual({
    IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' },
    StringEquals: { 'aws:SourceVpc': 'vpc-id' },
  });
});
