import { envelope } from '../../../simulator/envelope/steps/envelope.ts';
import { backend } from '../../../simulator/kms/steps/backend.ts';
import { call } from '../../../simulator/kms/steps/call.ts';
import { load } from '../../../simulator/kms/steps/load.ts';
import { wait } from '../../../simulator/kms/steps/wait.ts';
import { runScenario } from '../../../simulator/scenario/run.ts';
import type { StepResult } from '../../../simulator/scenario/step.ts';
import { can } from '../../../simulator/scenario/steps/can.ts';
import { service } from '../../../simulator/services/steps/service.ts';
import { worldOf } from '../scenario/worlds.ts';

export const kinds = [can, call, wait, envelope, backend, service, load];

/** Takes the steps of a scenario. @param files by the paths that it names them by */
export async function playScenario(
  scenario: object,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for await (const result of runScenario(await worldOf(scenario, files), { kinds, clock: () => 0 }))
    results.push(result);
  return results;
}

/** `pass`, or what came of it. */
export const outcomesOf = (results: readonly StepResult[]): string[] =>
  results.map(({ outcome, actual, reason, problem }) =>
    outcome === 'pass' ? outcome : `${outcome} ${problem ?? reason ?? JSON.stringify(actual)}`,
  );
