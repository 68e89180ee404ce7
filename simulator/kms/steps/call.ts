import type { OperationDecision } from '../../access/operation.ts';
import { type CallEntry, isCall, type StepEntry } from '../../scenario/file.ts';
import type { Play } from '../../scenario/play.ts';
import type { StepKind, StepRun } from '../../scenario/step.ts';
import type { ScenarioWorld } from '../../scenario/world.ts';
import { KmsError, NotSimulatedError, UndecidedError } from '../errors.ts';
import { operations } from '../operations.ts';
import { type CallContext, isOperationName } from '../service.ts';
import { hasExpected, partOf } from './expected.ts';
import { noticing } from './noticing.ts';
import { sessionOf } from './session.ts';
import { shownResponse } from './shown.ts';
import { inputOf, keyNamed, StepProblem, withSaved } from './values.ts';

/** A call of the simulated service, which changes what later steps find. */
export const call: StepKind = {
  name: 'call',
  run: (entry, play) => noticing(play, () => run(entry, play)),
};

async function run(entry: StepEntry, play: Play): Promise<StepRun> {
  if (!isCall(entry)) throw new TypeError('this is no call');
  const { call: name } = entry;
  if (!isOperationName(name)) throw new TypeError(`KMS has no operation ${name}`);
  const session = sessionOf(play);
  const { start: world } = play;
  let decision: OperationDecision | undefined;
  const onAllowed = (allowing: OperationDecision): void => {
    decision = allowing;
  };
  try {
    const input = inputOf(name, operations[name].members, entry.input ?? {}, {
      world,
      region: entry.region,
      ...session,
    });
    const { caller, mfa } = session.callerOf(entry.as ?? 'root');
    const context = { ...contextOf(entry, world, mfa), onAllowed };
    // The service compares the input with the table of the operation before it reads any of it.
    const output: object = await session.service.call(name, input as never, caller, context);
    if (entry.save !== undefined) session.saved.set(entry.save, output);
    session.asked.set(output, input);
    const answer = {
      operation: name,
      response: shownResponse(output),
      ...(entry.save === undefined ? {} : { saved: entry.save }),
    };
    return { ...judged(entry, output, world, session.saved), ...(decision ? { decision } : {}), answer };
  } catch (error) {
    if (error instanceof KmsError) return judgedError(name, entry, error, error.decision ?? decision);
    if (error instanceof UndecidedError) return { outcome: 'error', decision: error.decision };
    if (error instanceof StepProblem || error instanceof NotSimulatedError) return problem(error.message);
    throw error;
  } finally {
    session.publish();
  }
}

const problem = (text: string): StepRun => ({ outcome: 'error', problem: text });

function contextOf(entry: CallEntry, world: ScenarioWorld, mfa: boolean | undefined): CallContext {
  const { via, vpce, context } = entry;
  const region = entry.region ?? regionOf(entry.input ?? {}, world);
  return {
    ...(region === undefined ? {} : { region }),
    ...(via === undefined ? {} : { via }),
    ...(vpce === undefined ? {} : { vpcEndpoint: vpce }),
    ...(context ? { conditions: context } : {}),
    ...(mfa === undefined ? {} : { mfa }),
  };
}

/** A key that goes by the name of the file is called where it is. */
function regionOf(input: Readonly<Record<string, unknown>>, world: ScenarioWorld): string | undefined {
  for (const name of ['KeyId', 'SourceKeyId', 'DestinationKeyId', 'TargetKeyId']) {
    const text = input[name];
    const key = typeof text === 'string' ? keyNamed(text, world) : undefined;
    if (key) return key.description.region;
  }
  return undefined;
}

function judged(
  { expect }: CallEntry,
  output: object,
  world: ScenarioWorld,
  saved: ReadonlyMap<string, object>,
): StepRun {
  if (expect === undefined) return { outcome: 'info', actual: 'ok' };
  if (expect === 'ok') return { outcome: 'pass', expected: expect, actual: 'ok' };
  if (expect.ok === undefined)
    return { outcome: expect.error === undefined ? 'pass' : 'fail', expected: expect, actual: 'ok' };
  const wanted = withSaved(expect.ok, saved);
  const fits = expect.error === undefined && hasExpected(wanted, output, world);
  return {
    outcome: fits ? 'pass' : 'fail',
    expected: expect,
    actual: { ok: partOf(expect.ok, output) },
    ...(fits ? {} : { reason: 'the call went through, and the response is another' }),
  };
}

function judgedError(
  operation: string,
  { expect }: CallEntry,
  { name, message, remedy }: KmsError,
  decision: OperationDecision | undefined,
): StepRun {
  const result = {
    actual: { error: name },
    reason: [message.replace(/\.$/, ''), remedy].filter((each) => each !== '').join('; '),
    ...(decision ? { decision } : {}),
    answer: { operation, error: { name, message, remedy } },
  };
  if (expect === undefined) return { outcome: 'info', ...result };
  const fits = typeof expect === 'object' && expect.error === name && expect.ok === undefined;
  return { outcome: fits ? 'pass' : 'fail', expected: expect, ...result };
}
