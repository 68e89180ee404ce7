import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, keyPolicy } from './folder.ts';
import { kmsLens } from './run.ts';

const good = keyPolicy('kms:Decrypt');
const bad = keyPolicy('kms:Decypt');

interface CheckJson {
  readonly version: number;
  readonly files: readonly {
    readonly file: string;
    readonly kind: string | null;
    readonly candidates?: readonly string[];
    readonly diagnostics: readonly { readonly rule: string; readonly severity: string; readonly pointer?: string }[];
  }[];
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
}

async function checkJson(args: readonly string[], cwd: string): Promise<CheckJson> {
  const { stdout } = await kmsLens(['check', '--format', 'json', ...args], { cwd });
  return JSON.parse(stdout);
}

const names = ({ files }: CheckJson): string[] => files.map(({ file }) => file);

describe('exit codes', () => {
  test('0 where nothing is wrong', async () => {
    const cwd = folderWith({ 'a.key-policy.json': good });
    expect(await kmsLens(['check'], { cwd })).toEqual({ code: 0, stdout: '1 file checked, no findings\n', stderr: '' });
  });

  test('1 where something is', async () => {
    const cwd = folderWith({ 'a.key-policy.json': bad });
    expect((await kmsLens(['check'], { cwd })).code).toBe(1);
  });

  test('2 where a file cannot be read, and the others are checked all the same', async () => {
    const cwd = folderWith({ 'a.key-policy.json': bad });
    const { code, stdout, stderr } = await kmsLens(['check', 'missing.json', 'a.key-policy.json'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toBe('kms-lens: cannot read `missing.json`: there is no such file or folder\n');
    expect(stdout).toContain('action-unknown');
  });

  test.each([
    [['chek'], 'Did you mean check?'],
    [['check', '--fail-on', 'fatal'], 'Allowed choices are error, warning, information.'],
    [['check', '--format', 'xml'], 'Allowed choices are text, json, sarif, github, junit.'],
    [['check', '--as', 'policy'], 'Allowed choices are key-policy'],
    [['check', '--nonsense'], "unknown option '--nonsense'"],
    [['check', '-', 'other.json', '--fix'], 'give `-` alone'],
  ])('2 for wrong usage: %j', async (args, message) => {
    const { code, stdout, stderr } = await kmsLens(args, { input: good });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });

  test.each([
    ['error', 'warning', 0],
    ['warning', 'warning', 1],
    ['information', 'warning', 1],
    ['error', 'error', 1],
  ])('--fail-on %s with findings of severity %s: %i', async (least, severity, expected) => {
    const everyone = good.replace('{\n        "AWS": "arn:aws:iam::111122223333:role/Orders"\n      }', '"*"');
    const cwd = folderWith({ 'a.key-policy.json': severity === 'error' ? bad : everyone });
    const { code, stdout } = await kmsLens(['check', '--fail-on', least], { cwd });
    expect(stdout).toContain(`1 ${severity} in 1 file`);
    expect(code).toBe(expected);
  });
});

describe('text', () => {
  test('shows place, fault, code, reason, remedy, fixes and where to read on', async () => {
    const cwd = folderWith({ 'a.key-policy.json': bad });
    const { stdout } = await kmsLens(['check', 'a.key-policy.json'], { cwd });
    expect(stdout).toBe(`a.key-policy.json:11:14  error  AWS KMS has no action \`kms:Decypt\`  action-unknown

      10 |       "Action": [
    > 11 |         "kms:Decypt"
         |              ^^^^^^

    why   the entry allows nothing
    next  write \`kms:Decrypt\`
    fix   change to \`kms:Decrypt\` (--fix does it)
    more  https://github.com/kms-lens/kms-lens/blob/main/docs/rules/action-unknown.md

1 error in 1 file
`);
  });

  test('carets stand under the fault in long lines and behind tabs', async () => {
    const inner = JSON.stringify({ Policy: bad, PolicyName: 'default' });
    const tabs = bad.replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length / 2));
    const cwd = folderWith({ 'answer.json': inner, 'tabs.key-policy.json': tabs });
    const { stdout } = await kmsLens(['check', 'answer.json', 'tabs.key-policy.json'], { cwd });
    const lines = stdout.split('\n');
    const pointed = lines.flatMap((line, index) => {
      const start = line.indexOf('^');
      return start < 0 ? [] : [(lines[index - 1] ?? '').slice(start, line.lastIndexOf('^') + 1)];
    });
    expect(pointed).toEqual(['Decypt', 'Decypt']);
    for (const line of lines) expect(line.length).toBeLessThan(160);
  });

  test('has colours only where they are asked for', async () => {
    const cwd = folderWith({ 'a.key-policy.json': bad });
    expect((await kmsLens(['check'], { cwd })).stdout).not.toContain('\u001b[');
    expect((await kmsLens(['check'], { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[31m');
    expect((await kmsLens(['check'], { cwd, env: { FORCE_COLOR: '0' } })).stdout).not.toContain('\u001b[');
    expect((await kmsLens(['check'], { cwd, env: { CI: 'true' } })).stdout).not.toContain('\u001b[');
  });
});

describe('json', () => {
  test('has the published shape, and the summary goes to standard error', async () => {
    const cwd = folderWith({ 'a.key-policy.json': bad });
    const { stdout, stderr } = await kmsLens(['check', '--format', 'json'], { cwd });
    expect(stderr).toBe('1 error in 1 file\n');
    const start = { line: 10, character: 13 };
    const end = { line: 10, character: 19 };
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      files: [
        {
          file: 'a.key-policy.json',
          kind: 'key-policy',
          diagnostics: [
            {
              rule: 'action-unknown',
              severity: 'error',
              message: 'AWS KMS has no action `kms:Decypt`; the entry allows nothing; write `kms:Decrypt`',
              range: { start, end },
              pointer: '/Statement/0/Action/0',
              documentation: 'docs/rules/action-unknown.md',
              fixes: [
                {
                  title: 'change to `kms:Decrypt`',
                  safe: true,
                  edits: [
                    {
                      range: { start: { line: 10, character: 8 }, end: { line: 10, character: 20 } },
                      newText: '"kms:Decrypt"',
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
      errors: 1,
      warnings: 0,
      information: 0,
    });
  });

  test('tells the candidates where the kind is open', async () => {
    const identity = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }],
    });
    const cwd = folderWith({ 'policy.json': identity });
    const { files } = await checkJson([], cwd);
    expect(files).toMatchObject([{ file: 'policy.json', kind: null, candidates: ['iam-policy', 'scp'] }]);
  });
});

describe('a folder', () => {
  test('is walked in a stable order, for names that say it and contents that are policies with kms actions', async () => {
    const cwd = folderWith({
      'b.key-policy.json': good,
      'a/z.iam-policy.json': '{}',
      'a/b/policy.json': good,
      'package.json': '{ "name": "kms:Decrypt" }',
      'broken.json': '{ "Statement": [',
      's3.json': good.replaceAll('kms:', 's3:'),
      'notes.txt': good,
    });
    expect(names(await checkJson([], cwd))).toEqual(['a/b/policy.json', 'a/z.iam-policy.json', 'b.key-policy.json']);
  });

  test('leaves out what git ignores, the rules of parents and exceptions included', async () => {
    const cwd = folderWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitignore': 'out/\n*.tmp.json\n!kept.tmp.json\n',
      'sub/.gitignore': 'local.json\n!out/\n',
      'sub/local.json': good,
      'sub/shared.json': good,
      'out/a.json': good,
      'node_modules/x/policy.json': good,
      'x.tmp.json': good,
      'kept.tmp.json': good,
    });
    expect(names(await checkJson([], cwd))).toEqual(['kept.tmp.json', 'sub/shared.json']);
    expect(names(await checkJson(['sub'], cwd))).toEqual(['sub/shared.json']);
  });

  test('a file named on the command line is checked even where git ignores it, and once', async () => {
    const cwd = folderWith({ '.git/HEAD': '', '.gitignore': '*', 'a.json': good });
    expect(names(await checkJson(['a.json', './a.json'], cwd))).toEqual(['a.json']);
  });

  test('links to folders are not followed', async () => {
    const cwd = folderWith({ 'real/a.json': good });
    symlinkSync('..', join(cwd, 'real/loop'), 'dir');
    expect(names(await checkJson([], cwd))).toEqual(['real/a.json']);
  });

  test('without anything to check says so', async () => {
    const cwd = folderWith({ 'readme.md': '' });
    const { code, stdout, stderr } = await kmsLens(['check'], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'nothing was checked\n' });
    expect(stderr).toContain('holds no JSON files');
  });
});

describe('what cannot be checked', () => {
  test('a file that says nothing of itself is left alone, with a word on how to say what it is', async () => {
    const cwd = folderWith({ 'x.json': '{"Version": "2012-10-17"}' });
    const { code, stderr } = await kmsLens(['check', 'x.json'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('nothing to check in `x.json`');
    expect(stderr).toContain('`--as`');
    const { files } = await checkJson(['x.json', '--as', 'key-policy'], cwd);
    expect(files).toMatchObject([{ kind: 'key-policy', diagnostics: [{ rule: 'statement-missing' }] }]);
  });

  test('a syntax error is a finding, and the other rules still run', async () => {
    const cwd = folderWith({ 'a.key-policy.json': bad.replace(/\]\s*}\s*$/, ']') });
    const [file] = (await checkJson([], cwd)).files;
    expect(file?.diagnostics.map(({ rule }) => rule)).toEqual(['action-unknown', 'json-syntax']);
  });

  test('text that is not UTF-8', async () => {
    const cwd = folderWith({});
    writeFileSync(join(cwd, 'a.key-policy.json'), Buffer.from([0x22, 0xff, 0x22]));
    const { code, stderr } = await kmsLens(['check'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toBe('kms-lens: cannot read `a.key-policy.json`: it is not UTF-8 text; save it as UTF-8\n');
  });
});

describe('standard input', () => {
  test('is checked as what --as says', async () => {
    const { code, stdout } = await kmsLens(['check', '-', '--as', 'key-policy'], { input: bad });
    expect(code).toBe(1);
    expect(stdout).toContain('stdin:11:14  error');
  });

  test('with --fix comes back mended', async () => {
    const { code, stdout, stderr } = await kmsLens(['check', '-', '--as', 'key-policy', '--fix'], { input: bad });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: good, stderr: '1 file checked, no findings\n' });
  });

  test('that is no policy comes back from --fix as it was', async () => {
    const { code, stdout } = await kmsLens(['check', '-', '--fix'], { input: '[1,  2]' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[1,  2]' });
  });
});

describe('--fix', () => {
  test('mends what can be mended safely and reports the rest', async () => {
    const cwd = folderWith({ 'a.key-policy.json': keyPolicy('kms:Decypt', 'kms:Xyzzy'), 'b.key-policy.json': good });
    const before = statSync(join(cwd, 'b.key-policy.json')).mtimeMs;
    const { code, stdout, stderr } = await kmsLens(['check', '--fix'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toBe('mended 1 file\n');
    expect(stdout).toContain('kms:Xyzzy');
    expect(stdout).not.toContain('kms:Decypt');
    expect(readFileSync(join(cwd, 'a.key-policy.json'), 'utf8')).toBe(keyPolicy('kms:Decrypt', 'kms:Xyzzy'));
    expect(statSync(join(cwd, 'b.key-policy.json')).mtimeMs).toBe(before);
    expect(readdirSync(cwd).sort()).toEqual(['a.key-policy.json', 'b.key-policy.json']);
  });

  test('keeps line ends, permissions and links', async () => {
    const cwd = folderWith({ 'real/a.json': bad.replaceAll('\n', '\r\n') });
    chmodSync(join(cwd, 'real/a.json'), 0o640);
    symlinkSync('real/a.json', join(cwd, 'a.key-policy.json'));
    const { code } = await kmsLens(['check', 'a.key-policy.json', '--fix'], { cwd });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'real/a.json'), 'utf8')).toBe(good.replaceAll('\n', '\r\n'));
    expect(statSync(join(cwd, 'real/a.json')).mode & 0o777).toBe(0o640);
  });
});

test('--version and --help are no errors', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await kmsLens(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  const help = await kmsLens(['--help']);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain('simulate');
});
