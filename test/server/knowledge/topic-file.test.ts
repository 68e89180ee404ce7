import { expect, test } from 'vitest';
import type { Topic } from '../../../server/knowledge/topic.ts';

const script = new URL('../../../scripts/generate/topic.mjs', import.meta.url).href;
const { parseTopic }: { parseTopic(path: string, text: string): Topic } = await import(/* @vite-ignore */ script);

const file = `---
title: Grants
items: R16, P8
subjects: action:CreateGrant, document:grant
source: Guide, Grants | https://docs.aws.amazon.com/kms/latest/developerguide/grants.html | 2026-11
---
## Exam

A grant is **additive**.

## Trap

It never ends.
`;

test('a file is read', () => {
  const topic = {
    id: 'grants',
    title: 'Grants',
    items: ['R16', 'P8'],
    subjects: ['action:CreateGrant', 'document:grant'],
    sources: [
      {
        title: 'Guide, Grants',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
        date: '2026-11',
      },
    ],
    exam: 'A grant is **additive**.',
    trap: 'It never ends.',
  };
  expect(parseTopic('topics/grants.md', file)).toEqual(topic);
  expect(parseTopic('topics/grants.md', file.replaceAll('\n', '\r\n'))).toEqual(topic);
});

test.each<[what: string, from: string, to: string, error: string]>([
  ['no front matter', '---\ntitle', 'title', '1: it must begin with front matter between two lines `---`'],
  ['an endless head', '---\n## Exam', '## Exam', '1: it must begin with front matter between two lines `---`'],
  ['no title', 'title: Grants\n', '', '1: no `title`'],
  ['no source', /source.*\n/.exec(file)?.[0] ?? '', '', '1: no `source`'],
  ['a line without a name', 'items: R16, P8', 'R16, P8', '3: `R16, P8` is no `name: value`'],
  ['an empty value', 'items: R16, P8', 'items: ', '3: `items: ` is no `name: value`'],
  ['an unknown name', 'items:', 'item:', '3: unknown name `item`'],
  ['a name twice', 'items: R16, P8', 'title: More', '3: `title` stands there twice'],
  ['an item that is none', 'P8', 'R4.07', '3: `R4.07` cannot be one of the items'],
  ['an empty item', 'P8', '', '3: `` cannot be one of the items'],
  ['an item twice', 'P8', 'R16', '3: `R16` stands there twice'],
  ['a subject that is none', 'document:grant', 'grant', '4: `grant` cannot be one of the subjects'],
  ['a source without a date', ' | 2026-11', '', '5: a source is `title | url | 2026-11`'],
  ['a source of no month', '2026-11', '2026-13', '5: a source is `title | url | 2026-11`'],
  ['text too early', '## Exam\n', 'Exam\n\n## Exam\n', '7: text before the first heading'],
  ['no tip', '## Exam\n\nA grant is **additive**.\n\n', '', '7: no `## Exam`'],
  ['an unknown heading', '## Trap', '## Tip', '11: unknown heading `## Tip`'],
  ['a heading of another level', '## Trap', '### Trap', '11: unknown heading `### Trap`'],
  [
    'a part twice',
    '## Trap',
    '## Exam',
    '11: `## Exam` cannot stand here: the order is `## Exam`, `## Trap`, `## Today`',
  ],
  ['an empty part', 'It never ends.', '', '11: nothing below `## Trap`'],
])('%s is refused with file and line', (_what, from, to, error) => {
  expect(file).toContain(from);
  expect(() => parseTopic('topics/grants.md', file.replace(from, to))).toThrow(new Error(`topics/grants.md:${error}`));
});

test('a file is named in lower case with hyphens', () => {
  expect(() => parseTopic('topics/My Grants.md', file)).toThrow('topics/My Grants.md:1: name the file in lower case');
});
