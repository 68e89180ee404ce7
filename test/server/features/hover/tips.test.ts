import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import '../../../../server/step-kinds.ts';
import { resourceHelp } from '../../../../server/answers/help/arn.ts';
import { helpAt } from '../../../../server/answers/help/at.ts';
import { elementValueHelp } from '../../../../server/answers/help/element.ts';
import { grantOperationHelp } from '../../../../server/answers/help/grant-operation.ts';
import type { Help } from '../../../../server/answers/help/help.ts';
import { lookUp } from '../../../../server/answers/help/lookup.ts';
import { firstSentence } from '../../../../server/answers/help/markdown.ts';
import { principalHelp } from '../../../../server/answers/help/principal.ts';
import { fullTopic, renderTips, topicsOf } from '../../../../server/answers/help/render.ts';
import { meaningHelp } from '../../../../server/answers/help/scenario/value.ts';
import { SourceDocument } from '../../../../server/documents/source.ts';
import { loadKnowledge } from '../../../../server/knowledge/index.ts';
import { topicUrl } from '../../../../server/knowledge/url.ts';
import { parsePrincipal } from '../../../../simulator/policy/syntax/principal.ts';
import { hover, statement } from './harness.ts';

const KEY = 'orders.key-policy.json';
const action = statement('"Action": "$0kms:GenerateDataKey"');
const knowledge = await loadKnowledge();
const { topics } = knowledge;
const [about] = topicsOf(['action:GenerateDataKey'], knowledge);

describe('what an exam asks', () => {
  test('follows the thing below a rule', () => {
    const [thing, tips] = hover(KEY, action, { examTips: 'full' })?.split('\n\n---\n\n') ?? [];
    expect(thing).toBe(hover(KEY, action));
    expect(tips).toContain(`**Exam tip: ${about?.title}**\n\n${about?.exam}`);
    expect(tips).toContain(`**Trap:** ${about?.trap}`);
    expect(tips).toContain(`[More: ${about?.title}](${topicUrl(about?.id ?? '')})`);
  });

  test('is one sentence where the setting is short', () => {
    const [, tips = ''] = hover(KEY, action, { examTips: 'short' })?.split('\n\n---\n\n') ?? [];
    expect(tips.split('\n\n')[0]).toBe(
      `**Exam tip: ${about?.title}** ${firstSentence(about?.exam ?? '')} [More](${topicUrl(about?.id ?? '')})`,
    );
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
    const found = topicsOf([...all, ...all], knowledge);
    expect(found.length).toBe(Math.min(2, topics.length));
    expect(new Set(found).size).toBe(found.length);
    const text = renderTips(all, 'full', knowledge, ({ id }) => topicUrl(id));
    expect(text?.match(/Exam tip/g)?.length).toBe(found.length);
  });
});

test('every subject of every topic can be pointed at', () => {
  const lost = [...new Set(topics.flatMap(({ subjects }) => subjects))].filter((subject) => {
    const [, family = '', name = ''] = /^([a-z-]+):(.*)$/.exec(subject) ?? [];
    return !helpsOn(family, name).some((found) => found?.subjects.includes(subject));
  });
  expect(lost).toEqual([]);
});

const folder = new URL('../../../../examples/', import.meta.url);
const scenarios = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.kms-scenario.json'))
  .map((name) => new SourceDocument({ uri: name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** The helps on the members of this name in the examples. */
const inScenarios = (name: string): (Help | undefined)[] =>
  scenarios.flatMap((source) =>
    [...source.text.matchAll(new RegExp(`"${name}":`, 'g'))].map(
      ({ index }) => helpAt(source, index + 1, 'us-east-1')?.help,
    ),
  );

function helpsOn(family: string, name: string): (Help | undefined)[] {
  const arn = (resource: string): string => `arn:aws:iam::111122223333:${resource}`;
  switch (family) {
    case 'action':
      return [lookUp(`kms:${name}`, 'us-east-1', knowledge), grantOperationHelp(name)];
    case 'effect':
      return [elementValueHelp('Effect', name)];
    case 'operator':
      return [lookUp(name.startsWith('For') ? `${name}:StringLikeIfExists` : name, 'us-east-1', knowledge)];
    case 'condition-key':
      return [lookUp(/[:/]$/.test(name) ? `${name}x` : name, 'us-east-1', knowledge)];
    case 'error':
    case 'key-state':
    case 'quota':
      return [meaningHelp(family, name, 'us-east-1')];
    case 'scenario':
      return inScenarios(name);
    case 'principal':
      return ['*', arn('root'), arn('user/a'), arn('role/a'), 'arn:aws:sts::111122223333:assumed-role/a/b']
        .map((text) => principalHelp(parsePrincipal(text, 'AWS')))
        .concat(principalHelp(parsePrincipal('sns.amazonaws.com', 'Service')));
    case 'service':
      return [principalHelp(parsePrincipal(`${name}.amazonaws.com`, 'Service'))];
    case 'resource':
      return ['*', 'arn:aws:kms:us-east-1:111122223333:*'].map((text) => resourceHelp(text, true));
    default:
      return [lookUp(name, 'us-east-1', knowledge)];
  }
}

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
