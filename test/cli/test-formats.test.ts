import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { kmsLens } from './run.ts';
import { failing, filesWith, informing, lineOf, passing, scenarioText } from './scenarios.ts';
import { parseTap } from './tap.ts';
import { parseXml } from './xml.ts';

const files: Record<string, string> = {
  ...filesWith(passing, failing, informing),
  'sub/broken.kms-scenario.json': '{ "steps": [ { "can": "Decryp" } ] }',
};
const line = (part: string): number => lineOf(files['orders.kms-scenario.json'] ?? '', part) - 1;
const why = 'no statement of the key policy allows the caller or hands the decision to account 111122223333';
const denied = { verdict: 'denied', kind: 'implicit', by: 'key-policy' };
const mistake = '`Decryp` is no operation of AWS KMS: did you mean `Decrypt`?';

/** Everything that a format has to escape. */
const nasty = `<a href="x"> & 'b' ]]> \\ # \u0000\u0007\u001b[31m\t\n\r\u0085\u2028\ud800 \ufffe 𝒳`;
const nastyFiles = {
  'n.kms-scenario.json': scenarioText(
    [
      { ...passing, name: nasty },
      { ...failing, name: `${nasty}2` },
      { ...informing, name: '# SKIP me' },
    ],
    { description: nasty, keys: { orders: {} } },
  ),
};

async function written(of: Readonly<Record<string, string>>, format: string): Promise<string> {
  const { code, stdout, stderr } = await kmsLens(['test', '--format', format], { cwd: folderWith(of) });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^\d scenarios?, 3 steps: .*\n$/);
  return stdout;
}

test('json has the published shape', async () => {
  const report = JSON.parse(await written(files, 'json'));
  const time = expect.any(Number);
  const step = { kind: 'can', milliseconds: time };
  const deciding = { file: 'orders.key-policy.json', pointer: '/Statement/1', sid: 'Use' };
  const range = (start: number, end: number) => ({
    start: { line: start - 1, character: 4 },
    end: { line: end - 1, character: 5 },
  });
  const [first, second, third] = [line('"App reads prod"'), line('"App reads dev"'), line('"as": "root"') - 1];
  expect(report).toEqual({
    version: 1,
    scenarios: [
      {
        file: 'orders.kms-scenario.json',
        description: 'The orders key',
        milliseconds: time,
        steps: [
          {
            ...step,
            index: 0,
            name: 'App reads prod',
            outcome: 'pass',
            expected: 'allowed',
            actual: { verdict: 'allowed', by: 'key-policy' },
            message: '“Use” in the key policy names the role of the session; no identity policy is needed',
            deciding,
            range: range(first, second - 1),
          },
          {
            ...step,
            index: 1,
            name: 'App reads dev',
            outcome: 'fail',
            expected: 'allowed',
            actual: denied,
            message: `expected allowed, but it is denied (implicit) by key-policy: ${why}`,
            range: range(second, third - 1),
          },
          {
            ...step,
            index: 2,
            name: 'Decrypt as root on orders',
            outcome: 'info',
            actual: denied,
            message: why,
            range: range(third, third + 4),
          },
        ],
        errors: [],
      },
      {
        file: 'sub/broken.kms-scenario.json',
        steps: [],
        errors: [
          {
            message: mistake,
            pointer: '/steps/0/can',
            range: { start: { line: 0, character: 22 }, end: { line: 0, character: 30 } },
          },
        ],
        milliseconds: time,
      },
    ],
    passed: 1,
    failed: 1,
    errors: 1,
    informed: 1,
    milliseconds: time,
  });
});

