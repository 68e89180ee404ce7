import { describe, expect, test } from 'vitest';
import { TextSink } from '../../cli/output/terminal.ts';
import { practise } from '../../cli/practice/session.ts';
import { loadPractice } from '../../server/knowledge/index.ts';
import type { Question } from '../../server/knowledge/question.ts';
import { kmsLens } from './run.ts';

const bank = await loadPractice();

describe('a list of questions', () => {
  test('has one line each', async () => {
    const { code, stdout } = await kmsLens(['practice', '--list']);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(bank.questions.length);
    expect(stdout).toMatch(/^6 {2}easy {4}large-file +A file of 10 MB$/m);
  });

  test('can be of a section, a level, a topic, and so long', async () => {
    const { stdout } = await kmsLens(['practice', '--list', '--section', '6', '--level', 'easy', '--count', '1']);
    expect(stdout).toMatch(/^6 {2}easy[^\n]+\n$/);
    const about = await kmsLens(['practice', '--list', '--topic', 'envelope-encryption']);
    expect(about.stdout).toContain('large-file');
  });

  test('is data, too', async () => {
    const { code, stdout } = await kmsLens(['practice', '--format', 'json', '--topic', 'envelope-encryption']);
    expect(code).toBe(0);
    const expected = bank.questions.filter(({ topics }) => topics.includes('envelope-encryption'));
    expect(JSON.parse(stdout)).toEqual({ version: 1, questions: expected });
  });
});

describe('what cannot be asked', () => {
  test.each([
    [[], 'questions are asked on a terminal only: give `--list`'],
    [['--topic', 'nothing'], 'no question is about `nothing`: the topics are '],
    [['--list', '--section', '7'], 'there is no section 7: the sections are 1 (What KMS is)'],
    [['--count', '0'], 'It has to be a number from 1 on.'],
    [['--level', 'harder'], 'Allowed choices are easy, medium, hard.'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await kmsLens(['practice', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('a session', () => {
  const asked = (id: string): Question => {
    const found = bank.questions.find((question) => question.id === id);
    if (!found) throw new Error(`there is no question ${id}`);
    return found;
  };

  /** Answers with what `reply` makes of the text so far. */
  async function session(ids: readonly string[], reply: (text: string, prompt: string) => string | undefined) {
    const out = new TextSink();
    await practise(ids.map(asked), bank, out, async (prompt) => reply(out.text, prompt));
    return out.text;
  }

  /** The number that an option has on the screen. */
  const numberOf = (text: string, option: string): string =>
    [...text.matchAll(/^ {2}(\d)\) (.*)$/gm)].findLast(([, , shown = '']) => shown.startsWith(option))?.[1] ?? '';

  test('tells why every option is right or wrong, and counts', async () => {
    const text = await session(['large-file', 'cancelled-deletion'], (shown, prompt) => {
      if (prompt.includes('Enter')) return '';
      return numberOf(shown, shown.includes('EnableKey') ? 'Nothing' : 'GenerateDataKey,');
    });
    expect(text).toContain('Question 1 of 2 · Envelopes, services and quotas · easy');
    expect(text.match(/✓ Right\./g)).toHaveLength(1);
    expect(text).toContain('✗ Not right.');
    for (const { reason } of asked('large-file').options)
      expect(text).toContain(reason.slice(0, 20).replaceAll('`', ''));
    expect(text).toContain('The printed answer no longer holds.');
    expect(text).toContain('kms-lens explain envelope-encryption');
    expect(text).toMatch(/\n1 of 2 right\n$/);
  });

  test('asks for as many numbers as there are right options, until it gets them', async () => {
    const replies = ['1', '1 9', '1 1', '1 2'];
    const text = await session(['throttled-downloads'], () => replies.shift());
    expect(text).toContain('Choose 2.');
    expect(text.match(/type 2 numbers from 1 to 4, or q to stop/g)).toHaveLength(3);
    expect(text.match(/\(your answer\)/g)).toHaveLength(2);
  });

  test('ends when somebody has enough', async () => {
    expect(await session(['large-file'], () => 'q')).toMatch(/nothing was answered\n$/);
    expect(await session(['large-file'], () => undefined)).toMatch(/nothing was answered\n$/);
    const text = await session(['large-file', 'cancelled-deletion'], (_, prompt) =>
      prompt.includes('Enter') ? 'q' : '1',
    );
    expect(text).toMatch(/[01] of 1 right\n$/);
  });
});
