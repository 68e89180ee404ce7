import { expect, test } from 'vitest';
import type { Question } from '../../../server/knowledge/question.ts';

const script = new URL('../../../scripts/generate/question.mjs', import.meta.url).href;
const { parseQuestion }: { parseQuestion(path: string, text: string): Question } = await import(
  /* @vite-ignore */ script
);

const file = `---
title: A file
section: 6
level: easy
items: Q1, QP1
topics: envelope-encryption
choose: 1
proof: examples/exam/q1.kms-scenario.json
step: it fits
step: it does not
---
## Question

Which call?

## Options

- [ ] \`Encrypt\`
  Too long.
- [x] \`GenerateDataKey\`
  It gives a key,
  and says no more.

- [ ] Sign
  No.
- [ ] None
  Yes, one.

## Printed

\`Encrypt\`.

## Today

Not since 2014.
`;

const question: Question = {
  id: 'file',
  title: 'A file',
  section: 6,
  level: 'easy',
  items: ['Q1', 'QP1'],
  topics: ['envelope-encryption'],
  choose: 1,
  proof: 'examples/exam/q1.kms-scenario.json',
  steps: ['it fits', 'it does not'],
  question: 'Which call?',
  options: [
    { text: '`Encrypt`', right: false, reason: 'Too long.' },
    { text: '`GenerateDataKey`', right: true, reason: 'It gives a key, and says no more.' },
    { text: 'Sign', right: false, reason: 'No.' },
    { text: 'None', right: false, reason: 'Yes, one.' },
  ],
  outdated: { printed: '`Encrypt`.', today: 'Not since 2014.' },
};

test('a file is read', () => {
  expect(parseQuestion('questions/file.md', file)).toEqual(question);
  expect(parseQuestion('questions/file.md', file.replaceAll('\n', '\r\n'))).toEqual(question);
});

test('items, and what is outdated, may be left out', () => {
  const shorter = file.replace('items: Q1, QP1\n', '').replace(/## Printed[\s\S]*$/, '');
  const { outdated, ...other } = question;
  expect(parseQuestion('questions/file.md', shorter)).toEqual({ ...other, items: [] });
});

test.each<[what: string, from: string, to: string, error: string]>([
  ['no front matter', '---\ntitle', 'title', '1: it must begin with front matter between two lines `---`'],
  ['no title', 'title: A file\n', '', '1: no `title`'],
  ['no topics', 'topics: envelope-encryption\n', '', '1: no `topics`'],
  ['no step', 'step: it fits\nstep: it does not\n', '', '1: no `step`'],
  ['a step twice', 'it does not', 'it fits', '10: `it fits` stands there twice'],
  ['an unknown name', 'level:', 'levels:', '4: unknown name `levels`'],
  ['a name twice', 'level: easy', 'section: 5', '4: `section` stands there twice'],
  ['a section that is none', 'section: 6', 'section: 7', '3: a section is a number from 1 to 6'],
  ['a level that is none', 'easy', 'simple', '4: a level is `easy`, `medium` or `hard`'],
  ['an item that is none', 'QP1', 'Q-1', '5: `Q-1` cannot be one of the items'],
  ['a topic that is none', 'envelope-encryption', 'Envelopes', '6: `Envelopes` cannot be one of the topics'],
  ['a proof elsewhere', 'examples/exam/q1', 'test/q1', '8: a proof is a scenario below `examples/`'],
  ['more right options than stated', '[ ] Sign', '[x] Sign', '16: 2 options are right, and `choose` says 1'],
  ['fewer', 'choose: 1', 'choose: 2', '16: 1 options are right, and `choose` says 2'],
  ['no options', /## Options[\s\S]*(?=## Printed)/.exec(file)?.[0] ?? '', '', '12: no `## Options`'],
  ['three options', '- [ ] Sign\n  No.\n', '', '16: four options are asked for, or five'],
  ['an option without a reason', '  Too long.\n', '', '18: no reason below the option'],
  ['an option twice', '[ ] None', '[ ] Sign', '26: the option stands there twice'],
  [
    'a reason that is not indented',
    '  Too long.',
    'Too long.',
    '19: an option is `- [x] text` or `- [ ] text`, its reason indented by two',
  ],
  [
    'a reason of nothing',
    '- [ ] `Encrypt`\n',
    '',
    '18: an option is `- [x] text` or `- [ ] text`, its reason indented by two',
  ],
  [
    'an answer of old without one of today',
    '\n## Today\n\nNot since 2014.\n',
    '',
    '29: no `## Today` says what holds instead',
  ],
  ['an answer of today alone', '## Printed\n\n`Encrypt`.\n\n', '', '29: no `## Printed` says what holds no longer'],
  ['an empty part', 'Which call?\n', '', '12: nothing below `## Question`'],
])('%s is refused with file and line', (_what, from, to, error) => {
  expect(file).toContain(from);
  expect(() => parseQuestion('questions/file.md', file.replace(from, to))).toThrow(
    new Error(`questions/file.md:${error}`),
  );
});
