import { expect, test } from 'vitest';
import { parseJson } from '../../../simulator/json/parse.ts';
import { loadScenario } from '../../../simulator/scenario/load.ts';
import { readScenario } from '../../../simulator/scenario/read.ts';
import { runScenario } from '../../../simulator/scenario/run.ts';
import type { StepResult } from '../../../simulator/scenario/step.ts';
import { can } from '../../../simulator/scenario/steps/can.ts';
import type { ScenarioWorld } from '../../../simulator/scenario/world.ts';

export const ACCOUNT = '111122223333';
export const PARTNER = '444455556666';
export const root = `arn:aws:iam::${ACCOUNT}:root`;
export const app = `arn:aws:iam::${ACCOUNT}:role/App`;
export const ana = `arn:aws:iam::${ACCOUNT}:user/Ana`;
export const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
export const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KEY_ID}`;

type Members = Readonly<Record<string, unknown>>;
interface Statement {
  readonly [element: string]: unknown;
}

/** A policy of these statements. */
export const policy = (...statements: readonly Statement[]): object => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** A statement of an identity's policy, or of an organization's. */
export const allow = (action: string | readonly string[], more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...more,
});
export const deny = (action: string | readonly string[], more: Statement = {}): Statement => ({
  ...allow(action, more),
  Effect: 'Deny',
});
/** The same of a key policy. */
export const allowTo = (principal: unknown, action: string | readonly string[], more: Statement = {}): Statement =>
  allow(action, { Principal: principal === '*' ? '*' : { AWS: principal }, ...more });
export const when = (operator: string, key: string, value: unknown): Statement => ({
  Condition: { [operator]: { [key]: value } },
});

/** Hands the decision to identity policies. */
export const delegating = policy(allowTo(root, 'kms:*'));
/** Names the role. */
export const naming = policy(allowTo(app, 'kms:*'));
/** Allows everything that belongs to KMS. */
export const everything = policy(allow('kms:*'));

/** The world of a scenario without mistakes. */
export async function worldOf(
  scenario: object,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<ScenarioWorld> {
  const { root: tree } = parseJson(JSON.stringify(scenario));
  if (!tree) throw new Error('no scenario');
  const { world, problems } = await loadScenario(readScenario(tree), 'file:///a.kms-scenario.json', {
    policy: async () => ({ problem: 'is not there' }),
    async bytes(path) {
      const bytes = Object.entries(files).find(([name]) => name === path)?.[1];
      return bytes ? { bytes } : { problem: 'is not there' };
    },
  });
  if (!world) throw new Error(problems.map(({ message }) => message).join('\n'));
  return world;
}

/** What comes of the steps of a scenario. */
export async function resultsOf(scenario: object): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const world = await worldOf(scenario);
  for await (const result of runScenario(world, { kinds: [can], clock: () => 0 })) results.push(result);
  return results;
}

/** A principal, a key and whatever else a row says; `App` decrypts with it unless the step says otherwise. */
export async function decided(world: Members, step: Members = {}): Promise<string> {
  const { App, key, ...rest } = world;
  const scenario = {
    ...rest,
    principals: { App: { arn: app, ...(App as object | undefined) }, ...(rest['principals'] as object | undefined) },
    keys: { key: { id: KEY_ID, ...(key as object | undefined) }, ...(rest['keys'] as object | undefined) },
    steps: [{ can: 'Decrypt', as: 'App', on: 'key', ...step }],
  };
  const [result] = await resultsOf(JSON.parse(JSON.stringify(scenario)));
  if (!result || result.outcome === 'error') throw new Error(result?.problem ?? 'no step');
  const { verdict, kind, by } = Object(result.actual);
  if (verdict === 'depends') return 'depends';
  return kind === undefined ? `${verdict}: ${by}` : `${verdict} (${kind}): ${by}`;
}

type Row = readonly [what: string, world: object, step: object, expected: string];

/** A test for each row: what the step of the world comes to. */
export const rows = (table: readonly Row[]): void =>
  void test.each(table)('%s', async (_, world, step, expected) => {
    expect(await decided({ ...world }, { ...step })).toBe(expected);
  });
