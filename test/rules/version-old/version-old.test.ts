import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

const policy = (version: string, account: string): string => `
{
  "Version": "${version}",
  "Statement": { "Effect": "Allow", "Principal": { "AWS": "${account}" }, "Action": "kms:*", "Resource": "*" }
}`;

test('reports the version of 2008, and mends it', () => {
  const text = `
{
  "Version": "2008-10-17",
  //         ^^^^^^^^^^^^ version-old: policy variables are plain text in it; write \`2012-10-17\`
  "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" }
}`;
  expect(fixed('a.key-policy.json', text, 'change to `2012-10-17`')).toBe(policy('2012-10-17', '111122223333'));
  expect(fixTitles('a.key-policy.json', text)).toContain('change to `2012-10-17` (safe)');
});

test('leaves it to another rule where variables would begin to work, whose fix is not applied in bulk', () => {
  const text = policy('2008-10-17', '111122223333').replace(
    '"*" }',
    '"*", "Condition": { "StringEquals": { "aws:userid": "${aws:userid}" } } }',
  );
  check(
    'a.key-policy.json',
    text.replace(
      '\n  "Statement"',
      '\n  //         ^^^^^^^^^^^^ variable-unsupported-in-version: `${aws:userid}` is plain text\n  "Statement"',
    ),
  );
  expect(fixTitles('a.key-policy.json', text, { about: 'variable-unsupported-in-version' })).toContain(
    'change to `2012-10-17`',
  );
});

describe('leaves alone', () => {
  test.each(['2012-10-17', '2012-10-27', '${Version}'])('%s', (version) => {
    expect(ruleIds('a.key-policy.json', policy(version, '1'))).toEqual([]);
  });
});
