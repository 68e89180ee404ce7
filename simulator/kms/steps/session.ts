import type { Play } from '../../scenario/play.ts';
import type { ScenarioCaller, ScenarioKey } from '../../scenario/world.ts';
import type { Authorize } from '../authorize.ts';
import type { Surroundings } from '../by-itself.ts';
import { ManualClock, type RandomSource, seededRandom } from '../environment.ts';
import type { KmsKey } from '../key.ts';
import { relatedKeys } from '../multi-region.ts';
import type { KeyService } from '../service.ts';
import type { DeclaredGrant, DeclaredKeys } from './declared.ts';
import { declaredService } from './declared-service.ts';
import { withSaved } from './values.ts';

/** The service that the steps of one play of a scenario share. */
export interface Session {
  readonly service: KeyService;
  readonly clock: ManualClock;
  /** The responses that steps saved, by name. */
  readonly saved: Map<string, object>;
  /** What was asked for each of them. */
  readonly asked: WeakMap<object, Readonly<Record<string, unknown>>>;
  /** For what somebody outside of KMS does. */
  readonly random: RandomSource;
  /** What stands for a grant of the file, by its name. */
  grantOf(name: string): DeclaredGrant | undefined;
  callerOf(text: string): ScenarioCaller;
  /** Somebody whom the file does not know calls, too. */
  introduce(caller: ScenarioCaller): void;
  /** As the service does it, by what the file says. */
  readonly authorize: Authorize;
  /** What the file calls a key; a key that a step made by its saved response, else by its id. */
  nameOf(key: KmsKey): string;
  /** Told of each thing that happens by itself, in the middle of a step: when, and to which keys. */
  onHappened: Surroundings['onHappened'];
  /** Later steps see the keys and the time as they are now. */
  publish(): void;
}

const sessions = new WeakMap<Play, Session>();

/** The service starts with what the scenario declares. */
export function sessionOf(play: Play): Session {
  const known = sessions.get(play) ?? newSession(play);
  sessions.set(play, known);
  return known;
}

/** Runs repeat: what is random in them comes from here. */
const SEED = 'kms-lens scenario';

function newSession(play: Play): Session {
  const scenario = play.start;
  const clock = new ManualClock(scenario.start);
  const random = seededRandom(SEED);
  const { service, keys, authorize, introduce } = declaredService(
    scenario,
    { clock, random },
    { onHappened: (at, happenedTo) => session.onHappened?.(at, happenedTo) },
  );
  const saved = new Map<string, object>();
  const session: Session = {
    service,
    clock,
    saved,
    asked: new WeakMap(),
    random: seededRandom(`${SEED} outside`),
    grantOf: (name) => keys.grants.get(name),
    callerOf(text) {
      const caller = scenario.callerOf(text);
      introduce(caller);
      return caller;
    },
    introduce,
    authorize,
    onHappened: undefined,
    nameOf: (key) => nameOf(key, keys, saved),
    publish: () =>
      play.change(() =>
        scenario.at({
          now: clock.now(),
          keys: keysNow(keys, clock.now()),
          grantOf(text) {
            const token = keys.grants.get(text)?.token ?? withSaved(text, saved);
            const found = keys.world.grantOf(String(token));
            return found && { keyArn: found.key.arn, grant: found.grant.terms };
          },
        }),
      ),
  };
  return session;
}

/** The keys of a multi-Region key have one name, so that the Region stands beside all but the declared one. */
function nameOf(key: KmsKey, keys: DeclaredKeys, saved: ReadonlyMap<string, object>): string {
  const name = declaredName(key, keys);
  if (name === undefined) return savedAs(key, saved) ?? key.identity.id;
  const declared = keys.declared.get(key);
  const isHome = declared !== undefined && declared.description.multiRegionKeyType !== 'REPLICA';
  return isHome ? name : `${name} in ${key.identity.region}`;
}

/** `$made`, of a key that CreateKey or ReplicateKey made. */
function savedAs({ arn }: KmsKey, saved: ReadonlyMap<string, object>): string | undefined {
  for (const [name, response] of saved) {
    const { KeyMetadata, ReplicaKeyMetadata = KeyMetadata } = response as Readonly<
      Record<string, { readonly Arn?: string } | undefined>
    >;
    if (ReplicaKeyMetadata?.Arn === arn) return `$${name}`;
  }
  return undefined;
}

/** A replica that a step made goes by the name of the key that it is one with. */
function declaredName(key: KmsKey, { declared, world }: DeclaredKeys): string | undefined {
  const related = [key, ...relatedKeys(key, world)];
  return related.map((each) => declared.get(each)?.name).find((name) => name !== undefined);
}

function keysNow(keys: DeclaredKeys, now: number): ScenarioKey[] {
  return [...keys.world.keys].map((key): ScenarioKey => {
    const entry = keys.declared.get(key)?.entry ?? {};
    return {
      // Other keys that steps made go by their ids.
      name: declaredName(key, keys) ?? key.identity.id,
      entry,
      description: key.asDescribed,
      policy: key.policy.compiled,
      grants: [...key.grants.at(now)],
    };
  });
}
