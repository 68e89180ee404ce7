import { hash } from 'node:crypto';
import type { Caller } from '../access/caller.ts';
import type { OperationDecision, OperationRequest } from '../access/operation.ts';
import { findOperation } from '../facts/operations.ts';
import type { TrailEvent } from '../trail/event.ts';
import { Trail, type TrailOptions } from '../trail/trail.ts';
import type { Authorize } from './authorize.ts';
import { letHappen, type Surroundings } from './by-itself.ts';
import type { Environment } from './environment.ts';
import type { KmsKey } from './key.ts';
import { type Behind, OneCall } from './one-call.ts';
import type { Operation } from './operation.ts';
import { isOperationName, type OperationName, type Operations, operations } from './operations.ts';
import type { Principals } from './policy-checks.ts';
import type { RequestLimiter } from './quotas/limiter.ts';
import type { Members } from './shapes.ts';
import type { KeyWorld, Place } from './world.ts';

export type { OperationName, Operations } from './operations.ts';
export { isOperationName, operationNames } from './operations.ts';

/** The simulated service: every operation goes through `call`. */
export interface KeyService {
  /**
   * Validates the request, finds its keys, authorizes the caller, looks at usage and state, then acts and records.
   * Rejects with a KmsError; with an UndecidedError where nobody said what the permission hangs on; with a
   * NotSimulatedError for what this version does not do.
   */
  call<Name extends OperationName>(
    operation: Name,
    input: Operations[Name]['input'],
    caller: Caller,
    context?: CallContext,
  ): Promise<Operations[Name]['output']>;
  /** Lets happen by now what is due. */
  settle(): void;
  readonly world: KeyWorld;
  /** What CloudTrail recorded, in all accounts. */
  readonly trail: readonly TrailEvent[];
}

/** How a request comes. */
export interface CallContext {
  /** The Region that is called. Left out: the service's default. */
  readonly region?: string;
  /** The AWS service that forwards the call for its caller: `s3`. */
  readonly via?: string;
  readonly vpcEndpoint?: string;
  /** Condition keys by name; these win over what is derived. */
  readonly conditions?: OperationRequest['context'];
  readonly mfa?: boolean;
  /** Left out: no request came over any wire. */
  readonly wire?: Wire;
  /** Told what lets the caller do it, where policies decide. */
  readonly onAllowed?: (decision: OperationDecision) => void;
}

/** What is known of a request that came over a wire. */
export interface Wire {
  readonly requestId: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** What CloudTrail shows beside the data of the event. */
  readonly additionalEventData?: Readonly<Record<string, unknown>>;
}

export interface ServiceOptions {
  readonly world: KeyWorld;
  readonly environment: Environment;
  readonly authorize: Authorize;
  /** For calls that name no Region, and for callers without an account. */
  readonly place: Place;
  /** Left out: nobody knows who exists, so that everybody may. */
  readonly principals?: Principals;
  readonly onHappened?: Surroundings['onHappened'];
  /** Counts calls against request quotas. Left out: nothing is throttled. */
  readonly limiter?: RequestLimiter;
  readonly trail?: TrailOptions;
  /**
   * Told what a call was about, whether it failed or not, at the moment it is done. It is answered once this is, and fails where
   * this does.
   */
  readonly beforeAnswer?: (touched: Touched) => Promise<void> | undefined;
}

export interface Touched {
  readonly keys: readonly KmsKey[];
  /** A cryptographic operation, which changes nothing of a key but its last usage. */
  readonly isUse: boolean;
}

export function createKeyService(options: ServiceOptions): KeyService {
  return new Service(options);
}

class Service implements KeyService {
  readonly world: KeyWorld;
  private readonly options: ServiceOptions;
  private readonly log: Trail;
  private readonly around: Surroundings;
  private readonly behind: Behind;

  constructor(options: ServiceOptions) {
    this.options = options;
    this.world = options.world;
    const { random, clock } = options.environment;
    const nextId = idsFrom(`${clock.now()} ${options.place.account} ${options.place.region}`);
    this.log = new Trail(clock.now(), nextId, options.trail);
    this.around = { world: this.world, random, trail: this.log, nextId, onHappened: options.onHappened };
    this.behind = { ...options, around: this.around };
  }

  get trail(): readonly TrailEvent[] {
    return this.log.events;
  }

  settle(): void {
    letHappen(this.around, this.options.environment.clock.now());
  }

  async call<Name extends OperationName>(
    name: Name,
    input: Operations[Name]['input'],
    caller: Caller,
    context: CallContext = {},
  ): Promise<Operations[Name]['output']> {
    const facts = findOperation(name);
    if (!isOperationName(name) || !facts) throw new TypeError(`KMS has no operation ${name}`);
    const definition = operations[name] as Operation<Members, object>;
    this.settle();
    const one = new OneCall(definition, facts, { ...input }, caller, context, this.behind);
    return one.run() as Promise<Operations[Name]['output']>;
  }
}

/** Ids that look random and draw nothing from the random source, so that records change nothing else. */
function idsFrom(seed: string): () => string {
  let count = 0;
  let second = '';
  return () => {
    // A hash is long enough for two.
    const hex = second === '' ? hash('sha256', `${seed} ${count++}`) : second;
    second = second === '' ? hex.slice(32) : '';
    const part = (from: number, to: number): string => hex.slice(from, to);
    return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-a${part(17, 20)}-${part(20, 32)}`;
  };
}
