import type { Diagnostic } from 'vscode-languageserver';

/** What is known of a document that is stored and not open. */
export interface ClosedFindings {
  readonly uri: string;
  readonly items: readonly Diagnostic[];
  /** Another one whenever the findings are others; undefined where there is nothing to check any more. */
  readonly resultId: string | undefined;
}

/** How stored documents are found and checked: handed in, as all files are. */
export interface ClosedDocumentsInit {
  /** What is stored at a place and below it, else everywhere, and is to be checked. */
  find(at: string | undefined): AsyncIterable<string>;
  /** A document as it is stored; undefined where it is gone. */
  read(uri: string): Promise<string | undefined>;
  /** What is found in a text that is stored; undefined where it is none of ours. */
  check(uri: string, text: string): Promise<readonly Diagnostic[] | undefined>;
  isOpen(uri: string): boolean;
  /** Resolves when nobody waits for anything else. */
  pause(): Promise<void>;
  log(message: string, error: unknown): void;
}

export interface ClosedListener {
  onFindings(findings: ClosedFindings): void;
  /** Called now and then while there is work, and with nothing left when it is done. */
  onProgress(left: number): void;
}

/**
 * The findings in documents that are stored and not open. They are looked for one document after the other, behind all
 * else, and only where something has changed. What was found in a text that is no longer the stored one is dropped.
 */
export class ClosedDocuments {
  private init: ClosedDocumentsInit | undefined;
  private readonly found = new Map<string, ClosedFindings>();
  /** What somebody has just changed goes before what was merely come across. */
  private readonly urgent = new Set<string>();
  private readonly waiting = new Set<string>();
  private readonly places = new Set<string | undefined>();
  /** The texts of those whose turn is next: several files are read in little more time than one. */
  private readonly ahead = new Map<string, Promise<string | undefined>>();
  private readonly listeners = new Set<ClosedListener>();
  /** What is being checked, and whether something happened to it since. */
  private current: { readonly uri: string; isOutdated: boolean } | undefined;
  private isWorking = false;
  /** Ends work that began before. */
  private turn = 0;
  private readonly prefix = Date.now().toString(36);
  private count = 0;

  get isOn(): boolean {
    return this.init !== undefined;
  }

  get isDone(): boolean {
    return !this.isWorking;
  }

  all(): readonly ClosedFindings[] {
    return [...this.found.values()];
  }

