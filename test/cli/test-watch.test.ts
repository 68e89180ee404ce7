import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { filesWith, passing, policyText, scenarioText } from './scenarios.ts';
import { Watching } from './watching.ts';

const other = policyText.replaceAll('role/App', 'role/Other');
const PASSED = '1 step: 1 passed, 0 failed';
const FAILED = '1 step: 0 passed, 1 failed';

/** Windows has no signals: there Node.js ends a program at once. */
const ENDED = process.platform === 'win32' ? null : 0;

/** Two scenarios: one names the policy, the other nothing. */
const files = { ...filesWith(passing), 'apart/b.kms-scenario.json': '{ "description": "apart" }' };

/** How editors save: in place, or as a new file that takes the name. */
const saves: readonly [string, (path: string, text: string) => void][] = [
  ['in place', (path, text) => writeFileSync(path, text)],
  [
    'in two steps',
    (path, text) => {
      writeFileSync(path, '');
      writeFileSync(path, text);
    },
  ],
  [
    'by renaming a new file',
    (path, text) => {
      writeFileSync(`${path}.tmp`, text);
      renameSync(`${path}.tmp`, path);
    },
  ],
  [
    'by moving the old file away',
    (path, text) => {
      renameSync(path, `${path}~`);
      writeFileSync(path, text);
      rmSync(`${path}~`);
    },
  ],
];

describe('a policy that is saved', () => {
  test.each(saves)('%s: what it touches runs again, and nothing else', async (_, save) => {
    const cwd = folderWith(files);
    const watching = new Watching(cwd);
    expect(await watching.next()).toContain(`2 scenarios, ${PASSED}`);
    save(`${cwd}/orders.key-policy.json`, other);
    const again = await watching.next();
    expect(again).toMatch(/^\nchanged: orders\.key-policy\.json\norders\.kms-scenario\.json {2}The orders key\n {2}✗/);
    expect(again).not.toContain('apart');
    expect(again).toContain(`2 scenarios, ${FAILED}`);
    save(`${cwd}/orders.key-policy.json`, policyText);
    expect(await watching.next()).toContain(PASSED);
    expect(await watching.quiet(300)).toBe('');
    expect(await watching.end()).toBe(ENDED);
  });
});

test('scenarios come, change and go', async () => {
  const cwd = folderWith(files);
  const watching = new Watching(cwd, '.');
  await watching.next();
  mkdirSync(`${cwd}/new`);
  writeFileSync(`${cwd}/new/c.kms-scenario.json`, scenarioText([passing]));
  const created = await watching.next();
  expect(created).toContain('new: new/c.kms-scenario.json\n');
  expect(created).toContain('`orders.key-policy.json` cannot be read');
  // The file that it names comes later.
  writeFileSync(`${cwd}/new/orders.key-policy.json`, policyText);
  expect(await watching.next()).toMatch(/^\nnew: new\/orders\.key-policy\.json\nnew\/c\.kms.*2 passed, 0 failed/s);
  rmSync(`${cwd}/new`, { recursive: true });
  expect(await watching.next()).toMatch(/^\ndeleted: .*new\/c\.kms-scenario\.json.*2 scenarios, 1 step/s);
  mkdirSync(`${cwd}/new`);
  writeFileSync(`${cwd}/new/c.kms-scenario.json`, '{}');
  expect(await watching.next()).toContain('new: new/c.kms-scenario.json\n');
  rmSync(`${cwd}/orders.key-policy.json`);
  expect(await watching.next()).toMatch(/^\ndeleted: orders\.key-policy\.json\n.*cannot be read/s);
  writeFileSync(`${cwd}/orders.key-policy.json`, policyText);
  expect(await watching.next()).toMatch(/^\nnew: orders\.key-policy\.json\n.*1 passed, 0 failed/s);
  expect(await watching.end()).toBe(ENDED);
});

test('.kms-lens.json says what is a scenario', async () => {
  const cwd = folderWith({ ...files, 'c.json': '{ "description": "by configuration" }' });
  const watching = new Watching(cwd);
  expect(await watching.next()).not.toContain('by configuration');
  writeFileSync(`${cwd}/.kms-lens.json`, '{ "documents": { "c.json": "scenario" } }');
  const created = await watching.next();
  expect(created).toContain('new: .kms-lens.json, c.json\n');
  expect(created).toContain('c.json  by configuration');
});

test('a scenario that is named may not be there yet', async () => {
  const cwd = folderWith(filesWith());
  const watching = new Watching(cwd, 'later/a.kms-scenario.json');
  expect(await watching.next()).toContain('cannot read `later/a.kms-scenario.json`');
  mkdirSync(`${cwd}/later`);
  writeFileSync(`${cwd}/later/a.kms-scenario.json`, '{ "description": "there" }');
  expect(await watching.next()).toContain('a.kms-scenario.json  there');
});

test('what is written without a change is no change, and the screen is left alone where nobody looks', async () => {
  const cwd = folderWith(files);
  const watching = new Watching(cwd, '--coverage');
  expect(await watching.next()).toContain('1 of 2 statements covered');
  writeFileSync(`${cwd}/orders.key-policy.json`, policyText);
  writeFileSync(`${cwd}/nothing.txt`, '');
  expect(await watching.quiet(500)).toBe('');
  writeFileSync(`${cwd}/orders.key-policy.json`, other);
  const again = await watching.next();
  expect(again).toContain('0 of 2 statements covered');
  expect(again).not.toContain('\u001b');
});
