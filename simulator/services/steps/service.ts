import { isServiceName, type ServiceName, shownBy } from '../../facts/service-operations.ts';
import { KmsError, NotSimulatedError, UndecidedError } from '../../kms/errors.ts';
import { noticing } from '../../kms/steps/noticing.ts';
import { type Session, sessionOf } from '../../kms/steps/session.ts';
import { StepProblem } from '../../kms/steps/values.ts';
import { isService, type ServiceEntry, type StepEntry } from '../../scenario/file.ts';
import type { Play } from '../../scenario/play.ts';
import type { CallFailure, StepKind, StepRun } from '../../scenario/step.ts';
import { Errand } from '../errand.ts';
import { type Done, ServiceRefusal } from '../operations.ts';
import { actOf } from '../services.ts';
import { callsFit, failureOf, partsOf } from './calls.ts';

/** What an AWS service does with a key for its caller: its calls go to the simulated KMS. */
export const service: StepKind = {
  name: 'service',
  run: (entry, play) => noticing(play, () => run(entry, play)),
};

async function run(entry: StepEntry, play: Play): Promise<StepRun> {
  if (!isService(entry)) throw new TypeError('this is nothing that a service does');
  const name = entry.service;
  const act = isServiceName(name) ? actOf(name, entry.do) : undefined;
  if (!isServiceName(name) || !act)
    return problem(`\`${name}\` does no \`${entry.do}\` here: completion lists what it does`);
  const session = sessionOf(play);
  const errand = new Errand(name, entry, play, session);
  try {
    const done = await act(errand);
    if (entry.save !== undefined) session.saved.set(entry.save, { ...done.response, ...grantOf(errand) });
    return judged(errand, session, done, undefined);
  } catch (error) {
    if (error instanceof UndecidedError) return { outcome: 'error', decision: error.decision };
    if (error instanceof StepProblem || error instanceof NotSimulatedError) return problem(error.message);
    if (error instanceof KmsError || error instanceof ServiceRefusal)
      return judged(errand, session, {}, failureOf(error));
    throw error;
  } finally {
    session.publish();
  }
}

/** The grant that the service got or gave last. */
function grantOf({ made }: Errand): object {
  const { GrantId } = Object(made.findLast(({ operation }) => operation === 'CreateGrant')?.output);
  return GrantId === undefined ? {} : { GrantId };
}

const problem = (text: string): StepRun => ({ outcome: 'error', problem: text });

function judged(errand: Errand, session: Session, done: Done, failure: CallFailure | undefined): StepRun {
  const { entry, made } = errand;
  const { expect } = entry;
  const decision = made.at(-1)?.decision;
  const expectsCalls = typeof expect === 'object' && expect.calls !== undefined;
  const calls = made.map(({ operation }) => operation);
  const came = failure ? { error: failure.name } : {};
  const result = {
    actual: expectsCalls ? { ...came, calls } : failure ? came : 'ok',
    reason: failure ? whyStopped(errand, failure) : whyDone(errand, done),
    ...(decision ? { decision } : {}),
    parts: partsOf(errand),
  };
  if (expect === undefined) return { outcome: 'info', ...result };
  const wanted: Exclude<ServiceEntry['expect'], 'ok' | undefined> = expect === 'ok' ? {} : expect;
  const fits = wanted.error === failure?.name && callsFit(wanted.calls, errand, session);
  return { outcome: fits ? 'pass' : 'fail', expected: expect, ...result };
}

function whyDone({ made }: Errand, { because }: Done): string {
  const calls = made.map(({ operation, hand }) => `${operation} as ${hand.shown}`);
  const asked = calls.length === 0 ? 'KMS is not called' : calls.join(', ');
  return because === undefined ? asked : calls.length === 0 ? because : `${asked}; ${because}`;
}

function whyStopped({ service: name, made }: Errand, failure: CallFailure): string {
  const last = made.at(-1);
  const where = last?.error ? `it stops at ${last.operation} as ${last.hand.shown}` : 'the service refuses';
  const { message, remedy } = failure;
  const shown = last?.error ? shownTo(name, failure.name) : '';
  return [`${where}${message === '' ? '' : `: ${message.replace(/\.$/, '')}`}`, remedy, shown]
    .filter((each) => each !== '')
    .join('; ');
}

function shownTo(name: ServiceName, exception: string): string {
  const shown = shownBy(name, exception);
  return shown === undefined ? '' : `the caller of the service gets to see \`${shown}\``;
}
