import { keyArn } from '../../access/request.ts';
import type { ExpectedLoad } from '../../scenario/file.ts';
import type { Play } from '../../scenario/play.ts';
import { type RunOptions, runScenario } from '../../scenario/run.ts';
import type { StepResult, WorldChange } from '../../scenario/step.ts';
import type { ScenarioWorld } from '../../scenario/world.ts';
import type { TrailEvent } from '../../trail/event.ts';
import type { KmsKey } from '../key.ts';
import { factsChanged, type KeyState, stateOf, stateOfKey } from './changes.ts';
import { type Session, sessionOf } from './session.ts';

/** Everything that a play of a scenario changed, each at its own time, as plain data. */
export interface Recording {
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  /** In the order in which they came to be. */
  readonly keys: readonly RecordedKey[];
  /** In the order of time. */
  readonly moments: readonly RecordedMoment[];
  /** So much happened that the rest was left out. */
  readonly isCut: boolean;
}

export interface RecordedKey {
  readonly arn: string;
  /** What the scenario calls it. */
  readonly name: string;
  /** At the start; undefined where it was made later. */
  readonly state: string | undefined;
}

export interface RecordedMoment {
  readonly at: number;
  /** The step in which it happened, by index. */
  readonly step: number;
  /** Nobody called: it was due. */
  readonly byItself: boolean;
  readonly changes: readonly KeyChange[];
  readonly events: readonly TrailEvent[];
  /** What a load came to. */
  readonly load?: RecordedLoad;
  /** What to do about the error of a call. */
  readonly remedy?: string;
}

export interface KeyChange extends Omit<WorldChange, 'key'> {
  readonly arn: string;
}

export interface RecordedLoad {
  readonly actual: ExpectedLoad;
  readonly reason: string | undefined;
  readonly parts: StepResult['parts'] | undefined;
  /** The ARN of the key that is asked about, where one is. */
  readonly on?: string;
}

/** More than anybody looks at; a century of many rotating keys has no end. */
const MOST_MOMENTS = 5000;

/** Plays a scenario from its start to its end. */
export async function recordScenario(world: ScenarioWorld, kinds: RunOptions['kinds']): Promise<Recording> {
  let recorder: Recorder | undefined;
  const full = new AbortController();
  const options: RunOptions = {
    kinds,
    clock: () => 0,
    signal: full.signal,
    onStart(play) {
      recorder = new Recorder(play);
    },
    onTaken(result) {
      recorder?.stepTaken(result);
      if (recorder?.isFull) full.abort();
    },
  };
  for await (const _ of runScenario(world, options));
  return recorder?.recording ?? { start: world.start, end: world.start, keys: [], moments: [], isCut: false };
}

const isAboutNoKey = ({ readOnly, errorCode, resources = [] }: TrailEvent): boolean =>
  !readOnly && errorCode === undefined && resources.length === 0;

type BareMoment = Omit<RecordedMoment, 'step' | 'changes' | 'events'>;

class Recorder {
  private readonly play: Play;
  private readonly session: Session;
  private readonly states: Map<string, KeyState>;
  private readonly keys = new Map<string, RecordedKey>();
  private readonly moments: RecordedMoment[] = [];
  /** Those of the step that is being taken. */
  private current: Omit<RecordedMoment, 'step'>[] = [];
  /** How much of the trail was looked at. */
  private seen = 0;
  isFull = false;

  constructor(play: Play) {
    this.play = play;
    this.session = sessionOf(play);
    this.states = new Map(stateOf(this.session));
    for (const [arn, state] of this.states) this.know(arn, state, state.facts['state']);
    this.session.onHappened = (at, keys) => this.note({ at, byItself: true }, keys);
  }

  stepTaken({ step, actual, reason, parts, answer }: StepResult): void {
    const { service, clock } = this.session;
    const events = service.trail.slice(this.seen);
    const concerned = new Set(events.flatMap(({ resources = [] }) => resources.map(({ ARN }) => ARN)));
    const related = [...concerned].flatMap((arn) => {
      const key = service.world.key(arn);
      return key ? [key, ...service.world.relatedTo(key.identity)] : [];
    });
    // What is done to no key may have to do with many: a key store.
    const keys = events.some(isAboutNoKey) ? service.world.keys : related;
    const isLoad = step.kind === 'load' && actual !== undefined;
    const remedy = answer?.error?.remedy;
    const moment: BareMoment = {
      at: clock.now(),
      byItself: false,
      ...(isLoad ? { load: { ...this.keyOfLoad(step.index), actual: actual as ExpectedLoad, reason, parts } } : {}),
      ...(remedy ? { remedy } : {}),
    };
    this.note(moment, new Set(keys));
    this.moments.push(...this.current.map((each) => ({ ...each, step: step.index })));
    this.current = [];
  }

  get recording(): Recording {
    return {
      start: this.play.start.start,
      end: this.session.clock.now(),
      keys: [...this.keys.values()],
      moments: [...this.moments].sort((a, b) => a.at - b.at),
      isCut: this.isFull,
    };
  }

  /** @param keys those that may be otherwise than before */
  private note(moment: BareMoment, keys: Iterable<KmsKey>): void {
    const { service } = this.session;
    const events = service.trail.slice(this.seen);
    this.seen = service.trail.length;
    const changes = [...keys].flatMap((key) => this.changesOf(key));
    if (changes.length === 0 && events.length === 0 && !moment.load) return;
    this.isFull = MOST_MOMENTS <= this.moments.length + this.current.length;
    if (!this.isFull) this.current.push({ ...moment, changes, events });
  }

  private changesOf(key: KmsKey): KeyChange[] {
    const { arn } = key;
    const isThere = this.session.service.world.key(arn) === key;
    const before = this.states.get(arn);
    const after = isThere ? stateOfKey(key, this.session.nameOf) : undefined;
    if (after) {
      this.states.set(arn, after);
      this.know(arn, after);
    } else this.states.delete(arn);
    return factsChanged(before, after).map((change) => ({ arn, ...change }));
  }

  /** A key that a step made gets its name at the end of the step. */
  private know(arn: string, { name }: KeyState, state = this.keys.get(arn)?.state): void {
    this.keys.set(arn, { arn, name, state });
  }

  private keyOfLoad(step: number): Pick<RecordedLoad, 'on'> {
    const entry: Readonly<Record<string, unknown>> = { ...this.play.start.file.steps?.[step] };
    const { on } = entry;
    const named = typeof on === 'string' ? this.play.world.keyOf(on) : undefined;
    return named ? { on: keyArn(named.description) } : {};
  }
}
