// Reads the Markdown file of a practice question. What is wrong with it is said with file and line.
import { readList, readMarkdown } from './markdown-file.mjs';

/** What the questions are about; the first is section 1. */
export const sections = [
  'What KMS is',
  'Types of keys',
  'Where key material comes from',
  'Policies, grants and encryption context',
  'Rotation, aliases and Regions',
  'Envelopes, services and quotas',
];

const headings = ['## Question', '## Options', '## Printed', '## Today'];
const lists = { items: /^[A-Z]+\d+$/, topics: /^[a-z0-9-]+$/ };
const single = {
  title: { form: /./, what: '', as: String },
  section: { form: /^[1-6]$/, what: 'a section is a number from 1 to 6', as: Number },
  level: { form: /^(easy|medium|hard)$/, what: 'a level is `easy`, `medium` or `hard`', as: String },
  choose: { form: /^[1-4]$/, what: '`choose` is a number from 1 to 4', as: Number },
  proof: {
    form: /^examples\/[\w/-]+\.kms-scenario\.json$/,
    what: 'a proof is a scenario below `examples/`',
    as: String,
  },
};

/**
 * The question in a file.
 *
 * @param {string} path as errors name it; the file's name is the question's id.
 * @param {string} text
 * @throws {Error} where the file is not as the first lines of server/knowledge/question.ts say.
 */
export function parseQuestion(path, text) {
  const file = readMarkdown(path, text);
  const found = { id: file.id, ...readHead(file) };
  const parts = Object.fromEntries(file.sections(headings).map((part) => [part.heading.slice(3), part]));
  const { Question, Options, Printed, Today } = parts;
  if (!Options) file.fail(Question.index, 'no `## Options`');
  const options = readOptions(Options, file.fail);
  const right = options.filter((option) => option.right).length;
  if (right !== found.choose)
    file.fail(Options.index, `${right} options are right, and \`choose\` says ${found.choose}`);
  if (Printed && !Today) file.fail(Printed.index, 'no `## Today` says what holds instead');
  if (Today && !Printed) file.fail(Today.index, 'no `## Printed` says what holds no longer');
  const outdated = Printed && { outdated: { printed: textOf(Printed), today: textOf(Today) } };
  return { ...found, question: textOf(Question), options, ...outdated };
}

const textOf = ({ lines }) => lines.join('\n').trim();

function readHead({ head, fail }) {
  const found = {
    title: undefined,
    section: undefined,
    level: undefined,
    items: [],
    topics: undefined,
    choose: undefined,
    proof: undefined,
    steps: [],
  };
  const seen = new Set();
  for (const { name, value, index } of head) {
    const failHere = (problem) => fail(index, problem);
    if (name === 'step') {
      if (found.steps.includes(value)) failHere(`\`${value}\` stands there twice`);
      found.steps.push(value);
      continue;
    }
    if (!(name in lists) && !(name in single)) failHere(`unknown name \`${name}\``);
    if (seen.has(name)) failHere(`\`${name}\` stands there twice`);
    seen.add(name);
    found[name] =
      name in lists ? readList(name, value, lists[name], failHere) : readSingle(single[name], value, failHere);
  }
  for (const [name, value] of Object.entries(found))
    if (value === undefined || (name === 'steps' && value.length === 0))
      fail(0, `no \`${name === 'steps' ? 'step' : name}\``);
  return found;
}

const readSingle = ({ form, what, as }, value, fail) => (form.test(value) ? as(value) : fail(what));

/** `- [x] text` is right and `- [ ] text` wrong; the reason stands below it, indented. */
function readOptions({ lines, index }, fail) {
  const options = [];
  for (const [at, line] of lines.entries()) {
    if (line === '') continue;
    const here = index + 1 + at;
    const [, mark, text] = /^- \[([ x])\] (\S.*)$/.exec(line) ?? [];
    const [, reason] = /^ {2}(\S.*)$/.exec(line) ?? [];
    if (text) options.push({ text, right: mark === 'x', reason: '', here });
    else if (!reason || options.length === 0)
      fail(here, 'an option is `- [x] text` or `- [ ] text`, its reason indented by two');
    else options.at(-1).reason = `${options.at(-1).reason} ${reason}`.trim();
  }
  if (options.length < 4 || 5 < options.length) fail(index, 'four options are asked for, or five');
  return options.map(({ here, ...option }, at) => {
    if (option.reason === '') fail(here, 'no reason below the option');
    if (options.findIndex(({ text }) => text === option.text) < at) fail(here, 'the option stands there twice');
    return option;
  });
}
