import type { Callers, IsSignedWith } from '../../simulator/endpoint/callers.ts';
import { Endpoint, type RequestReport } from '../../simulator/endpoint/endpoint.ts';
import type { Listening, ListenOptions } from '../../simulator/endpoint/node.ts';
import type { TrailEvent } from '../../simulator/trail/event.ts';
import type { Documents } from '../answers/explanation.ts';
import { nameOfUri } from '../features/uris.ts';
import type { LocalKmsNews, LocalKmsOptions, LocalKmsOrder, LocalKmsRow, ScenarioErrorJson } from '../protocol.ts';
import type { OpenScenario } from '../scenarios/open.ts';
import { openJob, type ScenarioJob } from '../scenarios/run-job.ts';
import { TrailNames } from '../scenarios/trail-view.ts';
import { explainRequest } from './explain.ts';
import { pointersTo } from './pointers.ts';
import { rowOfEvent, rowOfRequest } from './rows.ts';

/** What a local KMS has of the process that it is in. */
export interface LocalKmsHost {
  readonly isSignedWith: IsSignedWith;
  listen(endpoint: Endpoint, options: ListenOptions): Promise<Listening>;
  tell(news: LocalKmsNews): void;
}

/** So many of the latest denials can be explained. */
const MOST_EXPLAINED = 1_000;
/** Those who show rows keep no more of them. */
const MOST_ROWS = 1_000;
/** In milliseconds. Rows are told of together: programs may send thousands a second. */
const PAUSE = 100;
/** How often the clock is looked at: requests can move it, too. */
const BEAT = 1_000;
/** Clocks that are read one after the other differ a little. */
const TOLERANCE = 250;

/** A KMS that is told what to do and tells what is asked of it: the whole of its process but for how both travel. */
export class LocalKms {
  private readonly host: LocalKmsHost;
  private opened: Opened | undefined;
  private listening: Listening | undefined;
  private beat: NodeJS.Timeout | undefined;
  private ahead = 0;
  private waiting: LocalKmsRow[] = [];
  private flushing: NodeJS.Timeout | undefined;
  private number = 0;
  private calls = 0;
  private denied = 0;
  /** Of calls that are being answered. */
  private readonly events = new Map<string, TrailEvent[]>();
  private readonly decided = new Map<string, RequestReport>();

  constructor(host: LocalKmsHost) {
    this.host = host;
  }

  /** Never rejects. */
  async take(order: LocalKmsOrder): Promise<void> {
    try {
      await this.obey(order);
    } catch (error) {
      this.fault(error);
    }
  }

  /** Answers what is being worked on, and ends. */
  async stop(): Promise<void> {
    clearInterval(this.beat);
    await this.listening?.close();
    this.flush();
  }

  private async obey(order: LocalKmsOrder): Promise<void> {
    switch (order.type) {
      case 'open':
        return this.open(order.job);
      case 'listen':
        return this.listen(order.options);
      case 'advance':
        await this.opened?.endpoint.advance(order.milliseconds);
        return this.tellClock();
      case 'reset':
        await this.opened?.endpoint.reset();
        return this.tellClock();
      case 'explain':
        return this.explain(order.requestId);
      case 'stop':
        return this.stop();
    }
  }

  private async open(job: object): Promise<void> {
    // It went through the client as it is.
    const scenario = await openJob(job as ScenarioJob);
    const opened = this.endpointOf(scenario);
    if ('errors' in opened) return this.host.tell({ type: 'refused', errors: opened.errors });
    this.opened = opened;
    opened.endpoint.listen((event) => this.recorded(event));
    const { account, region } = opened.defaults;
    const { isStrict, known } = opened.endpoint.callers;
    const accessKeys = accessKeysOf(known);
    this.host.tell({ type: 'opened', world: { account, region, isStrict, accessKeys } });
  }

  private endpointOf(scenario: OpenScenario): Opened | { readonly errors: readonly ScenarioErrorJson[] } {
    const { document, documents, world, errors } = scenario;
    if (!world) return { errors };
    const byUri = new Map([document, ...documents].map((each) => [each.uri, each]));
    try {
      const endpoint = new Endpoint({
        world,
        isSignedWith: this.host.isSignedWith,
        onAnswered: (report) => this.answered(report),
        onFault: (error) => this.fault(error),
      });
      return {
        endpoint,
        defaults: world.defaults,
        names: new TrailNames(document.scenario, []),
        documents: { get: (uri) => byUri.get(uri), nameOf: nameOfUri },
      };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { errors: [{ message: error.message, range: document.rangeOf({ path: ['principals'] }) }] };
    }
  }

  private async listen({ port }: LocalKmsOptions): Promise<void> {
    const { opened, listening } = this;
    if (!opened || listening) return;
    try {
      this.listening = await this.host.listen(opened.endpoint, { host: '127.0.0.1', port });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return this.host.tell({ type: 'failed', problem: message, isTaken: code === 'EADDRINUSE' });
    }
    this.beat = setInterval(() => this.tellClock(), BEAT);
    const { port: given } = this.listening;
    const url = `http://127.0.0.1:${given}`;
    const pointers = [['Address', url] as const, ...pointersTo(url, opened.defaults.region)];
    this.host.tell({ type: 'listening', port: given, url, pointers });
  }

  private answered(report: RequestReport): void {
    const { opened } = this;
    if (!opened) return;
    const { requestId } = report;
    const events = this.events.get(requestId) ?? [];
    this.events.delete(requestId);
    const row = rowOfRequest(++this.number, report, events, opened.names);
    this.calls += 1;
    if (row.outcome === 'denied') this.denied += 1;
    if (row.isDecided) {
      this.decided.set(requestId, report);
      const [oldest] = this.decided.keys();
      if (oldest !== undefined && this.decided.size > MOST_EXPLAINED) this.decided.delete(oldest);
    }
    this.add(row);
  }

  private recorded(event: TrailEvent): void {
    const { requestID } = event;
    if (requestID !== undefined) {
      const known = this.events.get(requestID);
      if (known) known.push(event);
      else this.events.set(requestID, [event]);
    } else if (this.opened) this.add(rowOfEvent(++this.number, event, this.opened.names));
  }

  private add(row: LocalKmsRow): void {
    this.waiting.push(row);
    if (this.waiting.length >= 2 * MOST_ROWS) this.waiting = this.waiting.slice(-MOST_ROWS);
    this.flushing ??= setTimeout(() => this.flush(), PAUSE);
  }

  private flush(): void {
    clearTimeout(this.flushing);
    this.flushing = undefined;
    if (this.waiting.length === 0) return;
    const { calls, denied } = this;
    this.host.tell({ type: 'calls', rows: this.waiting.slice(-MOST_ROWS), calls, denied });
    this.waiting = [];
  }

  private explain(requestId: string): void {
    const report = this.decided.get(requestId);
    const explanation = report && this.opened && explainRequest(report, this.opened.documents);
    this.host.tell({ type: 'explained', requestId, explanation });
  }

  private tellClock(): void {
    if (!this.opened) return;
    const ahead = this.opened.endpoint.now - Date.now();
    if (Math.abs(ahead - this.ahead) < TOLERANCE) return;
    this.ahead = ahead;
    this.host.tell({ type: 'clock', ahead });
  }

  private fault(error: unknown): void {
    this.host.tell({ type: 'fault', text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

interface Opened {
  readonly endpoint: Endpoint;
  readonly defaults: { readonly account: string; readonly region: string };
  readonly names: TrailNames;
  readonly documents: Documents;
}

const accessKeysOf = (known: Callers['known']) =>
  known.map(({ id, name, isVerified }) => ({ id, principal: name, isVerified }));
