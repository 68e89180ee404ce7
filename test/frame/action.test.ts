import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../cli/folder.ts';
import { parseXml } from '../cli/xml.ts';
import { root } from './sources.ts';

const good = readFileSync(`${root}examples/orders.key-policy.json`, 'utf8');
const files = {
  'policies/a.key-policy.json': good,
  'policies/b.key-policy.json': good.replace('kms:Decrypt', 'kms:Decypt'),
  'a.kms-scenario.json':
    '{ "keys": { "orders": {} }, "steps": [{ "can": "Decrypt", "on": "orders", "expect": "allowed" }] }',
  'b.kms-scenario.json':
    '{ "keys": { "orders": {} }, "steps": [{ "can": "Decrypt", "on": "orders", "expect": "denied" }] }',
};

// biome-ignore lint/suspicious/noExplicitAny: whatever the files have
type Yaml = any;
interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}

const yaml = (name: string): Yaml => load(readFileSync(`${root}${name}`, 'utf8'));

describe('the GitHub Action', () => {
  const act = (inputs: Readonly<Record<string, string>>) => {
    const cwd = folderWith(files);
    const env = { PATH: process.env['PATH'], ...inputs };
    const { status, stdout } = spawnSync(process.execPath, [`${root}scripts/action.mjs`], {
      cwd,
      env,
      encoding: 'utf8',
    });
    return { status, stdout, cwd };
  };

  test('annotates what it finds, and fails', () => {
    const { status, stdout } = act({ KMS_LENS_PATHS: 'policies' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=policies\/b\.key-policy\.json,.*title=action-unknown::/m);
  });

  test('passes where nothing is wrong with the paths', () => {
    const { status, stdout } = act({
      KMS_LENS_PATHS: '\npolicies/a.key-policy.json\n',
      KMS_LENS_FAIL_ON: 'information',
    });
    expect([status, stdout]).toEqual([0, '']);
  });

  test('writes SARIF for code scanning', () => {
    const { cwd } = act({ KMS_LENS_PATHS: 'policies', KMS_LENS_SARIF_FILE: 'out/kms-lens.sarif' });
    const { runs } = JSON.parse(readFileSync(join(cwd, 'out/kms-lens.sarif'), 'utf8'));
    expect(runs[0].results).toMatchObject([{ ruleId: 'action-unknown' }]);
  });

  test('runs the scenarios that it is told', () => {
    const inputs = { KMS_LENS_PATHS: 'policies/a.key-policy.json', KMS_LENS_JUNIT_FILE: 'junit.xml' };
    const passing = act({ ...inputs, KMS_LENS_SCENARIOS: 'a.kms-scenario.json' });
    expect(passing.status).toBe(0);
    expect(parseXml(readFileSync(join(passing.cwd, 'junit.xml'), 'utf8')).attributes).toMatchObject({ failures: '0' });
    const failing = act({ ...inputs, KMS_LENS_SCENARIOS: 'a.kms-scenario.json\nb.kms-scenario.json' });
    expect(failing.status).toBe(1);
    expect(parseXml(readFileSync(join(failing.cwd, 'junit.xml'), 'utf8')).attributes).toMatchObject({ failures: '1' });
  });

  test('fails where a path is wrong', () => {
    expect(act({ KMS_LENS_PATHS: 'nowhere' }).status).toBe(2);
  });

  test('hands every input to its script', () => {
    const { inputs, runs } = yaml('action.yml');
    const script = readFileSync(`${root}scripts/action.mjs`, 'utf8');
    const [{ env }] = runs.steps;
    for (const name of Object.keys(inputs)) {
      const variable = name.toUpperCase().replaceAll('-', '_');
      expect(env[`KMS_LENS_${variable}`]).toBe(`\${{ inputs.${name} }}`);
      expect(script).toContain(`'${variable}'`);
    }
  });
});

describe('the hooks for pre-commit', () => {
  test.each<Hook>(yaml('.pre-commit-hooks.yaml'))(
    '$id runs a verb of the command line on our files alone',
    ({ entry, files }) => {
      const [program, ...args] = entry.split(' ');
      expect(program).toBe(Object.keys(yaml('package.json').bin)[0]);
      const help = spawnSync(process.execPath, [`${root}dist/cli.js`, ...args, '--help'], { encoding: 'utf8' });
      expect(help.status).toBe(0);
      const pattern = new RegExp(files);
      for (const name of ['a/orders.key-policy.json', 'x.kms-scenario.json']) expect(pattern.test(name)).toBe(true);
      for (const name of ['package.json', 'key-policy.json.md']) expect(pattern.test(name)).toBe(false);
    },
  );

  test('the package can be packed from a checkout, as pre-commit does', () => {
    expect(yaml('package.json').scripts.prepack).toBe('node scripts/build.mjs');
  });
});
