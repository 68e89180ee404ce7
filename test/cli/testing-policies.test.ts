import { copyFileSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { kmsLens, projectRoot } from './run.ts';
import { withoutTime } from './scenarios.ts';

const page = readFileSync(`${projectRoot}docs/testing-policies.md`, 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);

describe('docs/testing-policies.md', () => {
  const [scenario = ''] = blocks('jsonc');
  const [steps = '', coverage = ''] = blocks('text');

  async function tested(...args: readonly string[]): Promise<string> {
    const cwd = folderWith({ 'reports.kms-scenario.json': scenario });
    copyFileSync(`${projectRoot}examples/orders.key-policy.json`, `${cwd}/orders.key-policy.json`);
    return (await kmsLens(['test', ...args], { cwd })).stdout;
  }

  test('shows what the command prints', async () => {
    expect(withoutTime(await tested())).toBe(withoutTime(steps));
    expect(await tested('--coverage')).toContain(coverage);
  });

  test('describes JSON as it is', async () => {
    const shape = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.slice(0, 1).map(shape)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shape(each)]))
          : typeof value;
    const [example = ''] = blocks('json');
    expect(shape(JSON.parse(await tested('--format', 'json')))).toEqual(shape(JSON.parse(example)));
  });

  test('its commands exist', async () => {
    const commands = blocks('yaml').flatMap((text) =>
      [...text.matchAll(/kms-lens (.*)$/gm)].map(([, args = '']) => args),
    );
    expect(commands.length).toBe(4);
    for (const command of commands) {
      const cwd = folderWith({ 'policies/a.kms-scenario.json': '{}' });
      const { code, stderr } = await kmsLens(command.replace(/ > .*/, '').split(' '), { cwd });
      expect([code, stderr.startsWith('kms-lens')], command).toEqual([0, false]);
    }
  });
});

test('the help and the page name the same options', async () => {
  const { code, stdout } = await kmsLens(['test', '--help']);
  const options = (text: string): Set<string> => new Set(text.match(/--[a-z]+(-[a-z]+)*/g));
  const [, table = ''] = /^## Options\n(.*?)^## /ms.exec(page) ?? [];
  const written = options(table);
  expect(code).toBe(0);
  expect(new Set([...options(stdout)].filter((name) => name !== '--help'))).toEqual(written);
  const [, ofCli = ''] =
    /^## `kms-lens test.*?\n(.*?)^## /ms.exec(readFileSync(`${projectRoot}docs/cli.md`, 'utf8')) ?? [];
  expect(options(ofCli)).toEqual(written);
});

test('the help of the program names the verb', async () => {
  expect((await kmsLens(['--help'])).stdout).toMatch(/^ {2}test \[options\] \[path\.\.\.\] +run what-if scenarios/m);
});
