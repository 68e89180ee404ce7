import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { questions } from '../../../server/knowledge/generated/questions.ts';
import { topics } from '../../../server/knowledge/generated/topics.ts';

const facts = new URL('../../../../shared/facts/', import.meta.url);
const seed = new URL('../../../../shared/seed/', import.meta.url);
const proofs = new URL('../../../examples/exam/', import.meta.url);

if (existsSync(facts)) describe('the inventory of what exam material teaches', compare);
else
  test('topics are not compared with the inventory: there is none beside this checkout', () =>
    expect(existsSync(facts)).toBe(false));

if (existsSync(seed)) describe('the words', compareWords);
else
  test('words are not compared: there is no exam material beside this checkout', () =>
    expect(existsSync(seed)).toBe(false));

function compare(): void {
  const items = readInventory();
  const covered = new Set(topics.flatMap((topic) => topic.items));

  test('is read whole', () => {
    expect(items.size).toBe(91);
    expect(items.get('P9')).toEqual(['V4.19', 'V4.20']);
    expect(items.get('QP4')).toEqual(['VQ4', 'V3.07']);
    expect(items.get('P4')).toEqual([]);
  });

  test('has every item that a topic names', () => {
    expect([...covered].filter((item) => !items.has(item))).toEqual([]);
  });

  test('is covered, at least 40 items of it', () => {
    expect(covered.size).toBeGreaterThanOrEqual(40);
  });

  test('is covered completely', () => {
    expect([...items.keys()].filter((item) => !covered.has(item))).toEqual([]);
  });

  test('names rows of the comparison with AWS, all of which there are', () => {
    const rows = readFileSync(new URL('article-vs-aws.md', facts), 'utf8');
    for (const row of [...items.values()].flat()) expect(rows, row).toContain(`| ${row} |`);
  });

  const moved = topics.filter((topic) => topic.items.some((item) => (items.get(item) ?? []).length > 0));

  test('is no longer all true: most topics touch a row of the comparison', () => {
    expect(moved.length).toBeGreaterThan(40);
  });

  test.each(moved)('and $id says what AWS does today', ({ today }) => {
    expect(today).toBeDefined();
  });
}

function compareWords(): void {
  const most = 8;
  const theirs = new Set(readdirSync(seed).flatMap((name) => runsOf(readFileSync(new URL(name, seed), 'utf8'), most)));

  test('of the exam material are read', () => {
    expect(theirs.size).toBeGreaterThan(5000);
  });

  test.each(questions)('of the question $id are our own', ({ title, question, options, outdated }) => {
    const texts = [title, question, ...options.flatMap(({ text, reason }) => [text, reason])];
    for (const text of [...texts, outdated?.printed ?? '', outdated?.today ?? ''])
      expect(runsOf(text, most).filter((run) => theirs.has(run))).toEqual([]);
  });

  test.each(topics)('of $id are our own: no eight in a row are those of the exam material', (topic) => {
    for (const text of [topic.title, topic.exam, topic.trap ?? '', topic.today ?? ''])
      expect(runsOf(text, most).filter((run) => theirs.has(run))).toEqual([]);
  });

  test.each(readdirSync(proofs))('of the proof %s are our own as well', (name) => {
    const text = readFileSync(new URL(name, proofs), 'utf8');
    expect(runsOf(text, most).filter((run) => theirs.has(run))).toEqual([]);
  });
}

/** The rows of the comparison with AWS by item: `Q1 / QP1` is two items, `V2.01–V2.03` three rows. */
function readInventory(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of readFileSync(new URL('exam-content.md', facts), 'utf8').split(/\r?\n/)) {
    const [, ids = '', , , flag = ''] = line.split('|').map((cell) => cell.trim());
    if (!/^[A-Z]+\d+( \/ [A-Z]+\d+)*$/.test(ids)) continue;
    for (const id of ids.split(' / ')) found.set(id, rowsOf(flag));
  }
  return found;
}

function rowsOf(flag: string): string[] {
  return [...flag.matchAll(/VQ\d+|V(\d+)\.(\d+)(?:–V\d+\.(\d+))?/g)].flatMap(([row, section, first, last]) => {
    if (last === undefined) return [row];
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, n) => `V${section}.${String(Number(first) + n).padStart(2, '0')}`);
  });
}

/** Every so many words that follow one another, in lower case, without punctuation. */
function runsOf(text: string, length: number): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const count = Math.max(0, words.length - length + 1);
  return words.slice(0, count).map((_, at) => words.slice(at, at + length).join(' '));
}
