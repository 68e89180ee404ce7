import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { kmsLens } from './run.ts';
import { failing, filesWith, lineOf, passing, policyText, scenarioText, withoutTime } from './scenarios.ts';

const use = lineOf(policyText, '"Sid": "Use"') - 1;
/** One that stands in the scenario, with two statements of the same name and one without. */
const inline = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Twice', Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' },
    { Sid: 'Twice', Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' },
    { Effect: 'Allow', Action: 'kms:Sign', Resource: '*' },
  ],
};
const withInline = scenarioText([passing], {
  principals: { App: { arn: 'arn:aws:iam::111122223333:role/App', policies: [inline] } },
});
const manage = { ...passing, name: 'Admin manages', can: 'PutKeyPolicy', as: 'arn:aws:iam::111122223333:role/Admin' };

async function covered(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const cwd = folderWith(files);
  const { code, stdout, stderr } = await kmsLens(['test', ...args], { cwd });
  return { cwd, code, stdout: withoutTime(stdout), stderr };
}

describe('text', () => {
  test('tells of each policy how much is covered, and which statements are not', async () => {
    const files = { ...filesWith(passing, failing), 'other.kms-scenario.json': withInline };
    const { code, stdout, stderr } = await covered(files, '--coverage', '--filter', 'App reads');
    expect([code, stderr]).toEqual([1, '']);
    const other = (text: string): number => lineOf(withInline, text);
    expect(stdout.slice(stdout.indexOf('coverage'))).toBe(
      `coverage: statements that applied to a step
  ✗ orders.key-policy.json   1/2
      orders.key-policy.json:2  Manage  no step about its actions
  ✗ other.kms-scenario.json  1/3
      other.kms-scenario.json:${other('"Deny"') - 2}  Twice  no step about its actions
      other.kms-scenario.json:${other('"kms:Sign"') - 2}  statement 3  no step about its actions
2 of 5 statements covered, 40 %

2 scenarios, 3 steps: 2 passed, 1 failed, in 0 ms
`.replace('orders.key-policy.json:2 ', `orders.key-policy.json:${lineOf(policyText, '"Sid": "Manage"') - 1} `),
    );
  });

  test('tells how often a statement was asked about in vain', async () => {
    const { stdout } = await covered(filesWith(failing), '--coverage');
    expect(stdout).toContain(`orders.key-policy.json:${use}  Use  1 step about its actions, and it applied to none\n`);
  });

  test('adds up over scenarios', async () => {
    const files = { ...filesWith(passing), 'other.kms-scenario.json': scenarioText([manage]) };
    expect((await covered(files, '--coverage')).stdout).toContain(
      '  ✓ orders.key-policy.json  2/2\n2 of 2 statements covered, 100 %\n',
    );
  });

  test('goes to standard error where a program reads the results, which hold it as well', async () => {
    const { stdout, stderr } = await covered(filesWith(passing), '--coverage', '--format', 'json');
    expect(stderr).toContain('1 of 2 statements covered, 50 %\n');
    const { coverage } = JSON.parse(stdout);
    const range = { start: { line: use - 1, character: 4 }, end: { line: expect.any(Number), character: 5 } };
    expect([coverage.covered, coverage.total]).toEqual([1, 2]);
    expect(coverage.files[0].statements[1]).toEqual({
      pointer: '/Statement/1',
      sid: 'Use',
      range,
      steps: 1,
      considered: 0,
    });
  });

  test('is not there unless it is asked for', async () => {
    const { stdout } = await covered(filesWith(passing), '--format', 'json');
    expect(JSON.parse(stdout).coverage).toBeUndefined();
  });
});