describe('junit', () => {
  test('is a suite for each scenario, with a case for each step and mistake', async () => {
    const { name, attributes, children } = parseXml(await written(files, 'junit'));
    const counts = { tests: '4', failures: '1', errors: '1', skipped: '1' };
    const time = expect.stringMatching(/^\d+\.\d{6}$/);
    expect([name, attributes]).toEqual(['testsuites', { name: 'kms-lens', ...counts, time }]);
    expect(children.map((suite) => suite.attributes)).toEqual([
      {
        name: 'orders.kms-scenario.json: The orders key',
        file: 'orders.kms-scenario.json',
        ...{ tests: '3', failures: '1', errors: '0', skipped: '1', time },
      },
      {
        name: 'sub/broken.kms-scenario.json',
        file: 'sub/broken.kms-scenario.json',
        ...{ tests: '1', failures: '0', errors: '1', skipped: '0', time },
      },
    ]);
    const [steps, mistakes] = children.map((suite) => suite.children);
    const own = { classname: 'orders', file: 'orders.kms-scenario.json', time };
    expect(steps?.map((each) => each.attributes)).toEqual([
      { name: 'App reads prod', line: String(line('"App reads prod"')), ...own },
      { name: 'App reads dev', line: String(line('"App reads dev"')), ...own },
      { name: 'Decrypt as root on orders', line: String(line('"as": "root"') - 1), ...own },
    ]);
    expect(steps?.map((each) => each.children.map((child) => [child.name, child.attributes, child.text]))).toEqual([
      [],
      [
        [
          'failure',
          {
            type: 'expectation',
            message: `expected allowed, but it is denied (implicit) by key-policy: ${why}`,
          },
          `expected: allowed\nactual: denied (implicit) by key-policy\nwhy: ${why}\nstep: orders.kms-scenario.json:${line('"App reads dev"')}:5`,
        ],
      ],
      [['skipped', { message: `no \`expect\`; denied (implicit) by key-policy: ${why}` }, '']],
    ]);
    expect(mistakes).toMatchObject([
      {
        attributes: { name: 'sub/broken.kms-scenario.json:1:23', classname: 'sub.broken', line: '1' },
        children: [{ name: 'error', attributes: { type: 'mistake', message: mistake } }],
      },
    ]);
  });

  test('escapes what XML reserves and shows what it cannot hold', async () => {
    const { children } = parseXml(await written(nastyFiles, 'junit'));
    const unheld = [0, 7, 0x1b, 0xd800, 0xfffe].map((code) => String.fromCharCode(code));
    const shown = unheld.reduce(
      (text, each) => text.replaceAll(each, `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`),
      nasty,
    );
    expect(children[0]?.attributes['name']).toBe(`n.kms-scenario.json: ${shown}`);
    expect(children[0]?.children[0]?.attributes['name']).toBe(shown);
  });
});

describe('tap', () => {
  test('is a subtest for each scenario, with diagnostics of what did not pass', async () => {
    const tests = parseTap(await written(files, 'tap'));
    const none = { skip: undefined, subtests: undefined };
    expect(tests).toEqual([
      {
        isOk: false,
        description: 'orders.kms-scenario.json: The orders key',
        skip: undefined,
        details: undefined,
        subtests: [
          { isOk: true, description: 'App reads prod', details: undefined, ...none },
          {
            isOk: false,
            description: 'App reads dev',
            details: {
              message: `expected allowed, but it is denied (implicit) by key-policy: ${why}`,
              severity: 'fail',
              expected: 'allowed',
              actual: denied,
              at: `orders.kms-scenario.json:${line('"App reads dev"')}:5`,
            },
            ...none,
          },
          {
            isOk: true,
            description: 'Decrypt as root on orders',
            details: {
              message: why,
              severity: 'comment',
              actual: denied,
              at: `orders.kms-scenario.json:${line('"as": "root"') - 1}:5`,
            },
            skip: 'no expect',
            subtests: undefined,
          },
        ],
      },
      {
        isOk: false,
        description: 'sub/broken.kms-scenario.json',
        skip: undefined,
        details: undefined,
        subtests: [
          {
            isOk: false,
            description: 'sub/broken.kms-scenario.json:1:23',
            details: { message: mistake, severity: 'error', at: 'sub/broken.kms-scenario.json:1:23' },
            ...none,
          },
        ],
      },
    ]);
  });

  test('escapes what would begin a directive or end a line', async () => {
    const [scenario] = parseTap(await written(nastyFiles, 'tap'));
    expect(scenario?.subtests?.[0]?.description).toContain(`<a href="x"> & 'b' ]]> \\ #  [31m `);
    expect(scenario?.subtests?.[2]).toMatchObject({ isOk: true, description: '# SKIP me', skip: 'no expect' });
  });

  test('a scenario without steps plans none', async () => {
    const cwd = folderWith({ 'a.kms-scenario.json': '{}' });
    const { code, stdout } = await kmsLens(['test', '--format', 'tap'], { cwd });
    expect([code, parseTap(stdout)]).toMatchObject([0, [{ isOk: true, subtests: [] }]]);
  });
});

test.each([
  ['json', '{\n  "version": 1,\n  "scenarios": [],'],
  ['junit', '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kms-lens" tests="0"'],
  ['tap', 'TAP version 14\n1..0'],
])('%s is whole where there is no scenario', async (format, start) => {
  const { code, stdout, stderr } = await kmsLens(['test', '--format', format], { cwd: folderWith({}) });
  expect(code).toBe(1);
  expect(stderr).toContain('no scenario in `.`');
  expect(stdout.startsWith(start)).toBe(true);
  if (format === 'junit') expect(parseXml(stdout).children).toEqual([]);
});
