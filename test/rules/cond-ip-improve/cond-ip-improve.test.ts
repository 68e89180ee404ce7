import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports bits behind the prefix', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "IpAddress": { "aws:SourceIp": ["203.0.113.7/24", "2001:db8::1/64"] }
//                                      ^^^^^^^^^^^^^^^^ cond-ip-improve: \`203.0.113.7/24\` is the range \`203.0.113.0/24\`; the bits behind the prefix do not count; write \`203.0.113.0/24\`, or a longer prefix if one address is meant
//                                                        ^^^^^^^^^^^^^^^^ cond-ip-improve: is the range \`2001:db8::/64\`
      `),
  );
});

test.each([
  '"IpAddress": { "aws:SourceIp": ["203.0.113.7/32", "203.0.113.7", "203.0.113.0/24", "2001:DB8::/32"] }',
  '"StringEquals": { "aws:SourceIp": "203.0.113.7/24" }',
  '"IpAddress": { "aws:SourceIp": "${Ip}/24" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('writes the range that it is, safely', () => {
  const members = '"NotIpAddress": { "aws:SourceIp": "203.0.113.7/24" }';
  expect(titles(members)).toEqual(['change to `203.0.113.0/24` (safe)']);
  expect(mended(members, 'change to `203.0.113.0/24`')).toEqual({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } });
});
