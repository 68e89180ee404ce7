import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../server/documents/source.ts';
import { applyFix, editsWithHoles } from '../../server/rules/fixes.ts';
import { asSnippet, hasHoles, hole, withoutHoles } from '../../server/rules/holes.ts';
import type { Fix } from '../../server/rules/rule.ts';

describe('holes', () => {
  const text = `"arn:aws:iam::${hole('111122223333')}:root", "\${aws:username}", "${hole('111122223333')}", "${hole('key}')}"`;

  test('are placeholders of a snippet, the same one for equal ones, and the rest of the text is taken literally', () => {
    expect(asSnippet(text)).toBe(
      '"arn:aws:iam::${1:111122223333}:root", "\\${aws:username\\}", "${1:111122223333}", "${2:key\\}}"',
    );
  });

  test('are plain text for those who fill nothing in', () => {
    expect(hasHoles(text)).toBe(true);
    expect(withoutHoles(text)).toBe('"arn:aws:iam::111122223333:root", "${aws:username}", "111122223333", "key}"');
    expect(hasHoles(withoutHoles(text))).toBe(false);
  });

  test.each(['{ "Version": "2012-10-17" }', '{ "Version": "2012-10-17", "Statement": [] }'])(
    'survive the edits of a fix: %s',
    (policy) => {
      const document = new SourceDocument({ uri: 'a.key-policy.json', text: policy });
      const fix: Fix = {
        title: 'name the account',
        safe: false,
        edits: [
          { op: 'set', path: ['Id'], value: `of ${hole('111122223333')}` },
          { op: 'set', path: ['Version'], value: '2008-10-17' },
        ],
      };
      expect(JSON.parse(applyFix(document, fix) ?? '')).toMatchObject({ Id: 'of 111122223333', Version: '2008-10-17' });
      expect(editsWithHoles(document, fix)?.some(({ newText }) => hasHoles(newText))).toBe(true);
    },
  );
});
