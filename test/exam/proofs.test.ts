import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { topics } from '../../server/knowledge/generated/topics.ts';
import { toValue } from '../../simulator/json/node.ts';
import { parseJson } from '../../simulator/json/parse.ts';
import type { ScenarioFile, StepEntry } from '../../simulator/scenario/file.ts';
import { kmsLens, projectRoot } from '../cli/run.ts';

const folder = 'examples/exam';
/** What a file proves stands in its name: `p10-every-90-days`, `q2-qp2-yearly-rotation`. A companion is a policy beside a proof. */
const naming = /^((?:(?:t|p|b|q|qp|r)\d+-)+)[a-z0-9]+(?:-[a-z0-9]+)*\.(?:kms-scenario|key-policy|iam-policy)\.json$/;
/** What has to have a proof: tips, traps and tables of the sections before the practice questions. */
const marked = /^[TPB]\d+$/;

const names = readdirSync(`${projectRoot}${folder}`);
const proofs = names.filter((name) => name.endsWith('.kms-scenario.json'));
const companions = names.filter((name) => !proofs.includes(name));
const taught = [...new Set(topics.flatMap((topic) => topic.items))];

/** What `kms-lens check` says about companions; about everything else it says nothing. */
const findings: Readonly<Record<string, readonly string[]>> = {
  'b3-actions-to-know.key-policy.json': ['kms-reencrypt-action'],
  'p9-one-key-two-environments.key-policy.json': ['kms-condition-context-equals'],
};

describe('the names of the proofs', () => {
  test.each(names)('%s says what it proves', (name) => {
    expect(name).toMatch(naming);
    expect(itemsOf(name).filter((item) => !taught.includes(item))).toEqual([]);
  });

  test('no item is proved twice', () => {
    const all = proofs.flatMap(itemsOf);
    expect(all.filter((item, at) => all.indexOf(item) !== at)).toEqual([]);
  });

  test('a companion goes with a proof', () => {
    const all = proofs.flatMap(itemsOf);
    expect(companions.filter((name) => !itemsOf(name).every((item) => all.includes(item)))).toEqual([]);
  });

  test('every marked item that a topic teaches is proved', () => {
    const all = proofs.flatMap(itemsOf);
    expect(taught.filter((item) => marked.test(item) && !all.includes(item))).toEqual([]);
  });
});

describe('the proofs', () => {
  let ran: readonly Ran[] = [];
  beforeAll(async () => {
    const { stdout } = await kmsLens(['test', folder, '--format', 'json']);
    ran = JSON.parse(stdout).scenarios;
  });

  test('are all run', () => {
    expect(ran.map(({ file }) => file).sort()).toEqual(proofs.map((name) => `${folder}/${name}`).sort());
  });

  test.each(proofs)('%s passes: every step that can expect something does', (name) => {
    const steps = ran.find(({ file }) => file === `${folder}/${name}`)?.steps ?? [];
    const telling = steps.filter(({ kind }) => kind !== 'wait' && kind !== 'backend');
    expect(telling.length).toBeGreaterThan(1);
    expect(telling.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  });

  test.each(proofs)('%s is a lesson: it says what it teaches, and each step what to notice', (name) => {
    const { description = '', steps = [] } = read(name);
    expect(description.split(' ').length).toBeGreaterThan(5);
    expect(steps.filter((step) => !('wait' in step) && nameOf(step) === '')).toEqual([]);
    expect(steps.map(nameOf).filter((each, at, all) => each !== '' && all.indexOf(each) !== at)).toEqual([]);
  });
});

test('the check has nothing to say but about companions that are there for it', async () => {
  const { stdout } = await kmsLens(['check', folder, '--format', 'json']);
  const found = (JSON.parse(stdout).files as Checked[])
    .filter(({ diagnostics }) => diagnostics.length > 0)
    .map(({ file, diagnostics }) => [file.slice(folder.length + 1), diagnostics.map(({ rule }) => rule)]);
  expect(Object.fromEntries(found)).toEqual(findings);
});

interface Ran {
  readonly file: string;
  readonly steps: readonly { readonly name: string; readonly kind: string; readonly outcome: string }[];
}

interface Checked {
  readonly file: string;
  readonly diagnostics: readonly { readonly rule: string }[];
}

function itemsOf(name: string): string[] {
  const items = naming.exec(name)?.[1] ?? '';
  return items.split('-').flatMap((item) => (item === '' ? [] : [item.toUpperCase()]));
}

function read(name: string): ScenarioFile {
  const { root } = parseJson(readFileSync(`${projectRoot}${folder}/${name}`, 'utf8'));
  return (root ? toValue(root) : {}) as ScenarioFile;
}

function nameOf(step: StepEntry): string {
  return step.name ?? '';
}
