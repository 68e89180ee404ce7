import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { check as inspectedBy } from '../../../server/rules/engine.ts';
import { applyFix } from '../../../server/rules/fixes.ts';
import { rules } from '../../../server/rules/generated/index.ts';
import { fixesOf } from '../../../server/rules/rule.ts';
import { check, policyOf, ruleIds } from '../harness.ts';

const unknown = '{ "Effect": "Allow", "Principal": "*", "Action": "kms:Decypt", "Resource": "*" }';
const known = unknown.replace('Decypt', 'Decrypt');

test('reports each name that suppresses nothing', () => {
  check(
    'a.jsonc',
    policyOf(`
    // kms-lens-disable-next-line action-unknown, sid-empty -- agreed
    //                                            ^^^^^^^^^ suppression-unused: no finding of \`sid-empty\` is suppressed here; one that comes later would go unseen; remove it from the comment
    ${unknown}
  `),
  );
});

test('of two that cover the same finding, reports the second', () => {
  check(
    'a.jsonc',
    policyOf(`
    // kms-lens-disable-next-line action-unknown
    // kms-lens-disable-next-line action-unknown
    //                            ^^^^^^^^^^^^^^ suppression-unused: remove the comment
    ${unknown}
  `),
  );
});

describe('leaves alone', () => {
  test.each([
    ['one that does its work', `// kms-lens-disable-next-line action-unknown\n${unknown}`],
    ['a rule that does not exist', `// kms-lens-disable-next-line action-unknwon\n${known}`],
    ['a rule that is off by itself', `// kms-lens-disable-next-line kms-deletion-unguarded\n${known}`],
    ['a word that is no directive', `// kms-lens-disable-lines action-unknown\n${known}`],
    ['itself', `// kms-lens-disable-next-line suppression-unused, suppression-malformed\n${known}`],
    ['broken JSON', `// kms-lens-disable-next-line action-unknown\n${known} oops`],
    ['comments about something else', `// action-unknown\n${known}`],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.jsonc', policyOf(statements))).toEqual([]);
  });

  test('what was suppressed before this comment came', () => {
    const text = policyOf(`// kms-lens-disable-next-line action-unknown, suppression-unused\n${known}`);
    expect(ruleIds('a.jsonc', text)).toEqual(['suppression-unused']);
    expect(ruleIds('a.jsonc', `/* kms-lens-disable suppression-unused */ ${text}`)).toEqual([]);
  });

  test('rules that are off, that somebody else speaks for, or that failed', () => {
    const text = policyOf(`// kms-lens-disable-next-line action-unknown\n${known}`);
    const document = new SourceDocument({ uri: 'a.jsonc', text });
    const broken = rules.map((rule) =>
      rule.id === 'action-unknown' ? { ...rule, check: { action: () => expect.fail('no') } } : rule,
    );
    const count = (options: Partial<Parameters<typeof inspectedBy>[1]>): number =>
      inspectedBy(document, { rules, ...options }).filter(({ rule }) => rule.id === 'suppression-unused').length;
    expect(count({})).toBe(1);
    expect(count({ severities: { 'action-unknown': 'off' } })).toBe(0);
    expect(count({ silent: new Set(['action-unknown']) })).toBe(0);
    expect(count({ rules: broken })).toBe(0);
  });

  test('rules that a document of unknown kind may or may not be for', () => {
    const text = policyOf(`// kms-lens-disable-next-line kms-external-admin, action-unknown\n${known}`);
    expect(ruleIds('a.jsonc', text)).toEqual(['suppression-unused']);
    expect(ruleIds('a.jsonc', text, { configured: 'key-policy' })).toHaveLength(2);
    expect(ruleIds('a.jsonc', text, { configured: 'scp' })).toHaveLength(2);
  });
});

describe('is mended', () => {
  /** Once for each finding, as the text is then. */
  const mended = (text: string): string => {
    const document = new SourceDocument({ uri: 'a.jsonc', text });
    const [found] = inspectedBy(document, { rules }).filter(({ rule }) => rule.id === 'suppression-unused');
    const [fix] = fixesOf(found?.finding);
    return fix ? mended(applyFix(document, fix) ?? '') : text;
  };
  const withEnd = (comment: string): string => policyOf(`\n    ${known}${comment}\n  `);

  test.each([
    ['with its line', policyOf(`\n    // kms-lens-disable-next-line sid-empty -- why\n    ${known}\n  `)],
    ['with the space before it', withEnd('   // kms-lens-disable-line sid-empty')],
    ['with the space behind it', policyOf(`\n    /* kms-lens-disable sid-empty */ ${known}\n  `)],
    ['over several lines', policyOf(`\n    /* kms-lens-disable sid-empty\n       -- why */\n    ${known}\n  `)],
    ['at the end', `${withEnd('')}// kms-lens-disable sid-empty`],
  ])('%s', (_, text) => {
    expect(mended(text)).toBe(withEnd(''));
    expect(mended(text.replaceAll('\n', '\r\n'))).toBe(withEnd('').replaceAll('\n', '\r\n'));
  });

  test.each(['sid-empty, action-unknown', 'action-unknown, sid-empty', 'sid-empty,action-unknown,sid-duplicate'])(
    'by a name and its comma: %s',
    (names) => {
      const text = (of: string): string =>
        policyOf(`\n    // kms-lens-disable-next-line ${of} -- why\n    ${unknown}\n  `);
      expect(mended(text(names))).toBe(text('action-unknown'));
    },
  );
});
