import { administratorAccess } from '../../simulator/access/default-policies.ts';
import { keyArn } from '../../simulator/access/request.ts';
import type { Party } from '../../simulator/envelope/round-trip.ts';
import type { KmsKey } from '../../simulator/kms/key.ts';
import { type Session, sessionOf } from '../../simulator/kms/steps/session.ts';
import { playBefore } from '../../simulator/scenario/run.ts';
import type { ScenarioWorld } from '../../simulator/scenario/world.ts';
import { openJob, type ScenarioJob } from '../scenarios/run-job.ts';
import { stepKinds } from '../step-kinds.ts';
import { authorizationOf, type TripParts } from './parts.ts';

/** A key of a scenario as one of its steps finds it. */
export interface ScenarioTrip {
  readonly kind: 'scenario';
  readonly scenario: ScenarioJob;
  /** The steps before this one are taken. */
  readonly step: number;
  readonly key: string;
  /** Names of the scenario, or ARNs. */
  readonly encrypts: string;
  readonly decrypts: string;
  /** Pairs that whoever decrypts wants the message to have. */
  readonly required?: Readonly<Record<string, string>>;
}

export async function roundTripOfScenario(trip: ScenarioTrip): Promise<TripParts | { readonly problem: string }> {
  const { world, errors } = await openJob(trip.scenario);
  if (!world) return { problem: `the scenario has a mistake: ${errors[0]?.message ?? 'it cannot be read'}` };
  const first = await found(trip, world);
  if (!first.key)
    return {
      problem: `\`${trip.key}\` is not there ${trip.step > 0 ? 'any more when this step is taken' : ''}`.trim(),
    };
  let unused: Found | undefined = first;
  let { session } = first;
  return {
    async key() {
      // A round trip leaves traces in the key, so that each gets the scenario anew.
      const next: Found = unused ?? (await found(trip, world));
      unused = undefined;
      session = next.session;
      if (!next.key) throw new Error(`\`${trip.key}\` is not there any more`);
      return next.key;
    },
    encrypts: partyOf(first.session, trip.encrypts),
    decrypts: partyOf(first.session, trip.decrypts),
    ...(trip.required ? { required: trip.required } : {}),
    async authorize(_operation, _context, { name, caller }, asked) {
      const known = [trip.encrypts, trip.decrypts].find((each) => each === name);
      // In an account of their own, people are whoever they like.
      const who = known === undefined ? caller : session.callerOf(known).caller;
      if (known === undefined) session.introduce({ caller, identityPolicies: [administratorAccess], tags: {} });
      const { decision, allowed } = await session.authorize({
        ...asked,
        request: { ...asked.request, caller: who },
        explains: true,
      });
      const { deciding } = decision ?? {};
      if (deciding) return authorizationOf(deciding);
      return { allowed: allowed === true, verdict: allowed ? 'allowed' : 'denied', because: 'the policies say so' };
    },
  };
}

interface Found {
  readonly session: Session;
  readonly key: KmsKey | undefined;
}

async function found({ key, step }: ScenarioTrip, world: ScenarioWorld): Promise<Found> {
  const play = await playBefore(world, step, stepKinds);
  const session = sessionOf(play);
  const named = play.world.keyOf(key)?.description;
  return { session, key: named && session.service.world.key(keyArn(named)) };
}

function partyOf(session: Session, name: string): Party {
  const { caller } = session.callerOf(name);
  return { name, arn: caller.type === 'service' ? caller.service : caller.arn, caller };
}
