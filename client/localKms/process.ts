import { type ChildProcess, fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import type {
  LocalKmsExplanation,
  LocalKmsFacts,
  LocalKmsNews,
  LocalKmsOptions,
  LocalKmsOrder,
  LocalKmsPointers,
  ScenarioErrorJson,
} from '../../server/protocol.ts';

type NewsOf<T extends LocalKmsNews['type']> = Extract<LocalKmsNews, { readonly type: T }>;

/** Told of what happens while it runs. */
export interface LocalKmsListener {
  onCalls(news: NewsOf<'calls'>): void;
  onClock(ahead: number): void;
  /** What belongs into a log. */
  onTrouble(text: string): void;
  /** It ended, and nobody asked it to. */
  onEnded(why: string): void;
}

export type Opened = { readonly world: LocalKmsFacts } | { readonly errors: readonly ScenarioErrorJson[] };

export type Listening =
  | { readonly url: string; readonly port: number; readonly pointers: LocalKmsPointers }
  | { readonly problem: string; readonly isTaken: boolean };

/** How long it has to answer what it is working on, in milliseconds. */
const GRACE = 4_000;

/** The process of a local KMS: it ends when this one does. */
export class LocalKmsProcess {
  readonly #child: ChildProcess;
  /** Each takes the answer that it waits for. */
  #waiting: ((news: LocalKmsNews | Error) => boolean)[] = [];
  #isStopping = false;

  /** @param module the bundle that it runs */
  constructor(module: string, listener: LocalKmsListener) {
    this.#child = fork(module, [], {
      env: environment(),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.on('message', (news: LocalKmsNews) => this.#heard(news, listener));
    this.#child.on('error', (error) => this.#over(error.message, listener));
    this.#child.on('exit', (code, signal) => this.#over(`it ended with ${signal ?? `code ${code}`}`, listener));
    const log = (stream: Readable | null) => stream?.on('data', (text) => listener.onTrouble(String(text).trimEnd()));
    log(this.#child.stdout);
    log(this.#child.stderr);
  }

  /** @param job what the server says that it begins with */
  async open(job: object): Promise<Opened> {
    const news = await this.#ask({ type: 'open', job }, 'opened', 'refused');
    return news.type === 'refused' ? { errors: news.errors } : { world: news.world };
  }

  /** A port that cannot be had leaves it as it was: it may be asked again. */
  async listen(options: LocalKmsOptions): Promise<Listening> {
    const news = await this.#ask({ type: 'listen', options }, 'listening', 'failed');
    return news.type === 'failed' ? { problem: news.problem, isTaken: news.isTaken } : news;
  }

  /** Undefined: it is too long ago. */
  async explain(requestId: string): Promise<LocalKmsExplanation | undefined> {
    // It answers one after the other.
    const news = await this.#ask({ type: 'explain', requestId }, 'explained');
    return news.explanation;
  }

  advance(milliseconds: number): void {
    this.#tell({ type: 'advance', milliseconds });
  }

  reset(): void {
    this.#tell({ type: 'reset' });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null || !child.connected) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#tell({ type: 'stop' });
    });
  }

  #tell(order: LocalKmsOrder): void {
    // Whether it ended is told by its exit.
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }

  #ask<T extends LocalKmsNews['type']>(order: LocalKmsOrder, ...answers: readonly T[]): Promise<NewsOf<T>> {
    const isAnswer = (news: LocalKmsNews): news is NewsOf<T> => answers.some((each) => each === news.type);
    return new Promise((resolve, reject) => {
      if (!this.#child.connected) return reject(new Error('the local KMS does not run'));
      this.#waiting.push((news) => {
        if (news instanceof Error) reject(news);
        else if (isAnswer(news)) resolve(news);
        else return false;
        return true;
      });
      this.#tell(order);
    });
  }

  #heard(news: LocalKmsNews, listener: LocalKmsListener): void {
    const taken = this.#waiting.findIndex((take) => take(news));
    if (taken >= 0) this.#waiting.splice(taken, 1);
    if (news.type === 'calls') listener.onCalls(news);
    else if (news.type === 'clock') listener.onClock(news.ahead);
    else if (news.type === 'fault') listener.onTrouble(news.text);
  }

  #over(why: string, listener: LocalKmsListener): void {
    for (const take of this.#waiting) take(new Error(`the process of the local KMS cannot answer: ${why}`));
    this.#waiting = [];
    if (this.#isStopping) return;
    this.#isStopping = true;
    listener.onEnded(why);
  }
}

/** VS Code's own program, as Node. Credentials of the person are nothing to it. */
function environment(): NodeJS.ProcessEnv {
  const mine = Object.entries(process.env).filter(([name]) => !/^(AWS_|NODE_OPTIONS$)/i.test(name));
  return { ...Object.fromEntries(mine), ELECTRON_RUN_AS_NODE: '1' };
}
