import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { kmsLens, type Outcome } from './run.ts';
import { failing, filesWith, informing, lineOf, passing, policyText, scenarioText, withoutTime } from './scenarios.ts';

async function tested(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  const { stdout, ...rest } = await kmsLens(['test', ...args], { cwd });
  return { ...rest, stdout: withoutTime(stdout) };
}

describe('exit codes', () => {
  test('0 where every step goes as expected, and steps that expect nothing do no harm', async () => {
    const { code, stderr } = await tested(folderWith(filesWith(passing, informing)));
    expect([code, stderr]).toEqual([0, '']);
  });

  test('1 where a step fails', async () => {
    expect((await tested(folderWith(filesWith(passing, failing)))).code).toBe(1);
  });

  test('1 where a file has a mistake, and the others run all the same', async () => {
    const cwd = folderWith({ ...filesWith(passing), 'a.kms-scenario.json': '{ "steps": [ { "can": "Decryp" } ] }' });
    const { code, stdout } = await tested(cwd);
    expect(code).toBe(1);
    expect(stdout).toContain('2 scenarios, 1 step: 1 passed, 0 failed, 1 error, in 0 ms');
  });

  test('2 where a file cannot be read, and the others run all the same', async () => {
    const { code, stdout, stderr } = await tested(folderWith(filesWith(passing)), 'missing.kms-scenario.json', '.');
    expect(code).toBe(2);
    expect(stderr).toBe('kms-lens: cannot read `missing.kms-scenario.json`: there is no such file or folder\n');
    expect(stdout).toContain('1 passed');
  });

  test.each([
    [['--format', 'xml'], 'Allowed choices are text, json, junit, tap.'],
    [['--coverage-format', 'lcov'], 'name it with `--coverage-output`'],
    [['--coverage-format', 'html'], 'Allowed choices are text, lcov, json.'],
    [['--coverage-threshold', 'all'], 'Write a number from 0 to 100.'],
    [['--watch', '--format', 'tap'], 'leave one of the two out'],
    [['--trail', '-', '--format', 'json'], '`--trail -` has standard output for itself'],
    [['--trail', '-', '--watch'], 'name a file'],
  ])('2 for wrong usage: %j', async (args, message) => {
    const { code, stdout, stderr } = await tested(folderWith(filesWith(passing)), ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test('1 where there is no scenario: nothing was tested', async () => {
    const cwd = folderWith({ 'orders.key-policy.json': policyText });
    expect(await tested(cwd, '.')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'kms-lens: no scenario in `.`: scenarios are files named `*.kms-scenario.json`\n',
    });
  });
});

describe('text', () => {
  const files = filesWith(passing, failing, informing);
  const scenario = files['orders.kms-scenario.json'] ?? '';

  test('has a line for each step, and of those that fail what, why and where', async () => {
    const { stdout, stderr } = await tested(folderWith(files));
    const statement = lineOf(policyText, '"Sid": "Use"') - 1;
    expect(stderr).toBe('');
    expect(stdout).toBe(`orders.kms-scenario.json  The orders key
  ✓ App reads prod
  ✗ App reads dev
      expected  allowed
      actual    denied (implicit) by key-policy
      why       no statement of the key policy allows the caller or hands the decision to account 111122223333
      step      orders.kms-scenario.json:${lineOf(scenario, '"name": "App reads dev"') - 1}:5
      near      orders.key-policy.json:${statement}  “Use”: \`kms:EncryptionContext:env\` is \`dev\` (wants StringEquals \`prod\`), which does not hold
  · Decrypt as root on orders: denied (implicit) by key-policy
      why       no statement of the key policy allows the caller or hands the decision to account 111122223333

1 scenario, 3 steps: 1 passed, 1 failed, 1 without expectation, in 0 ms
`);
  });

  test('names the statement that decided', async () => {
    const cwd = folderWith(filesWith({ ...passing, expect: { verdict: 'denied', kind: 'explicit', by: 'scp' } }));
    const { stdout } = await tested(cwd);
    expect(stdout).toContain('      expected  denied (explicit) by scp\n      actual    allowed by key-policy\n');
    expect(stdout).toContain(
      `      decided   orders.key-policy.json:${lineOf(policyText, '"Sid": "Use"') - 1}  “Use”\n`,
    );
  });

  test('names the grant that decided, or would have but for its constraint', async () => {
    const grants = {
      lent: {
        key: 'orders',
        GranteePrincipal: 'arn:aws:iam::111122223333:user/Ana',
        Operations: ['Decrypt'],
        Constraints: { EncryptionContextEquals: { env: 'prod' } },
      },
    };
    const ana = { ...passing, name: 'Ana', as: 'arn:aws:iam::111122223333:user/Ana' };
    const text = scenarioText(
      [
        { ...ana, expect: 'denied' },
        { ...ana, encryptionContext: { env: 'dev' } },
        { ...failing, as: 'root' },
      ],
      { grants },
    );
    const { stdout } = await tested(folderWith({ 'orders.key-policy.json': policyText, 'a.kms-scenario.json': text }));
    const place = `a.kms-scenario.json:${lineOf(text, '"lent"')}`;
    expect(stdout).toContain(`      decided   ${place}\n`);
    expect(stdout.match(/^ +near .*$/gm)).toEqual([
      `      near      ${place}  “lent”: EncryptionContextEquals wants \`env=prod\` and gets \`env=dev\`, which does not fit`,
    ]);
  });

  test('points at mistakes of the file', async () => {
    const text = '{\n  "keys": { "orders": { "policy": "nowhere.json" } },\n  "steps": []\n}\n';
    const { code, stdout } = await tested(folderWith({ 'a.kms-scenario.json': text }));
    expect(code).toBe(1);
    expect(stdout).toBe(`a.kms-scenario.json
  ✗ a.kms-scenario.json:2:35  \`nowhere.json\` cannot be read: mend the path or add the file

        1 | {
      > 2 |   "keys": { "orders": { "policy": "nowhere.json" } },
          |                                   ^^^^^^^^^^^^^^

1 scenario, 0 steps: 0 passed, 0 failed, 1 error, in 0 ms
`);
  });

  test.each(['', ' ', '[]', '{', '{"steps": [{}]}', '\ufeff{"steps": []}'])(
    'says what is wrong with %j',
    async (text) => {
      const { code, stdout, stderr } = await tested(folderWith({ 'a.kms-scenario.json': text }));
      expect(stderr).toBe('');
      if (text.includes('"steps": []')) expect([code, stdout]).toEqual([0, expect.stringContaining('no steps')]);
      else expect([code, stdout]).toEqual([1, expect.stringContaining('  ✗ a.kms-scenario.json:1:')]);
    },
  );

  test('has colours only where they are asked for, and keeps those of names out', async () => {
    const cwd = folderWith(filesWith({ ...passing, name: 'red \u001b[31m and\nbroken' }));
    const plain = await kmsLens(['test'], { cwd });
    expect(plain.stdout).not.toContain('\u001b');
    expect(plain.stdout).toContain('✓ red  [31m and broken\n');
    expect((await kmsLens(['test'], { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[32m✓');
  });
});

describe('which scenarios', () => {
  test('those of a folder by name, or as .kms-lens.json says, in order and once', async () => {
    const cwd = folderWith({
      'orders.key-policy.json': policyText,
      'b.kms-scenario.json': scenarioText([passing]),
      'a.kms-scenario.json': scenarioText([passing]),
      'what-if/c.json': scenarioText([passing], { keys: { orders: {} } }),
      'node_modules/d.kms-scenario.json': '{',
      '.kms-lens.json': '{ "documents": { "what-if/*.json": "scenario" } }',
    });
    const { stdout } = await tested(cwd, '.', './a.kms-scenario.json');
    expect(stdout.match(/^\S+\.json /gm)).toEqual(['a.kms-scenario.json ', 'b.kms-scenario.json ', 'what-if/c.json ']);
  });

  test('a file that is named is a scenario whatever it is called', async () => {
    const cwd = folderWith({ ...filesWith(), 'orders.json': scenarioText([passing]) });
    expect((await tested(cwd, 'orders.json')).stdout).toContain('1 passed');
  });

  test('paths lead out of the current folder only where --root allows it', async () => {
    const cwd = folderWith({
      ...filesWith(),
      'deep/a.kms-scenario.json': scenarioText([passing]).replace('"orders.k', '"../orders.k'),
    });
    expect((await tested(`${cwd}/deep`)).stdout).toContain(
      '`../orders.key-policy.json` lies outside of the current folder: keep the file inside, or name a folder around it with `--root`',
    );
    expect((await tested(`${cwd}/deep`, '--root', '..')).stdout).toContain('1 passed');
  });

  test('a mistake in .kms-lens.json is told and makes the exit code 2', async () => {
    const cwd = folderWith({ ...filesWith(passing), '.kms-lens.json': '{ "documents": 1 }', 'x.json': '{}' });
    const { code, stdout, stderr } = await tested(cwd);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^kms-lens: \.kms-lens\.json:1:\d+: /)]);
    expect(stdout).toContain('1 passed');
  });
});

test('a .kms-lens.json that cannot be read hides no scenario', async () => {
  const cwd = folderWith({ ...filesWith(passing), 'a.json': '{}', '.kms-lens.json/x': '' });
  const { code, stdout, stderr } = await tested(cwd);
  expect([code, stderr]).toEqual([2, 'kms-lens: cannot read `.kms-lens.json`: it is a folder\n']);
  expect(stdout).toContain('1 passed');
});

describe('--filter', () => {
  const files = {
    ...filesWith(passing, failing),
    'other.kms-scenario.json': scenarioText([{ ...passing, name: 'something else' }]),
    'broken.kms-scenario.json': '{ "steps": [ { "name": "not this", "can": "Decryp" } ] }',
  };

  test('takes steps whose name has the text, and leaves the files of others out', async () => {
    const { code, stdout } = await tested(folderWith(files), '--filter', 'READS PROD');
    expect(code).toBe(0);
    expect(stdout).toBe(`orders.kms-scenario.json  The orders key
  ✓ App reads prod

1 scenario, 1 step: 1 passed, 0 failed, in 0 ms
`);
  });

  test('takes all steps of files whose name has it', async () => {
    expect((await tested(folderWith(files), '--filter', 'orders.')).stdout).toContain('1 passed, 1 failed');
  });

  test('says so where it fits nothing, with exit code 1', async () => {
    expect(await tested(folderWith(files), '--filter', 'nothing at all')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'kms-lens: `--filter nothing at all` fits no step: it is looked for in the names of steps and files\n',
    });
  });
});

test('no policy is read more often than once, by however many scenarios', async () => {
  const cwd = folderWith({ 'orders.key-policy.json': policyText });
  mkdirSync(`${cwd}/all`);
  const text = scenarioText([passing]).replace('"orders.k', '"../orders.k');
  for (let index = 0; index < 30; index++) writeFileSync(`${cwd}/all/${index}.kms-scenario.json`, text);
  const trace = `${cwd}/trace.cjs`;
  writeFileSync(
    trace,
    `const fs = require('node:fs/promises'); const { readFile } = fs; let count = 0;
     fs.readFile = (path, ...more) => { if (String(path).endsWith('orders.key-policy.json')) count++; return readFile(path, ...more); };
     process.on('exit', () => process.stderr.write('reads: ' + count));`,
  );
  const { stdout, stderr } = await kmsLens(['test'], { cwd, env: { NODE_OPTIONS: `--require ${trace}` } });
  expect(stdout).toContain('30 passed');
  expect(stderr).toBe('reads: 1');
});
