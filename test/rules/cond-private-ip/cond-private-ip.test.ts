import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { found, withCondition } from '../conditions.ts';
import { check, findings } from '../harness.ts';

test('reports each private value', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "192.168.1.7", "fd00::/8"] },
//                                      ^^^^^^^^^^^^ cond-private-ip: \`10.0.0.0/8\` is private, and \`aws:SourceIp\` is a public address; the condition never holds; use the public addresses of the network, or \`aws:VpcSourceIp\`
//                                                    ^^^^^^^^^^^^^ cond-private-ip
//                                                                   ^^^^^^^^^^ cond-private-ip
        "NotIpAddress": { "aws:SourceIp": ["172.31.0.0/16", "203.0.113.0/24"] }
//                                         ^^^^^^^^^^^^^^^ cond-private-ip: the value matches no request
      `),
  );
});

describe('is an error only where the condition never holds', () => {
  test.each([
    ['"IpAddress": { "aws:SourceIp": "10.0.0.0/8" }', 'error'],
    ['"IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"] }', 'warning'],
    ['"IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "${Range}"] }', 'warning'],
    ['"NotIpAddress": { "aws:SourceIp": "10.0.0.0/8" }', 'warning'],
    ['"IpAddressIfExists": { "aws:SourceIp": "10.0.0.0/8" }', 'warning'],
  ])('%s: %s', (members, severity) => {
    const all = findings(new SourceDocument({ uri: 'a.key-policy.json', text: withCondition(members) }));
    expect(all.find(({ rule }) => rule.id === 'cond-private-ip')?.severity).toBe(severity);
  });
});

test.each([
  '"IpAddress": { "aws:SourceIp": ["0.0.0.0/0", "203.0.113.0/24", "172.32.0.0/16", "10.0.0.0/7", "::/0"] }',
  '"IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" }',
  '"StringEquals": { "aws:SourceIp": "10.0.0.1" }',
  '"IpAddress": { "aws:SourceIp": "${OfficeRange}" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});
