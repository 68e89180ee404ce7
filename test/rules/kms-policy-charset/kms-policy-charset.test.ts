import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const withSid = (sid: string): string =>
  policyOf(`{ "Sid": "${sid}", "Effect": "Allow", "Principal": { "AWS": "1" }, "Action": "kms:*", "Resource": "*" }`);

describe('reports', () => {
  test('a run of characters, and writes it plainly', () => {
    const text = policyOf(`
    { "Sid": "Don’t – delete", "Effect": "Deny", "Principal": "*", "Action": "kms:Delete*", "Resource": "*" }
    //           ^ kms-policy-charset: \`’\` (U+2019) cannot stand in a key policy; AWS KMS rejects a policy with characters beyond U+00FF; write it
    //              ^ kms-policy-charset: \`–\` (U+2013)
  `);
    expect(fixed('a.key-policy.json', text, "change to `'`")).toContain('"Don\'t – delete"');
    expect(fixed('a.key-policy.json', text, 'change to `-`')).toContain('"Don’t - delete"');
  });

  test('what cannot be seen, and removes it', () => {
    const mended = fixTitles('a.key-policy.json', withSid('a\u200bb'));
    expect(mended).toEqual(['remove U+200B']);
  });

  test.each(['日本語', 'ключ', '🔑🔑', 'ÿĀ'])('%s, once and without a fix', (sid) => {
    expect(ruleIds('a.key-policy.json', withSid(sid))).toEqual(['kms-policy-charset']);
    expect(fixTitles('a.key-policy.json', withSid(sid))).toEqual([]);
  });

  test('it inside the output of get-key-policy', () => {
    const policy = withSid('a…').replaceAll('\n', '').replaceAll('"', '\\"');
    const text = `{ "PolicyName": "default", "Policy": "${policy}" }`;
    expect(ruleIds('answer.json', text)).toEqual(['kms-policy-charset']);
    expect(fixTitles('answer.json', text)).toEqual(['change to `...`']);
  });

  test('so many and no more', () => {
    expect(ruleIds('a.key-policy.json', withSid('š '.repeat(1000)))).toHaveLength(50);
  });
});

describe('leaves alone', () => {
  test.each([
    ['Latin-1', 'a.key-policy.json', withSid('Schlüssel für Bücher, ÿ')],
    ['escapes', 'a.key-policy.json', withSid('Don\\u2019t')],
    ['a byte order mark', 'a.key-policy.json', `\uFEFF${withSid('a')}`],
    ['identity policies, which take more', 'a.iam-policy.json', withSid('ключ')],
  ])('%s', (_, file, text) => {
    expect(ruleIds(file, text)).toEqual([]);
  });

  test('quotes that are no JSON, of which another rule speaks', () => {
    check(
      'a.key-policy.json',
      policyOf(`
    { "Effect": “Allow”, "Principal": { "AWS": "1" }, "Action": "kms:*", "Resource": "*" }
    //          ^^^^^^^ json-syntax
  `),
    );
  });
});
