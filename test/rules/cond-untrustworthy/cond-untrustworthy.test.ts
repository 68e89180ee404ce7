import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports headers that the caller writes', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringLike": { "aws:Referer": "https://example.com/*", "aws:UserAgent": "orders/*" }
//                      ^^^^^^^^^^^^^ cond-untrustworthy: \`aws:Referer\` is what the caller says of itself; anybody can make it up, so it keeps nobody out
//                                                              ^^^^^^^^^^^^^^^ cond-untrustworthy: test the caller or the network by keys such as
      `),
  );
});

test.each(['"StringLike": { "aws:SourceVpce": "vpce-0a1b2c3d" }', '"StringLike": { "s3:UserAgent": "x" }'])(
  'leaves %s alone',
  (members) => {
    expect(found(members)).toEqual([]);
  },
);
