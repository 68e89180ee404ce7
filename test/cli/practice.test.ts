import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { TextSink } from '../../cli/output/terminal.ts';
import { practise, type Show } from '../../cli/practice/session.ts';
import { loadPractice } from '../../server/knowledge/index.ts';
import type { Question } from '../../server/knowledge/question.ts';
import { kmsLens, projectRoot } from './run.ts';

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
    [['--show', 'large-fil'], 'there is no question `large-fil`: did you mean `large-file`?'],
    [['--show', 'xyz'], 'there is no question `xyz`: `--list` has the ids of all of them'],
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

  const show: Show = async ({ id }, out) => out.line(`the proof of ${id}`);

  /** Answers with what `reply` makes of the text so far. */
  async function session(ids: readonly string[], reply: (text: string, prompt: string) => string | undefined) {
    const out = new TextSink();
    await practise(ids.map(asked), bank, out, async (prompt) => reply(out.text, prompt), show);
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

  test('runs the proof for who wants to see it, as often as they like, also of the last question', async () => {
    const replies = ['1', 's', 'show', ''];
    const prompts: string[] = [];
    const text = await session(['disabled-under-a-volume'], (_, prompt) => {
      prompts.push(prompt.trim());
      return replies.shift();
    });
    expect(text.match(/^the proof of disabled-under-a-volume$/gm)).toHaveLength(2);
    expect(prompts.slice(1)).toEqual(Array(3).fill('Enter to end, s to see the proof run, q to stop:'));
    expect(text).toMatch(/[01] of 1 right\n$/);
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

describe('a proof', () => {
  test('is run by itself where somebody names the question, wherever they are', async () => {
    const { code, stdout } = await kmsLens(['practice', '--show', 'two-errors'], { cwd: tmpdir() });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\nexamples\/exam\/q8-qp8-two-errors\.kms-scenario\.json {2}At peak times/);
    expect(stdout).toMatch(
      /^→ ✓ exam material expects the same of a disabled key.* · DisabledException\n {6}it stops at Decrypt/m,
    );
    expect(stdout).toMatch(/\n {2}(\d+) of \1 steps as expected; → marks those that show the point\n$/);
  });

  const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
  if (hasTerminal)
    test('is shown on a terminal at the press of a key', async () => {
      const text = await onTerminal(
        ['practice', '--topic', 'ebs-volumes', '--count', '1'],
        [
          ['Your answer: ', '1'],
          ['s to see the proof run, q to stop: ', 's'],
          ['steps as expected', 'q'],
        ],
      );
      expect(text).toContain('Question 1 of 1 ');
      expect(text).toMatch(/^→ ✓ .* · /m);
      expect(text).toMatch(/ (\d+) of \1 steps as expected/);
      expect(text).toMatch(/[01] of 1 right/);
    });
  else
    test('is not shown on a terminal here: there is no `script` that makes one', () => expect(hasTerminal).toBe(false));
});

/** What `kms-lens` shows on a terminal to somebody who waits for each text and then types a line. */
function onTerminal(args: readonly string[], typed: readonly (readonly [after: string, line: string])[]) {
  const command = [`"${process.execPath}"`, `"${projectRoot}dist/cli.js"`, ...args].join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  });
  const waiting = [...typed];
  let text = '';
  let read = 0;
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    text += data;
    const [after, line] = waiting[0] ?? [];
    const at = after === undefined ? -1 : text.indexOf(after, read);
    if (at < 0) return;
    read = text.length;
    waiting.shift();
    child.stdin.write(`${line}\n`);
  });
  return new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(text.replaceAll('\r\n', '\n')));
  });
}
