import { createHash, randomUUID } from 'node:crypto';
import { keyArn } from '../access/request.ts';
import { systemClock } from '../kms/environment.ts';
import { KmsError } from '../kms/errors.ts';
import type { KmsKey } from '../kms/key.ts';
import { type KeyPolicy, keyPolicyOf } from '../kms/key-policy.ts';
import type { Secret } from '../kms/material.ts';
import type { Touched } from '../kms/service.ts';
import type { DeclaredKeys } from '../kms/steps/declared.ts';
import type { DeclaredService } from '../kms/steps/declared-service.ts';
import { parseDuration } from '../scenario/duration.ts';
import type { ScenarioWorld } from '../scenario/world.ts';
import { Recorder } from '../state/recorder.ts';
import type { WorldRecord } from '../state/records.ts';
import { worldFrom } from '../state/restore.ts';
import { makeSecrets, readSecret, type WrittenSecret, writtenSecret } from '../state/secrets.ts';
import type { StateStore } from '../state/store.ts';
import type { TrailEvent } from '../trail/event.ts';
import { RunningClock } from './clock.ts';
import { type Living, type LivingOptions, serviceOver, startingClock, startingKeys } from './living.ts';

export interface KeptOptions extends LivingOptions {
  readonly store: StateStore;
  /** What people call the scenario; left out where there is none. */
  readonly scenario?: string | undefined;
  /** Told once where the state cannot be written any more, and once where it can again. */
  readonly onProblem?: (error: unknown) => void;
  readonly onMended?: () => void;
}

/** What a state says of itself. */
export interface StateFacts {
  readonly seed: string;
  readonly account: string;
  /** What people called the scenario that it was made from. */
  readonly scenario?: string | undefined;
  /** The same for scenarios that declare the same keys. */
  readonly declares: string;
}

const FACTS = 'facts';
const CLOCK = 'clock';
const MADE = 'made ';

/** How often the last usage of keys is written, in milliseconds. */
const FLUSH = 5_000;

export function factsOf({ records }: StateStore): StateFacts | undefined {
  const text = records.get(FACTS);
  return text === undefined ? undefined : (JSON.parse(text) as StateFacts);
}

/** A world whose changes are on the disk before anybody is told of them. */
export class Kept implements Living {
  declared: DeclaredService;
  clock: RunningClock;
  onEvent: Living['onEvent'] = () => undefined;
  private readonly options: KeptOptions;
  private readonly store: StateStore;
  private readonly made: Map<string, Secret>;
  private recorder: Recorder;
  /** Resets and moves of the clock come one after the other. */
  private controlling: Promise<unknown> = Promise.resolve();
  /** The events before a reset that is being written. */
  private trailBefore: readonly TrailEvent[] | undefined;
  private flushed = 0;
  private isFailing = false;

  /** @throws {StateError} */
  static async open(options: KeptOptions): Promise<Kept> {
    const { store, world } = options;
    const facts = factsOf(store);
    if (facts) return new Kept(options, restored(options));
    const clock = startingClock(options);
    const made = new Map<string, Secret>();
    const seed = randomUUID();
    const keys = startingKeys(world.startingAt(clock.now()), seed, made);
    await makeSecrets(keys.world.keys);
    const kept = new Kept(options, { keys, clock, made });
    await kept.begin(seed);
    return kept;
  }

  private constructor(options: KeptOptions, { keys, clock, made }: Restored) {
    this.options = options;
    this.store = options.store;
    this.clock = clock;
    this.made = made;
    ({ declared: this.declared, recorder: this.recorder } = this.run(keys));
    this.store.onFailed = (error) => this.fail(error);
    this.store.onWritten = () => this.mended();
  }

  /** What whoever starts it should know. */
  get note(): string | undefined {
    const { world, scenario } = this.options;
    const facts = factsOf(this.store);
    if (!facts || facts.declares === declaredBy(world)) return undefined;
    if (scenario === undefined)
      return `the state was made from \`${facts.scenario}\`, and no scenario is given: its principals are not known; give it again with \`--scenario\``;
    return `\`${scenario}\` declares other keys, grants or key stores than the scenario that the state was made from: those of the state count; a reset takes them from the scenario`;
  }

  reset(): Promise<void> {
    return this.control(async () => {
      const seed = factsOf(this.store)?.seed ?? randomUUID();
      const clock = startingClock(this.options);
      const keys = startingKeys(this.options.world.startingAt(clock.now()), seed, this.made);
      await makeSecrets(keys.world.keys);
      this.recorder.close(lost('the world was reset meanwhile', 'call again'));
      this.trailBefore = this.declared.service.trail;
      this.clock = clock;
      ({ declared: this.declared, recorder: this.recorder } = this.run(keys));
      await this.begin(seed).finally(() => {
        this.trailBefore = undefined;
      });
    });
  }

  advance(milliseconds: number): Promise<void> {
    return this.control(async () => {
      const offset = this.clock.offset + milliseconds;
      await this.store.commit({ at: this.clock.now() + milliseconds, put: [clockRecord(offset)], drop: [] });
      this.clock.advance(milliseconds);
      this.settle();
      await this.recorder.idle();
    });
  }

