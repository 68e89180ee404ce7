import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { topics } from '../../../server/knowledge/generated/topics.ts';
import { loadKnowledge } from '../../../server/knowledge/index.ts';
import type { Topic } from '../../../server/knowledge/topic.ts';
import { actionNames, findAction } from '../../../simulator/facts/actions.ts';
import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';

const knowledge = await loadKnowledge();
const generated = new URL('../../../server/knowledge/generated/topics.ts', import.meta.url);

/** What a hover has room for: characters and sentences. */
const limits = {
  exam: { most: 240, sentences: 3 },
  trap: { most: 180, sentences: 2 },
  today: { most: 300, sentences: 4 },
} as const;

const textsOf = (topic: Topic) =>
  (['exam', 'trap', 'today'] as const).flatMap((part) => {
    const text = topic[part];
    return text === undefined ? [] : [{ part, text }];
  });

/** Names that topics mention in order to say that AWS has no such thing. */
const warnedOf = ['kms:EncryptionContextEquals', 'kms:ReEncrypt'];

describe.each(topics)('the texts of $id', (topic) => {
  test.each(textsOf(topic))('are short: $part', ({ part, text }) => {
    expect(text.length).toBeGreaterThan(20);
    expect(text.length).toBeLessThanOrEqual(limits[part].most);
    expect(sentencesIn(text)).toBeGreaterThanOrEqual(1);
    expect(sentencesIn(text)).toBeLessThanOrEqual(limits[part].sentences);
  });

  test('are each one well-formed paragraph of Markdown', () => {
    for (const { part, text } of textsOf(topic)) {
      expect(text, part).not.toMatch(/[\n\t]| {2}|^[#>|*+-] |[<>]|\]\(/);
      expect(text, part).toMatch(/[.?]$/);
      expect(text.split('`').length % 2, `backticks in pairs: ${part}`).toBe(1);
      expect(text.replace(/`[^`]*`/g, '').split('**').length % 2, `\`**\` in pairs: ${part}`).toBe(1);
    }
  });

  test('name only permissions and condition keys that there are', () => {
    for (const { part, text } of textsOf(topic)) {
      const names = [...text.matchAll(/`(kms:[^`]+)`/g)].map(([, name = '']) => name);
      expect(
        names.filter((name) => !warnedOf.includes(name) && !isKnown(name)),
        part,
      ).toEqual([]);
    }
  });
});

test('AWS has none of the names that topics warn of', () => {
  for (const name of warnedOf) {
    expect(isKnown(name), name).toBe(false);
    expect(
      topics.flatMap(textsOf).some(({ text }) => text.includes(`\`${name}\``)),
      name,
    ).toBe(true);
  }
});

test('titles are short, differ, and are no sentences', () => {
  for (const { id, title } of topics) expect(title, id).toMatch(/^[A-Z][^.`*|]{2,44}$/);
  expect(new Set(topics.map(({ title }) => title)).size).toBe(topics.length);
});

test('topics stand in the order of their ids and are found by them', () => {
  const ids = topics.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  for (const topic of topics) expect(knowledge.topic(topic.id)).toBe(topic);
  expect(knowledge.topic('envelope')).toBeUndefined();
});

test('sources are pages of the AWS documentation with the month in which they were read', () => {
  const titles = new Map<string, string>();
  for (const { id, sources } of topics) {
    expect(new Set(sources.map(({ url }) => url)).size, id).toBe(sources.length);
    for (const { title, url, date } of sources) {
      expect(url, id).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[\w./-]+\.html(#[\w-]+)?$/);
      expect(date, id).toMatch(/^20(2[6-9]|[3-9]\d)-/);
      expect(titles.get(url) ?? title, url).toBe(title);
      titles.set(url, title);
    }
  }
});

test('all of it adds less than 60 kB to a bundle', () => {
  const { code } = transformSync(readFileSync(generated, 'utf8'), { loader: 'ts', minify: true });
  expect(Buffer.byteLength(code)).toBeLessThan(60_000);
});

/** A permission or pattern of permissions, a condition key, or the beginning that a family of condition keys shares. */
function isKnown(name: string): boolean {
  const action = name.slice('kms:'.length);
  if (action.endsWith('*')) return actionNames.some((each) => each.startsWith(action.slice(0, -1)));
  return (findAction(action) ?? findConditionKey(name) ?? findConditionKey(`${name}x`)) !== undefined;
}

function sentencesIn(text: string): number {
  return text.replace(/`[^`]*`/g, 'x').match(/[.?](?= |$)/g)?.length ?? 0;
}
