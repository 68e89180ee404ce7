import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../../cli/folder.ts';
import { projectRoot } from '../../cli/run.ts';

/**
 * The editors themselves, where this machine has them: Neovim, and Emacs with Eglot and with lsp-mode. Each opens a policy
 * with mistakes, configured as docs/editors.md says, and tells what its own client got.
 */
const POLICY = 'mistakes.key-policy.json';
const mistakes = readFileSync(`${projectRoot}examples/${POLICY}`, 'utf8');
const documentation = readFileSync(`${projectRoot}docs/editors.md`, 'utf8');

interface Answer {
  readonly rules: readonly string[];
  readonly hover: string;
  readonly fix: string;
  readonly lens: string;
  readonly verdict: string;
  readonly text: string;
  readonly left: readonly string[];
}

interface Installed {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Says whether it is here. */
  readonly probe: readonly string[];
  readonly language: string;
  readonly headings: readonly string[];
  readonly client?: string;
}

const here = (name: string): string => `${projectRoot}test/server/installed/${name}`;
const emacs = (client: string, heading: string): Installed => ({
  name: `Emacs with ${client}`,
  program: 'emacs',
  args: ['--batch', '--no-init-file', '--load', here('emacs.el')],
  probe: ['--batch', '--eval', `(progn (package-initialize) (require '${client}))`],
  language: 'elisp',
  headings: ['## Emacs', heading],
  client,
});

const editors: readonly Installed[] = [
  {
    name: 'Neovim',
    program: 'nvim',
    args: ['--headless', '-u', 'NONE', '-i', 'NONE', '-c', `luafile ${here('neovim.lua')}`, '-c', 'cquit'],
    probe: ['--headless', '-u', 'NONE', '-i', 'NONE', '-c', 'if !has("nvim-0.7") | cquit | endif', '-c', 'qa!'],
    language: 'lua',
    headings: ['## Neovim'],
  },
  emacs('eglot', '### Eglot'),
  emacs('lsp-mode', '### lsp-mode'),
];

describe.each(editors)('$name', (editor) => {
  const isHere = spawnSync(editor.program, editor.probe).status === 0;

  test.skipIf(!isHere)('shows findings, explains, mends and simulates', async () => {
    const folder = folderWith({ [POLICY]: mistakes, '.kms-lens.json': '{}' });
    const answer = await answerOf(editor, folder);
    expect(answer.rules).toHaveLength(8);
    expect(answer.rules).toContain('version-invalid');
    expect(answer.hover).toContain('`2012-10-18` is no version of the policy language');
    expect(answer.fix).toBe('Change to `2012-10-17`');
    expect(answer.text).toContain('"Version": "2012-10-17"');
    expect(answer.left).toEqual(answer.rules.filter((rule) => rule !== 'version-invalid'));
    expect(answer.lens).toBe('Simulate access…');
    expect(answer.verdict).toContain('depends');
  });
});

async function answerOf(editor: Installed, folder: string): Promise<Answer> {
  const bin = folderWith({ 'kms-lens': `#!/bin/sh\nexec "${process.execPath}" "${projectRoot}dist/cli.js" "$@"\n` });
  chmodSync(join(bin, 'kms-lens'), 0o755);
  const configuration = join(bin, `configuration.${editor.language === 'lua' ? 'lua' : 'el'}`);
  writeFileSync(configuration, editor.headings.map((heading) => blocksBelow(heading, editor.language)).join('\n'));
  const answer = join(bin, 'answer.json');
  const child = spawn(editor.program, editor.args, {
    cwd: folder,
    env: {
      ...process.env,
      HOME: bin,
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      POLICY: join(folder, POLICY),
      CONFIGURATION: configuration,
      ANSWER: answer,
      CLIENT: editor.client,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code, said.slice(-2000)).toBe(0);
  return JSON.parse(readFileSync(answer, 'utf8'));
}

/** The code that the documentation shows under a heading, above the next. */
function blocksBelow(heading: string, language: string): string {
  const from = documentation.indexOf(`\n${heading}\n`);
  const section = documentation.slice(from + heading.length + 1).split(/^#{2,3} /m)[0] ?? '';
  const [, ...blocks] = section.split(`\`\`\`${language}\n`);
  return blocks.map((block) => block.split('```')[0]).join('\n');
}
