import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver/node';
import { type TopicPlace, topicPlaces } from '../../../server/answers/help/topic-places.ts';
import { SourceDocument } from '../../../server/documents/source.ts';
import { comparisons } from '../../../server/knowledge/comparisons/index.ts';
import { loadKnowledge, loadPractice } from '../../../server/knowledge/index.ts';
import { isMarked, items } from '../../../server/knowledge/items.ts';
import { provenBy } from '../../../server/knowledge/reading.ts';
import type { Topic } from '../../../server/knowledge/topic.ts';
import '../../../server/step-kinds.ts';
import { LspSession } from '../lsp-session.ts';

const knowledge = await loadKnowledge();
const { questions } = await loadPractice();
const project = new URL('../../../', import.meta.url);
const folder = new URL('examples/', project);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.json'))
  .sort();
const topicsOf = (item: string): readonly Topic[] => knowledge.topics.filter((topic) => topic.items.includes(item));

test('the items of the topics are those of the list, and each item has a topic', () => {
  const named = new Set(knowledge.topics.flatMap((topic) => topic.items));
  expect([...named].filter((item) => !items.some(({ id }) => id === item))).toEqual([]);
  expect(items.filter(({ id }) => topicsOf(id).length === 0)).toEqual([]);
  expect(new Set(items.map(({ id }) => id)).size).toBe(91);
  expect(new Set(items.map(({ title }) => title)).size).toBe(91);
});

test('each marked item has a proof, and something shows each of the others', () => {
  const proven = new Set(files.flatMap(provenBy));
  expect(items.filter((item) => isMarked(item) && !proven.has(item.id))).toEqual([]);
  expect(items.filter(isMarked)).toHaveLength(46);
  const lost = items.filter((item) => {
    const { id, rules = [], examples = [] } = item;
    const topics = topicsOf(id).map((topic) => topic.id);
    const isCompared = comparisons.some((each) => each.topics.some((topic) => topics.includes(topic)));
    const isAsked = questions.some((each) => each.topics.some((topic) => topics.includes(topic)));
    return !isMarked(item) && rules.length + examples.length === 0 && !isCompared && !isAsked;
  });
  expect(lost).toEqual([]);
});

test('rules and examples that items name are there', () => {
  for (const { id, rules = [], examples = [] } of items) {
    expect(
      rules.filter((rule) => !knowledge.rulePage(rule)),
      id,
    ).toEqual([]);
    expect(
      examples.filter((path) => !existsSync(new URL(path, folder))),
      id,
    ).toEqual([]);
  }
});

describe('the page', () => {
  const page = readFileSync(new URL('docs/knowledge/coverage.md', project), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => /^\| [A-Z]+\d+ \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  test('has a row for each item, with a topic, a place and what shows it', () => {
    expect(rows.map(([, id]) => id)).toEqual(items.map(({ id }) => id));
    for (const [, id, about, topic, hovers, proof, ask] of rows) {
      expect([id, about !== '', topic !== '', hovers !== '', proof !== '' || ask !== '']).toEqual([
        id,
        true,
        true,
        true,
        true,
      ]);
    }
  });

  test('links to files that there are, and to headings of the questions', () => {
    const headings = readFileSync(new URL('docs/knowledge/questions.md', project), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('### '))
      .map((line) =>
        line
          .slice(4)
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-'),
      );
    const links = [...page.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)];
    expect(links.length).toBeGreaterThan(400);
    const here = new URL('docs/knowledge/coverage.md', project);
    expect(links.filter(([, path = '']) => !existsSync(new URL(path, here)))).toEqual([]);
    const anchors = links.flatMap(([, , anchor]) => anchor ?? []);
    expect(anchors.filter((anchor) => !headings.includes(anchor))).toEqual([]);
  });
});

test('for each item there is a place in the examples whose hover says all of its topics', async () => {
  /** By topic: the first place that was found, with its document. */
  const places = new Map<Topic, { readonly source: SourceDocument; readonly place: TopicPlace }>();
  for (const path of files) {
    const text = readFileSync(new URL(path, folder), 'utf8');
    const source = new SourceDocument({ uri: `file:///examples/${path}`, text });
    for (const place of topicPlaces(source, 'us-east-1', knowledge))
      if (!places.has(place.topic)) places.set(place.topic, { source, place });
  }
  const session = await LspSession.start({ settings: { hover: { examTips: 'full' } } });
  for (const { source } of new Map([...places.values()].map((each) => [each.source.uri, each])).values())
    await session.open(source.uri, source.text);
  for (const { id } of items) {
    for (const topic of topicsOf(id)) {
      const { source, place } = places.get(topic) ?? {};
      if (!source || !place) throw new Error(`${id}: no hover on an example shows ${topic.id}`);
      const answer = await session.connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri: source.uri },
        position: source.rangeOfSpan(place.span).start,
      });
      const shown = JSON.stringify(answer?.contents ?? '');
      for (const text of [`**Exam tip: ${topic.title}**`, topic.exam, topic.trap ?? '', topic.today ?? ''])
        expect(shown, `${id}, ${topic.id}`).toContain(JSON.stringify(text).slice(1, -1));
    }
  }
});
