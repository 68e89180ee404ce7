import { existsSync, readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { loadKnowledge, loadPractice } from '../../../server/knowledge/index.ts';
import type { Question } from '../../../server/knowledge/question.ts';
import '../../../server/step-kinds.ts';
import { parseJson } from '../../../simulator/json/parse.ts';
import { readScenario } from '../../../simulator/scenario/read.ts';

const knowledge = await loadKnowledge();
const { questions, sectionTitles } = await loadPractice();
const project = new URL('../../../', import.meta.url);

const textsOf = ({ question, options, outdated }: Question): string[] => [
  question,
  ...options.flatMap(({ text, reason }) => [text, reason]),
  ...(outdated ? [outdated.printed, outdated.today] : []),
];

/** The names of the steps of a scenario. */
function stepsOf(path: string): string[] {
  const { root } = parseJson(readFileSync(new URL(path, project), 'utf8'));
  return root ? readScenario(root).steps.map(({ title }) => title) : [];
}

describe.each(questions)('$id', (question) => {
  test('has as many right options as it says, and wrong ones besides', () => {
    const right = question.options.filter((option) => option.right);
    expect(right.length).toBe(question.choose);
    expect(right.length).toBeLessThan(question.options.length);
    expect([4, 5]).toContain(question.options.length);
  });

  test('gives a reason of its own for every option', () => {
    const reasons = question.options.map(({ reason }) => reason);
    expect(new Set(reasons).size).toBe(reasons.length);
    for (const reason of reasons) {
      expect(reason.length).toBeGreaterThan(40);
      expect(reason).toMatch(/[.)]$/);
    }
  });

  test('does not count on the order of the options', () => {
    expect(textsOf(question).join('\n')).not.toMatch(/\b(option|answer)s? [A-E]\b|\b(above|below|former|latter)\b/i);
  });

  test('is explained by topics that there are', () => {
    expect(question.topics.length).toBeGreaterThan(0);
    for (const id of question.topics) expect(knowledge.topic(id), id).toBeDefined();
  });

  test('is shown by steps of a scenario that there is', () => {
    expect(existsSync(new URL(question.proof, project)), question.proof).toBe(true);
    expect(stepsOf(question.proof)).toEqual(expect.arrayContaining([...question.steps]));
  });

  test('is well-formed Markdown', () => {
    for (const text of textsOf(question)) {
      expect(text.split('`').length % 2, text).toBe(1);
      expect(text).not.toMatch(/<|^#|—/m);
    }
    expect(question.question).toMatch(/[?.]$/);
  });
});

test('each of the ten questions of the inventory is there once, with its trap', () => {
  const items = Array.from({ length: 10 }, (_, at) => [`Q${at + 1}`, `QP${at + 1}`]);
  const covering = questions.filter((question) => question.items.length > 0);
  expect(covering.map((question) => question.items).sort()).toEqual(items.sort());
  for (const { items: covered, proof } of covering)
    expect(proof).toContain(`/${covered.map((item) => item.toLowerCase()).join('-')}-`);
});

test('there are many more, of every level, about every section', () => {
  expect(questions.length).toBeGreaterThanOrEqual(40);
  expect(questions.filter(({ choose }) => choose === 2).length).toBeGreaterThan(5);
  for (const level of ['easy', 'medium', 'hard'])
    expect(questions.filter((question) => question.level === level).length, level).toBeGreaterThan(10);
  for (const { section, title } of sectionTitles) {
    const levels = questions.filter((question) => question.section === section).map(({ level }) => level);
    expect(levels.length, title).toBeGreaterThanOrEqual(4);
    expect(new Set(levels).size, title).toBe(3);
  }
});

test('the right option is not always in the same place', () => {
  const places = [0, 1, 2, 3].map((at) => questions.filter(({ options }) => options[at]?.right).length);
  for (const count of places) expect(count).toBeGreaterThan(questions.length / 8);
});

test('titles differ and are short', () => {
  expect(new Set(questions.map(({ title }) => title)).size).toBe(questions.length);
  for (const { title } of questions) expect(title).toMatch(/^[A-Z][^.`*|]{2,49}$/);
});

test('questions differ', () => {
  expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length);
  expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
});

test('they stand in the order of the sections, then of the levels', () => {
  const levels = ['easy', 'medium', 'hard'];
  const places = questions.map(({ section, level }) => section * 10 + levels.indexOf(level));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(sectionTitles.map(({ section }) => section)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('all of it adds less than 120 kB to a bundle', () => {
  const generated = new URL('server/knowledge/generated/questions.ts', project);
  const { code } = transformSync(readFileSync(generated, 'utf8'), { loader: 'ts', minify: true });
  expect(Buffer.byteLength(code)).toBeLessThan(120_000);
});
