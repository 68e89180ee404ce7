import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { root } from './sources.ts';

const node = (script: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, encoding: 'utf8' });

test('what is generated is up to date', () => {
  const { status, stderr } = node('scripts/generate.mjs', '--check');
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('a new rule begins as a rule of its name and a test that fails', () => {
  const print =
    "import('./scripts/new-rule.mjs').then(({ filesOf }) => console.log(JSON.stringify(filesOf('my-rule'))))";
  const output = execFileSync(process.execPath, ['-e', print], { cwd: root, encoding: 'utf8' });
  const files: Record<string, string> = JSON.parse(output);
  expect(Object.keys(files)).toEqual(['server/rules/my-rule.ts', 'test/rules/my-rule/my-rule.test.ts']);
  const [source = ''] = Object.values(files);
  expect(transformSync(source, { loader: 'ts' }).code).toContain('const myRule = rule({');
  for (const [, imported = ''] of source.matchAll(/from '(\.[^']+)'/g))
    expect(existsSync(join(root, 'server/rules', imported)), imported).toBe(true);
});

test.each([
  ['action-unknown', 'there is a rule `action-unknown` already'],
  ['My Rule', 'name the rule in lower case with hyphens'],
])('a new rule `%s` is refused', (id, why) => {
  const { status, stderr } = node('scripts/new-rule.mjs', id);
  expect(status).toBe(2);
  expect(stderr).toContain(why);
});