describe('--coverage-output', () => {
  test('lcov', async () => {
    const files = {
      ...filesWith(passing),
      'what if/other.kms-scenario.json': withInline.replace('"orders.k', '"../orders.k'),
    };
    const args = ['--coverage-format', 'lcov', '--coverage-output', 'out/lcov.info'];
    const { cwd, code, stdout } = await covered(files, ...args);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('2 of 5 statements covered, 40 %, written to out/lcov.info\n'),
    ]);
    const [policy, scenario, ...more] = parseLcov(readFileSync(`${cwd}/out/lcov.info`, 'utf8'));
    expect(more).toEqual([]);
    const manageLines = Array.from({ length: 12 }, (_, index) => [use - 12 + index, 0]);
    expect(policy).toMatchObject({
      file: 'orders.key-policy.json',
      functions: { Manage: [use - 12, 0], Use: [use, 2] },
    });
    expect(policy?.lines.slice(0, 12)).toEqual(manageLines);
    expect(policy?.lines.slice(12).every(([, count]) => count === 2)).toBe(true);
    expect(policy?.lines.at(-1)?.[0]).toBe(policyText.split('\n').length - 3);
    const start = lineOf(withInline, '"Sid": "Twice"') - 1;
    expect(scenario?.file).toBe('what if/other.kms-scenario.json');
    expect(scenario?.functions).toEqual({
      Twice: [start, 1],
      'Twice (2)': [start + 6, 0],
      'statement 3': [start + 12, 0],
    });
  });

  test('json and text', async () => {
    const json = await covered(filesWith(passing), '--coverage-format', 'json', '--coverage-output', 'c.json');
    expect(JSON.parse(readFileSync(`${json.cwd}/c.json`, 'utf8'))).toMatchObject({ version: 1, covered: 1, total: 2 });
    const text = await covered(filesWith(passing), '--coverage-output', 'c.txt');
    expect(readFileSync(`${text.cwd}/c.txt`, 'utf8')).toContain('  ✗ orders.key-policy.json  1/2\n');
    expect(text.stdout).not.toContain('✗');
  });

  test('2 where it cannot be written', async () => {
    const { code, stderr } = await covered(filesWith(passing), '--coverage-output', 'orders.key-policy.json/c.txt');
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot write `orders.key-policy.json/c.txt`')]);
  });
});

test.each([
  ['50', 0],
  ['50.1', 1],
])('--coverage-threshold %s', async (threshold, expected) => {
  const { code, stderr } = await covered(filesWith(passing), '--coverage-threshold', threshold);
  expect(code).toBe(expected);
  expect(stderr).toBe(expected === 0 ? '' : 'kms-lens: the coverage of 50 % is below the 50.1 % asked for\n');
});

interface LcovRecord {
  readonly file: string;
  /** The line and how often it was reached, by name. */
  readonly functions: Readonly<Record<string, readonly [line: number, count: number]>>;
  readonly lines: readonly (readonly [line: number, count: number])[];
}

/** Reads strictly what `man geninfo` describes, and compares the totals. */
function parseLcov(text: string): LcovRecord[] {
  expect(text.endsWith('end_of_record\n')).toBe(true);
  return text
    .slice(0, -'end_of_record\n'.length)
    .split('end_of_record\n')
    .map((record) => {
      const rows = record
        .trimEnd()
        .split('\n')
        .map((row) => /^([A-Z]+):(.*)$/.exec(row)?.slice(1) ?? [row]);
      const all = (kind: string): string[] => rows.flatMap(([name, value = '']) => (name === kind ? value : []));
      const pairs = (kind: string): [string, string][] =>
        all(kind).map((value) => [value.slice(0, value.indexOf(',')), value.slice(value.indexOf(',') + 1)]);
      const counts = new Map(pairs('FNDA').map(([count, name]) => [name, Number(count)]));
      const functions = pairs('FN').map(([at, name]) => [name, [Number(at), counts.get(name) ?? -1] as const] as const);
      const lines = pairs('DA').map(([at, count]) => [Number(at), Number(count)] as const);
      expect(new Set(rows.map(([kind]) => kind))).toEqual(
        new Set(['TN', 'SF', 'FN', 'FNDA', 'FNF', 'FNH', 'DA', 'LF', 'LH']),
      );
      expect(all('FNF')).toEqual([String(functions.length)]);
      expect(all('FNH')).toEqual([String(functions.filter(([, [, count]]) => count > 0).length)]);
      expect(all('LF')).toEqual([String(lines.length)]);
      expect(all('LH')).toEqual([String(lines.filter(([, count]) => count > 0).length)]);
      return { file: all('SF').join(), functions: Object.fromEntries(functions), lines };
    });
}
