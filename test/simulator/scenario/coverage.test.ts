import { expect, test } from 'vitest';
import { toPointer } from '../../../simulator/json/place.ts';
import { Coverage } from '../../../simulator/scenario/coverage.ts';
import { runScenario } from '../../../simulator/scenario/run.ts';
import type { StepResult } from '../../../simulator/scenario/step.ts';
import { can } from '../../../simulator/scenario/steps/can.ts';
import { allow, allowTo, app, deny, policy, root, when, worldOf } from './worlds.ts';

const scenario = (...steps: readonly object[]) => ({
  principals: {
    App: { arn: app, policies: [policy(allow('kms:Encrypt'), allow('s3:GetObject'))] },
    Nobody: { arn: `${app}2` },
  },
  organization: {
    id: 'o-exampleorg1',
    accounts: { '111122223333': { path: 'r-ab12' } },
    targets: { 'r-ab12': { scps: [policy(deny('kms:ScheduleKeyDeletion'))] } },
  },
  keys: {
    key: {
      policy: policy(
        allowTo(root, 'kms:*'),
        allowTo(app, ['kms:Decrypt', 'kms:ReEncrypt*'], when('StringEquals', 'kms:EncryptionContext:a', 'b')),
      ),
    },
  },
  steps: steps.map((step) => ({ as: 'App', on: 'key', ...step })),
});

/** How often each statement was exercised and considered, by its pointer. */
async function counted(...scenarios: readonly object[]): Promise<Record<string, string>> {
  const coverage = new Coverage();
  for (const each of scenarios) {
    const world = await worldOf(each);
    const results: StepResult[] = [];
    for await (const result of runScenario(world, { kinds: [can], clock: () => 0 })) results.push(result);
    coverage.add(world, results);
  }
  const all = coverage.all.flatMap(({ uri, statements }) =>
    statements.map(({ statement, steps, considered }) => {
      expect(uri).toBe('file:///a.kms-scenario.json');
      return [toPointer(statement.path).replaceAll('/policy/Statement', ''), `${steps}+${considered}`] as const;
    }),
  );
  return Object.fromEntries(all);
}

const DELEGATION = '/keys/key/0';
const CONDITION = '/keys/key/1';
const ENCRYPT = '/principals/App/policies/0/Statement/0';
const S3 = '/principals/App/policies/0/Statement/1';
const SCP = '/organization/targets/r-ab12/scps/0/Statement/0';

test.each([
  ['no step', [], { [DELEGATION]: '0+0', [CONDITION]: '0+0', [ENCRYPT]: '0+0', [SCP]: '0+0' }],
  [
    'an Allow that lets in, and the delegation that leads to it',
    [{ can: 'Encrypt' }],
    { [DELEGATION]: '1+0', [ENCRYPT]: '1+0', [CONDITION]: '0+0' },
  ],
  ['a condition that does not hold', [{ can: 'Decrypt' }], { [CONDITION]: '0+1', [DELEGATION]: '1+0' }],
  ['and one that does', [{ can: 'Decrypt', encryptionContext: { a: 'b' } }], { [CONDITION]: '1+0' }],
  ['a principal that is another', [{ can: 'Decrypt', as: 'Nobody' }], { [CONDITION]: '0+1' }],
  ['a Deny', [{ can: 'ScheduleKeyDeletion' }], { [SCP]: '1+0' }],
  [
    'every step once',
    [{ can: 'Encrypt' }, { can: 'Encrypt' }, { can: 'Decrypt' }],
    { [ENCRYPT]: '2+0', [CONDITION]: '0+1', [DELEGATION]: '3+0' },
  ],
  [
    'a step once, however many permissions it needs',
    [{ can: 'ReEncrypt', to: 'key', encryptionContext: { a: 'b' } }],
    { [CONDITION]: '1+0' },
  ],
])('%s', async (_, steps, expected) => {
  expect(await counted(scenario(...steps))).toMatchObject(expected);
});

test('what is about other services alone is left out, since no step can reach it', async () => {
  expect(Object.keys(await counted(scenario()))).not.toContain(S3);
});

test('scenarios add up', async () => {
  const both = await counted(scenario({ can: 'Encrypt' }), scenario({ can: 'Encrypt' }, { can: 'Decrypt' }));
  expect(both).toMatchObject({ [ENCRYPT]: '2+0', [CONDITION]: '0+1' });
});
