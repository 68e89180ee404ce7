import { expect, test } from 'vitest';
import { plainText } from '../../../server/features/markup.ts';

test.each([
  ['## **Why:** `kms:*` is *not*\n\nmore', 'Why: kms:* is *not*\n\nmore'],
  ['see [the `Version` page](https://example.com/a_b)', 'see the Version page (https://example.com/a_b)'],
  ['| a | b |\n|---|:-:|\n| `x` | y |', '| a | b |\n| x | y |'],
  ['before\n\n---\n\nafter', 'before\n\nafter'],
  ['a code:\n\n```diff\n- "**x**": `y`\n+ [a](b)\n```\n\nend', 'a code:\n\n- "**x**": `y`\n+ [a](b)\n\nend'],
  ['\\*literally\\* and `` a`b ``', '*literally* and a`b'],
])('%j as plain text', (markdown, text) => {
  expect(plainText(markdown)).toBe(text);
});