  /** Returns how to stop listening. */
  listen(listener: ClosedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Looks everywhere; what was found before stays until it is found to be gone. */
  start(init: ClosedDocumentsInit): void {
    this.rest();
    this.init = init;
    this.look(undefined);
  }

  /** Withdraws everything. */
  stop(): void {
    this.rest();
    this.init = undefined;
    for (const uri of [...this.found.keys()]) this.withdraw(uri);
    this.tellProgress();
  }

  /** Gives up what is still to be done; what is found stays. */
  rest(): void {
    this.turn += 1;
    this.isWorking = false;
    this.current = undefined;
    for (const queue of [this.urgent, this.waiting, this.places, this.ahead]) queue.clear();
  }

  /** Something may have come or gone at a place, or anywhere. */
  look(at: string | undefined): void {
    if (!this.init) return;
    if (at !== undefined) this.outdate(at);
    this.places.add(at);
    this.work();
  }

  /** A document that was found reads otherwise, or is judged otherwise. */
  refresh(uri: string): void {
    if (!this.init || !(this.found.has(uri) || this.isAwaited(uri))) return;
    this.outdate(uri);
    if (!this.init.isOpen(uri)) this.urgent.add(uri);
    this.work();
  }

  /** The same for all that lie below a folder. */
  refreshBelow(folder: string): void {
    for (const uri of this.found.keys()) {
      if (!uri.startsWith(folder)) continue;
      this.outdate(uri);
      this.waiting.add(uri);
    }
    if (this.current?.uri.startsWith(folder)) this.refresh(this.current.uri);
    if (this.init) this.work();
  }

  /** A file is gone, or a folder with what was in it. */
  removed(uri: string): void {
    const isGone = (each: string) => each === uri || each.startsWith(`${uri}/`);
    if (this.current && isGone(this.current.uri)) this.current.isOutdated = true;
    for (const queue of [this.urgent, this.waiting, this.ahead])
      for (const each of queue.keys()) if (isGone(each)) queue.delete(each);
    for (const each of [...this.found.keys()]) if (isGone(each)) this.withdraw(each);
  }

  /** From now on the open text counts. When it is closed, somebody looks there again. */
  opened(uri: string): void {
    this.outdate(uri);
    this.urgent.delete(uri);
    this.waiting.delete(uri);
    this.withdraw(uri);
  }

  private isAwaited(uri: string): boolean {
    return this.current?.uri === uri || this.urgent.has(uri) || this.waiting.has(uri);
  }

  private outdate(uri: string): void {
    this.ahead.delete(uri);
    if (this.current?.uri === uri) this.current.isOutdated = true;
  }

  private work(): void {
    if (this.isWorking || !this.init) return;
    this.isWorking = true;
    const { init, turn } = this;
    void this.workWith(init, turn)
      .catch((error: unknown) => init.log('checking stored documents failed', error))
      .finally(() => {
        if (turn !== this.turn) return;
        this.isWorking = false;
        this.tellProgress();
      });
  }

  private async workWith(init: ClosedDocumentsInit, turn: number): Promise<void> {
    for (;;) {
      await init.pause();
      if (turn !== this.turn) return;
      if (this.places.size > 0) {
        const [at] = this.places;
        this.places.delete(at);
        await this.lookAt(at, init, turn);
        continue;
      }
      const queue = this.urgent.size > 0 ? this.urgent : this.waiting;
      const [uri] = queue;
      if (uri === undefined) return;
      for (const next of queue) {
        if (this.ahead.size >= AHEAD) break;
        if (!this.ahead.has(next)) this.ahead.set(next, readNow(next, init));
      }
      this.urgent.delete(uri);
      this.waiting.delete(uri);
      await this.check(uri, init, turn);
    }
  }

  private async lookAt(at: string | undefined, init: ClosedDocumentsInit, turn: number): Promise<void> {
    const before = new Set(this.found.keys());
    try {
      for await (const uri of init.find(at)) {
        if (turn !== this.turn) return;
        before.delete(uri);
        if (init.isOpen(uri) || (at === undefined && this.found.has(uri))) continue;
        (at === undefined ? this.waiting : this.urgent).add(uri);
      }
    } catch (error) {
      init.log('looking for documents failed', error);
      return;
    }
    // A look at one place tells nothing of the others.
    if (turn === this.turn && at === undefined) for (const uri of before) this.removed(uri);
  }

  private async check(uri: string, init: ClosedDocumentsInit, turn: number): Promise<void> {
    const ahead = this.ahead.get(uri);
    this.ahead.delete(uri);
    if (init.isOpen(uri)) return;
    const text = ahead ?? readNow(uri, init);
    const current = { uri, isOutdated: false };
    this.current = current;
    const items = await text
      .then((stored) => (stored === undefined ? undefined : init.check(uri, stored)))
      .catch((error: unknown) => {
        init.log(`checking ${uri} failed`, error);
        return undefined;
      });
    if (turn !== this.turn) return;
    this.current = undefined;
    if (current.isOutdated || init.isOpen(uri)) return;
    if (items) this.tell(uri, items);
    else this.withdraw(uri);
    this.tellProgress();
  }

  private tell(uri: string, items: readonly Diagnostic[]): void {
    const known = this.found.get(uri);
    if (known && JSON.stringify(known.items) === JSON.stringify(items)) return;
    this.count += 1;
    const findings = { uri, items, resultId: `${this.prefix}-${this.count}` };
    this.found.set(uri, findings);
    for (const { onFindings } of this.listeners) onFindings(findings);
  }

  private withdraw(uri: string): void {
    if (!this.found.delete(uri)) return;
    for (const { onFindings } of this.listeners) onFindings({ uri, items: [], resultId: undefined });
  }

  private tellProgress(): void {
    const left = this.isWorking ? Math.max(1, this.places.size + this.urgent.size + this.waiting.size) : 0;
    for (const { onProgress } of this.listeners) onProgress(left);
  }
}

const AHEAD = 8;

/** Who waits for the text is told of a failure; nobody may, since what has changed meanwhile is read again. */
function readNow(uri: string, init: ClosedDocumentsInit): Promise<string | undefined> {
  const text = init.read(uri);
  text.catch(() => undefined);
  return text;
}
