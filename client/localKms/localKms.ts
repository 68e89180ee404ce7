import type {
  LocalKmsAdded,
  LocalKmsExplanation,
  LocalKmsFacts,
  LocalKmsRow,
  LocalKmsView,
  LocalKmsWorld,
  ScenarioErrorJson,
} from '../../server/protocol.ts';
import { MOST_ROWS } from './most-rows.ts';
import { type Listening, LocalKmsProcess } from './process.ts';

/** What a local KMS begins with: a scenario, or nothing. */
export type Subject = NonNullable<LocalKmsView['of']>;

/** What came of a start. */
export type Started =
  | { readonly kind: 'running'; readonly url: string }
  /** What ran before goes on. */
  | { readonly kind: 'refused'; readonly errors: readonly ScenarioErrorJson[] }
  | { readonly kind: 'failed'; readonly problem: string; readonly isTaken: boolean };

export interface LocalKmsOutput {
  /** What belongs into a log. */
  log(text: string): void;
  /** It ended, and nobody asked it to. */
  ended(why: string): void;
}

interface Disposable {
  dispose(): void;
}

/** The local KMS of a window: one at most. It knows nothing of VS Code. */
export class LocalKms implements Disposable {
  readonly #module: string;
  readonly #output: LocalKmsOutput;
  readonly #machine: string | undefined;
  readonly #changed = new Listeners<undefined>();
  readonly #added = new Listeners<LocalKmsAdded>();
  #state: LocalKmsView['state'] = 'stopped';
  #problem: string | undefined;
  #running: Running | undefined;
  #of: Subject | undefined;
  #isOld = false;
  #ahead = 0;
  #rows: readonly LocalKmsRow[] = [];
  #calls = 0;
  #denied = 0;
  /** Of the requests of those that ran before: numbers are given once. */
  #before = 0;
  #last = 0;

  /**
   * @param module the bundle that its process runs
   * @param machine where that is, unless it is the one in front of the person
   */
  constructor(module: string, output: LocalKmsOutput, machine?: string) {
    this.#module = module;
    this.#output = output;
    this.#machine = machine;
  }

  /** Told of everything but new requests. */
  onChanged(listener: () => void): Disposable {
    return this.#changed.add(listener);
  }

  onAdded(listener: (added: LocalKmsAdded) => void): Disposable {
    return this.#added.add(listener);
  }

  /** Of the one that runs. */
  get port(): number | undefined {
    return this.#running?.listening.port;
  }

  get view(): LocalKmsView {
    const running = this.#running;
    return {
      title: 'Local KMS',
      state: this.#state,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      ...(this.#of ? { of: this.#of } : {}),
      isOld: this.#isOld && running !== undefined,
      ...(running ? { url: running.listening.url, world: running.facts } : {}),
      pointers: running?.listening.pointers ?? [],
      ...(this.#machine === undefined ? {} : { machine: this.#machine }),
      ahead: this.#ahead,
      rows: this.#rows,
      calls: this.#calls,
      denied: this.#denied,
    };
  }

  /** In place of the one that runs, which goes on where the new one is refused. Rejects where its process cannot be had. */
  async start(of: Subject, { job, uris }: LocalKmsWorld, port: number): Promise<Started> {
    if (this.#state === 'starting') throw new Error('the local KMS is being started: wait for it');
    const before = this.#running;
    this.#become('starting');
    const next = new LocalKmsProcess(this.#module, {
      onCalls: ({ rows, calls, denied }) => {
        if (this.#running?.process === next) this.#take({ rows, calls, denied });
      },
      onClock: (ahead) => {
        this.#ahead = ahead;
        this.#changed.tell(undefined);
      },
      onTrouble: (text) => this.#output.log(text),
      onEnded: (why) => {
        if (this.#running?.process === next) this.#ended(why);
      },
    });
    try {
      const opened = await next.open(job);
      if ('errors' in opened) {
        await next.stop();
        const [first] = opened.errors;
        if (before) this.#become('running');
        else this.#become('failed', `\`${of.name}\` has a mistake${first ? `: ${first.message}` : ''}`);
        return { kind: 'refused', errors: opened.errors };
      }
      this.#running = undefined;
      await before?.process.stop();
      const listening = await next.listen({ port });
      if ('problem' in listening) {
        await next.stop();
        this.#become('failed', listening.isTaken ? `port ${port} is taken` : listening.problem);
        return { kind: 'failed', ...listening };
      }
      this.#running = { process: next, listening, facts: opened.world, uris: new Set(uris) };
      this.#of = of;
      this.#isOld = false;
      this.#ahead = 0;
      this.#rows = [];
      this.#before = this.#last;
      this.#calls = 0;
      this.#denied = 0;
      this.#become('running');
      return { kind: 'running', url: listening.url };
    } catch (error) {
      await next.stop();
      if (this.#running) this.#become('running');
      else this.#become('failed', error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (this.#state !== 'starting') this.#become('stopped');
    await running?.process.stop();
  }

  dispose(): void {
    void this.stop();
  }

  /** @throws {Error} where it cannot tell any more */
  async explain(requestId: string): Promise<LocalKmsExplanation> {
    const found = await this.#running?.process.explain(requestId);
    if (found) return found;
    throw new Error(
      this.#running
        ? 'the call was decided too long ago, or before the last start: call again'
        : 'the local KMS that decided the call has ended: start it and call again',
    );
  }

  advance(milliseconds: number): void {
    this.#running?.process.advance(milliseconds);
  }

  /** Everything as at the start. */
  reset(): void {
    this.#running?.process.reset();
  }

  /** Forgets the requests so far; how many there were stays known. */
  clear(): void {
    this.#rows = [];
    this.#changed.tell(undefined);
  }

  /** A document was edited. */
  edited(uri: string): void {
    if (this.#isOld || !this.#running?.uris.has(uri)) return;
    this.#isOld = true;
    this.#changed.tell(undefined);
  }

  #take(added: LocalKmsAdded): void {
    const rows = added.rows.map((row) => ({ ...row, number: row.number + this.#before }));
    this.#rows = [...this.#rows, ...rows].slice(-MOST_ROWS);
    this.#last = rows.at(-1)?.number ?? this.#last;
    this.#calls = added.calls;
    this.#denied = added.denied;
    this.#added.tell({ ...added, rows });
  }

  #ended(why: string): void {
    this.#running = undefined;
    this.#become('failed', why);
    this.#output.ended(why);
  }

  #become(state: LocalKmsView['state'], problem?: string): void {
    this.#state = state;
    this.#problem = problem;
    this.#changed.tell(undefined);
  }
}

interface Running {
  readonly process: LocalKmsProcess;
  readonly listening: Exclude<Listening, { readonly problem: string }>;
  readonly facts: LocalKmsFacts;
  readonly uris: ReadonlySet<string>;
}

class Listeners<T> {
  readonly #all = new Set<(value: T) => void>();

  add(listener: (value: T) => void): Disposable {
    this.#all.add(listener);
    return { dispose: () => void this.#all.delete(listener) };
  }

  tell(value: T): void {
    for (const listener of [...this.#all]) listener(value);
  }
}
