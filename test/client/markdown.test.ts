import { expect, test } from 'vitest';
import { commandLink, sentenceAsMarkdown } from '../../client/markdown.ts';

test('code stays code', () => {
  expect(sentenceAsMarkdown('allowed if a policy allows `kms:Decrypt`')).toBe(
    'allowed if a policy allows `kms:Decrypt`',
  );
});

test('nothing in a sentence becomes a link, an image or markup', () => {
  expect(sentenceAsMarkdown('denied by “![x](https://example.com/x.png) <b> *all*”')).toBe(
    'denied by “\\!\\[x\\]\\(https://example\\.com/x\\.png\\) \\<b\\> \\*all\\*”',
  );
  expect(sentenceAsMarkdown('one ` backtick')).toBe('one \\` backtick');
  expect(sentenceAsMarkdown('a\nb')).toBe('a b');
});

test('a link carries its argument', () => {
  const link = commandLink('Run again', 'kms-lens.runAgain', { uri: 'file:///a (1).json' });
  const [, encoded = ''] = /^\[Run again\]\(command:kms-lens\.runAgain\?(.*)\)$/.exec(link) ?? [];
  expect(JSON.parse(decodeURIComponent(encoded))).toEqual([{ uri: 'file:///a (1).json' }]);
  expect(encoded).not.toMatch(/[\s()]/);
});
