import { randomUUID } from 'node:crypto';
import { type Clock, seededRandom, systemClock, systemRandom } from '../kms/environment.ts';
import type { Secret } from '../kms/material.ts';
import { type DeclaredKeys, declaredKeys } from '../kms/steps/declared.ts';
import { type DeclaredOptions, type DeclaredService, declaredService } from '../kms/steps/declared-service.ts';
import type { ScenarioWorld } from '../scenario/world.ts';
import type { TrailEvent } from '../trail/event.ts';
import { RunningClock } from './clock.ts';

/** The world that is served, as it stands now. */
export interface Living {
  readonly declared: DeclaredService;
  readonly clock: RunningClock;
  /** Told of each event that is recorded. */
  onEvent: (event: TrailEvent) => void;
  /** Everything is as it was at the start, the clock too. */
  reset(): Promise<void>;
  advance(milliseconds: number): Promise<void>;
  /** Lets happen by now what is due. */
  settle(): void;
}

export interface LivingOptions {
  readonly world: ScenarioWorld;
  /** Where the clock starts. Default: `real`. */
  readonly clock?: 'scenario' | 'real' | undefined;
  /** Left out: the real time of the system. */
  readonly realClock?: Clock | undefined;
}

/** So many of the latest events are kept. */
const MOST_EVENTS = 10_000;
/** And so many characters of what callers sent, since refused requests are recorded with all that they name. */
const MOST_TEXT = 2 ** 24;

/** The clock at the start. */
export function startingClock({ world, clock, realClock = systemClock }: LivingOptions): RunningClock {
  return new RunningClock(clock === 'scenario' ? world.start : undefined, realClock);
}

/**
 * The keys of the scenario at the start: the same whenever the seed is the same.
 * @param made what was made for them before, by the ids of their material; RSA keys do not come from a seed
 */
export function startingKeys(world: ScenarioWorld, seed: string, made: Map<string, Secret>): DeclaredKeys {
  const keys = declaredKeys(world, seededRandom(seed));
  for (const { materials } of keys.world.keys) {
    const { current } = materials;
    if (!current?.secret) continue;
    current.secret = made.get(current.id) ?? current.secret;
    made.set(current.id, current.secret);
  }
  return keys;
}

export function serviceOver(
  living: Pick<Living, 'onEvent' | 'clock'>,
  world: ScenarioWorld,
  keys: DeclaredKeys,
  more: Pick<DeclaredOptions, 'onHappened' | 'beforeAnswer'> & {
    readonly earlier?: readonly TrailEvent[] | undefined;
  } = {},
): DeclaredService {
  const { earlier, ...told } = more;
  const environment = { clock: living.clock, random: systemRandom };
  const trail = {
    most: MOST_EVENTS,
    mostText: MOST_TEXT,
    onEvent: (event: TrailEvent) => living.onEvent(event),
    earlier,
  };
  return declaredService(world, environment, { keys, trail, ...told });
}

/** Lost with the process. */
export class InMemory implements Living {
  declared: DeclaredService;
  clock: RunningClock;
  onEvent: Living['onEvent'] = () => undefined;
  private readonly options: LivingOptions;
  private readonly seed = randomUUID();
  private readonly made = new Map<string, Secret>();

  constructor(options: LivingOptions) {
    this.options = options;
    this.clock = startingClock(options);
    this.declared = this.start();
  }

  async reset(): Promise<void> {
    this.clock = startingClock(this.options);
    this.declared = this.start();
  }

  async advance(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    this.settle();
  }

  settle(): void {
    this.declared.service.settle();
  }

  private start(): DeclaredService {
    const world = this.options.world.startingAt(this.clock.now());
    return serviceOver(this, world, startingKeys(world, this.seed, this.made));
  }
}
