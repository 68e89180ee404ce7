import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { inline, plainLines, plainRows } from '../../cli/output/plain.ts';

const none = picocolors.createColors(false);
const coloured = picocolors.createColors(true);

test.each([
  ['`kms:Decrypt` and **bold `code`**', 'kms:Decrypt and bold code'],
  ['[Guide](https://example.com/a)', 'Guide (https://example.com/a)'],
  ['my\\_name \\*', 'my_name *'],
  ['`` a`b ``', 'a`b'],
  ['2 * 3 = 6', '2 * 3 = 6'],
])('%s', (markdown, plain) => {
  expect(inline(markdown, none)).toBe(plain);
});

test('lists and quotations keep their indentation when they are broken', () => {
  const lines = plainLines(`- ${'word '.repeat(30).trim()}\n> quoted`, none);
  expect(lines.length).toBe(3);
  expect(lines[0]).toMatch(/^- word/);
  expect(lines[1]).toMatch(/^ {2}word/);
  expect(lines[2]).toBe('  quoted');
});

test('code stays as it is, tables become columns', () => {
  expect(plainLines('```json\n{ "a": "|`" }\n```', none)).toEqual(['    { "a": "|`" }']);
  expect(plainLines('| Spec | Use |\n|---|---|\n| `a\\|b` | long |\n| c | d |', none)).toEqual([
    '  Spec  Use',
    '  a|b   long',
    '  c     d',
  ]);
});

test('the second column is broken below itself, colours not counted', () => {
  const value = Array.from({ length: 12 }, () => '`kms:Decrypt`').join(', ');
  const lines = plainRows([['Actions', value]], coloured);
  expect(lines.length).toBe(2);
  expect(lines[1]).toMatch(/^ {11}\S/);
  expect(plainRows([['Actions', value]], none)).toEqual([
    `  Actions  ${Array.from({ length: 6 }, () => 'kms:Decrypt,').join(' ')}`,
    `           ${Array.from({ length: 6 }, () => 'kms:Decrypt').join(', ')}`,
  ]);
});
