import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { aboutCommands } from '../../client/aboutCommands.ts';
import { type About, about } from '../../server/features/about.ts';
import { shown } from '../editor/shown.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['suite', 'screen'].flatMap((folder) => {
  const at = join(root, 'test/editor', folder);
  return readdirSync(at)
    .filter((name) => /\.(test\.ts|screen\.mjs)$/.test(name))
    .map((name) => readFileSync(join(at, name), 'utf8'));
});
const text = sources.join('\n');

/** What is skipped shows nothing. */
const titles = new Set([...text.matchAll(/^ *it\(\s*'([^'\n]+)'/gm)].map(([, title]) => title));

describe('in a real VS Code is shown', () => {
  test.each(Object.entries<readonly About[]>(about))('each thing that the feature %s does', (id, told) => {
    const tests = shown[id as keyof typeof shown];
    expect(tests).toHaveLength(told.length);
    expect(tests.filter((title) => !titles.has(title))).toEqual([]);
  });

  test('each command, run by its id or by its title in the palette', () => {
    const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const titleOf = new Map<string, string>(
      contributes.commands.map(({ command, title }: { command: string; title: string }) => [command, title]),
    );
    const ran = new Set(
      [
        ...[...text.matchAll(/\brun(?:<[\w[\]]+>)?\(\s*'(\w+)'/g)].map(([, name]) => `kms-lens.${name}`),
        ...[...text.matchAll(/workbench\.run\('KMS Lens: ([^'\n]+)'\)/g)].map(([, title]) => title),
      ].flatMap((each) => each ?? []),
    );
    const commands = Object.keys(aboutCommands);
    expect(commands.filter((each) => !ran.has(each) && !ran.has(titleOf.get(each) ?? ''))).toEqual([]);
  });
});
