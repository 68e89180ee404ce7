import { describe, expect, test } from 'vitest';
import { help } from '../../../../server/answers/help/help.ts';
import { firstSentence } from '../../../../server/answers/help/markdown.ts';
import { fullTopic, renderHelp, topicsOf } from '../../../../server/answers/help/render.ts';
import { topics } from '../../../../server/knowledge/generated/topics.ts';
import { hover, statement } from './harness.ts';

const KEY = 'orders.key-policy.json';
const action = statement('"Action": "$0kms:GenerateDataKey"');
const [about] = topicsOf(['action:GenerateDataKey']);

describe('what an exam asks', () => {
  test('follows the thing below a rule', () => {
    const [thing, tips] = hover(KEY, action, { examTips: 'full' })?.split('\n\n---\n\n') ?? [];
    expect(thing).toBe(hover(KEY, action));
    expect(tips).toContain(`**Exam tip: ${about?.title}**\n\n${about?.exam}`);
    expect(tips).toContain(`**Trap:** ${about?.trap}`);
  });

  test('is one sentence where the setting is short', () => {
    const [, tips = ''] = hover(KEY, action, { examTips: 'short' })?.split('\n\n---\n\n') ?? [];
    expect(tips.split('\n\n')[0]).toBe(`**Exam tip: ${about?.title}** ${firstSentence(about?.exam ?? '')}`);
    expect(tips).not.toContain('Trap');
  });

  test('is not there where the setting is off', () => {
    expect(hover(KEY, action, { examTips: 'off' })).not.toContain('Exam tip');
  });

  test('has what AWS does today set apart', () => {
    const topic = { id: 'x', title: 'X', items: [], subjects: [], exam: 'Old.', today: 'New.\n\nNewer.', sources: [] };
    expect(fullTopic(topic)).toEqual(['**Exam tip: X**', 'Old.', '> **AWS today:** New.\n> \n> Newer.']);
  });

  test('is about at most two topics, none twice', () => {
    const all = topics.flatMap(({ subjects }) => subjects);
    const found = topicsOf([...all, ...all]);
    expect(found.length).toBe(Math.min(2, topics.length));
    expect(new Set(found).size).toBe(found.length);
    const text = renderHelp(help({ about: 'x', title: 'x', text: ['x'], subjects: all }), 'full');
    expect(text.match(/Exam tip/g)?.length).toBe(found.length);
  });
});

test.each([
  ['One. Two.', 'One.'],
  ['Up to 4.5 KB are fine. Two.', 'Up to 4.5 KB are fine.'],
  ['See `a. b` first. Two.', 'See `a. b` first.'],
  ['A **bold. Text** follows.', 'A **bold.**'],
  ['No stop', 'No stop'],
  ['One paragraph\n\nAnother. Third.', 'One paragraph'],
])('the first sentence of %s', (text, sentence) => {
  expect(firstSentence(text)).toBe(sentence);
});
