import type { Caller } from '../access/caller.ts';
import type { Surroundings } from './by-itself.ts';
import type { RandomSource } from './environment.ts';
import type { Finder, FoundKey } from './find.ts';
import type { KmsGrant } from './grants.ts';
import type { KmsKey } from './key.ts';
import type { Principals } from './policy-checks.ts';
import type { InputOf, Members } from './shapes.ts';
import type { KeyWorld, Place } from './world.ts';

/**
 * One operation of the API. The service takes the steps in AWS's order: members are validated, `check` looks at them
 * together, `find` finds the keys, the caller is authorized, usage and state are looked at, `act` does it. Inputs and
 * outputs have the API's member names.
 */
export interface Operation<M extends Members, Output extends object> {
  readonly name: string;
  readonly members: M;
  /** Throws for what is wrong with several members together. */
  readonly check?: (input: InputOf<M>, place: Place) => void;
  /** What the request is about. Left out: nothing, or the key that `KeyId` names. */
  readonly find?: (input: InputOf<M>, finder: Finder) => Found;
  /** What CloudTrail shows besides the request, also of a call that failed: what was left out and has a default. */
  readonly defaults?: (input: InputOf<M>) => Readonly<Record<string, unknown>>;
  readonly act: (call: Call<InputOf<M>>) => Output | Promise<Output>;
}

/** Keeps the types of the members. */
export function operation<M extends Members, Output extends object>(
  definition: Operation<M, Output>,
): Operation<M, Output> {
  return definition;
}

export interface Found {
  readonly on?: FoundKey | undefined;
  /** The other key: ReEncrypt's destination, the key that an alias will point to. */
  readonly to?: FoundKey | undefined;
  /** The grant that is to be retired. */
  readonly grant?: KmsGrant | undefined;
}

/** A call that may be done. Take members out of it one by one: some are computed. */
export interface Call<Input> {
  readonly input: Input;
  readonly caller: Caller;
  /** The caller's account and partition, and the Region that is called. */
  readonly place: Place;
  /** The key that the request is about. Throws where it is about none. */
  readonly key: KmsKey;
  readonly to: KmsKey;
  readonly found: Found;
  readonly world: KeyWorld;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: RandomSource;
  readonly around: Surroundings;
  readonly principals: Principals;
  /** Whether a service calls, as itself or for its caller. */
  readonly byService: boolean;
  /** What CloudTrail shows besides the request. */
  readonly trail: TrailNotes;
}

export interface TrailNotes {
  requestParameters?: Readonly<Record<string, unknown>> | undefined;
  responseElements?: Readonly<Record<string, unknown>>;
  additionalEventData?: Readonly<Record<string, unknown>> | undefined;
  /** A key that the call made. */
  resource?: KmsKey;
  /** What KMS does for it in another Region. */
  elsewhere?: RecordedElsewhere;
}

export interface RecordedElsewhere {
  readonly operation: string;
  readonly key: KmsKey;
  readonly requestParameters: Readonly<Record<string, unknown>>;
  readonly output: object;
}
