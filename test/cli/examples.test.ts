import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kmsLens, projectRoot } from './run.ts';

const folder = `${projectRoot}examples`;
const readme = readFileSync(`${folder}/README.md`, 'utf8');
const commands = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) =>
  block
    .replaceAll(/\\\n\s*/g, '')
    .trim()
    .split(' '),
);

describe('what the README of the examples tells to type', () => {
  test('is a check and simulations that state their verdicts', () => {
    expect(commands.every(([program]) => program === 'kms-lens')).toBe(true);
    expect(commands.filter((words) => words.includes('--expect')).length).toBeGreaterThan(2);
  });

  test.each(commands.map((words) => [words.join(' '), words] as const))('%s', async (_, [, ...args]) => {
    const { code, stderr } = await kmsLens(args, { cwd: folder });
    expect([code, stderr]).toEqual([0, '']);
  });
});