  settle(): void {
    this.declared.service.settle();
    const now = performance.now();
    if (now - this.flushed < FLUSH) return;
    this.flushed = now;
    this.recorder.flush()?.catch(() => undefined);
  }

  /** Resolves once all is written. Nobody may call any more. */
  async close(): Promise<void> {
    await this.recorder.flush()?.catch(() => undefined);
    await this.store.close();
  }

  private control(change: () => Promise<void>): Promise<void> {
    const done = this.controlling.then(change);
    this.controlling = done.catch(() => undefined);
    return done;
  }

  private begin(seed: string): Promise<void> {
    const { world, scenario } = this.options;
    const { account } = world.defaults;
    const facts: StateFacts = { seed, account, scenario, declares: declaredBy(world) };
    return this.recorder.begin([
      [FACTS, JSON.stringify(facts)],
      clockRecord(this.clock.offset),
      ...[...this.made].flatMap(([id, secret]) => madeRecord(id, secret)),
    ]);
  }

  private run(
    keys: DeclaredKeys,
    earlier?: readonly TrailEvent[],
  ): { readonly declared: DeclaredService; readonly recorder: Recorder } {
    const { clock } = this;
    const recorder = new Recorder(keys.world, this.store, () => clock.now());
    const declared = serviceOver(this, this.options.world, keys, {
      earlier,
      beforeAnswer: (touched) => recorder.touched(touched)?.catch(refused),
      onHappened: (_, happenedTo) => noteHappened(recorder, happenedTo),
    });
    return { declared, recorder };
  }

  /** What could not be written has not happened: the world is again what is on the disk. */
  private fail(error: unknown): void {
    this.recorder.close(notWritten(error));
    if (!this.isFailing) this.options.onProblem?.(error);
    this.isFailing = true;
    // At the very first start there is nothing to go back to.
    if (!factsOf(this.store)) return;
    const trail = this.trailBefore ?? this.declared.service.trail;
    const { keys, clock } = restored(this.options);
    this.clock = clock;
    ({ declared: this.declared, recorder: this.recorder } = this.run(keys, trail));
  }

  private mended(): void {
    if (this.isFailing) this.options.onMended?.();
    this.isFailing = false;
  }
}

interface Restored {
  readonly keys: DeclaredKeys;
  readonly clock: RunningClock;
  readonly made: Map<string, Secret>;
}

function restored({ store, world, realClock = systemClock }: KeptOptions): Restored {
  const { records } = store;
  const { offset } = JSON.parse(records.get(CLOCK) ?? '{"offset":0}') as { readonly offset: number };
  // Wherever the real time was set back to, that of the world goes on.
  const start = Math.max(realClock.now() + offset, store.at);
  const grantDelay = parseDuration(world.file.grantConsistencyDelay ?? 'PT0S');
  const policies = new Map<string, KeyPolicy>();
  for (const { description, policy } of world.keys) policies.set(keyArn(description), keyPolicyOf(policy));
  const kept = worldFrom(records, {
    ...(grantDelay === undefined ? {} : { grantDelay }),
    policyOf: (arn) => policies.get(arn),
  });
  return {
    keys: { world: kept, declared: new Map(), grants: new Map() },
    clock: new RunningClock(start, realClock),
    made: madeFrom(records),
  };
}

/** RSA keys that the scenario declares, for resets; all others come from the seed again. */
function madeRecord(id: string, secret: Secret): WorldRecord[] {
  const written = writtenSecret(secret);
  return written.kind === 'private' ? [[MADE + id, JSON.stringify(written)]] : [];
}

function madeFrom(records: ReadonlyMap<string, string>): Map<string, Secret> {
  const made = [...records].filter(([id]) => id.startsWith(MADE));
  return new Map(
    made.map(([id, text]) => [id.slice(MADE.length), readSecret(JSON.parse(text) as WrittenSecret, '')] as const),
  );
}

const clockRecord = (offset: number): WorldRecord => [CLOCK, JSON.stringify({ offset })];

/** What of a scenario is in the state from the first start on. */
function declaredBy(world: ScenarioWorld): string {
  const keys = world.keys.map(({ name, entry, description, policy, grants }) => [
    name,
    { ...entry, policy: undefined },
    description,
    keyPolicyOf(policy).text,
    grants.map(({ place: _, ...terms }) => terms),
  ]);
  const text = JSON.stringify([keys, world.file.customKeyStores ?? {}]);
  return createHash('sha256').update(text).digest('hex');
}

function noteHappened(recorder: Recorder, keys: readonly KmsKey[]): void {
  const touched: Touched = { keys, isUse: false };
  recorder.touched(touched)?.catch(() => undefined);
}

function refused(error: unknown): never {
  throw error instanceof KmsError ? error : notWritten(error);
}

function notWritten(error: unknown): KmsError {
  const why = error instanceof Error ? error.message : String(error);
  return lost(`the state cannot be written: ${why}`, 'nothing was changed; mend that, and call again');
}

const lost = (why: string, remedy: string): KmsError => new KmsError('KMSInternalException', '', `${why}; ${remedy}`);
