import type { KmsGrant } from '../kms/grants.ts';
import type { KmsKey } from '../kms/key.ts';
import { relatedKeys } from '../kms/multi-region.ts';
import type { Touched } from '../kms/service.ts';
import type { KeyWorld, WorldWatcher } from '../kms/world.ts';
import {
  grantId,
  grantRecord,
  idsOfGone,
  keyRecords,
  recordsOf,
  storeRecords,
  tokenRecord,
  usageRecord,
  type WorldRecord,
} from './records.ts';
import { makeSecrets } from './secrets.ts';
import type { StateStore } from './store.ts';

/**
 * Writes what changed of a world. It compares what a call touched with what was written last, whichever operation it was; grants
 * and their tokens, which may be many, tell of themselves.
 */
export class Recorder implements WorldWatcher {
  private readonly world: KeyWorld;
  private readonly store: StateStore;
  private readonly now: () => number;
  private readonly grants = new Map<string, { readonly key: KmsKey; readonly grant: KmsGrant }>();
  private readonly tokens = new Set<string>();
  private readonly used = new Set<KmsKey>();
  private readonly storeIds = new Set<string>();
  /** What is being written, by the keys that it is about. */
  private readonly pending = new Map<KmsKey, Promise<void>>();
  private latest: Promise<void> | undefined;
  private lost: Error | undefined;

  constructor(world: KeyWorld, store: StateStore, now: () => number) {
    this.world = world;
    this.store = store;
    this.now = now;
    for (const [id] of storeRecords(world)) this.storeIds.add(id);
    world.watch(this);
  }

  grantChanged(key: KmsKey, grant: KmsGrant): void {
    this.grants.set(grantId(key, grant), { key, grant });
  }

  grantTokenAdded(token: string): void {
    this.tokens.add(token);
  }

  /** Nothing of this world is written or answered any more: it is not what is on the disk. */
  close(why: Error): void {
    this.lost ??= why;
  }

  /** Writes all of a world whose secrets are made, in place of what was there. */
  begin(more: readonly WorldRecord[]): Promise<void> {
    const put = [...more, ...recordsOf(this.world)];
    this.grants.clear();
    this.tokens.clear();
    const writing = this.store.commit({ at: this.now(), isReset: true, put, drop: [] });
    this.await(writing, this.world.keys);
    return writing;
  }

  /** Resolves once all is on the disk that an answer may tell of; undefined where it is already. */
  touched({ keys, isUse }: Touched): Promise<void> | undefined {
    if (isUse) for (const key of keys) this.used.add(key);
    const mayChange = !isUse || keys.some(({ keyStore }) => keyStore?.xksKeyId !== undefined);
    if (mayChange) {
      const all = new Set(keys.flatMap((key) => [key, ...relatedKeys(key, this.world)]));
      const making = makeSecrets(all);
      const writing = making ? making.then(() => this.write(all)) : this.write(all);
      if (writing) this.await(writing, all);
    }
    const waiting = isUse ? keys.flatMap((key) => this.pending.get(key) ?? []) : this.latest ? [this.latest] : [];
    if (waiting.length === 0 && !this.lost) return undefined;
    return this.settled(waiting);
  }

  /** Writes what need not be there before anybody is answered. */
  flush(more: readonly WorldRecord[] = []): Promise<void> | undefined {
    const used = [...this.used].filter((key) => this.isThere(key));
    this.used.clear();
    return this.put([...more, ...used.flatMap((key) => [...usageRecord(key)])], []);
  }

  /** Resolves once nothing is being written. */
  async idle(): Promise<void> {
    await this.settled(this.latest ? [this.latest] : []);
  }

  private write(keys: Iterable<KmsKey>): Promise<void> | undefined {
    if (this.lost) return undefined;
    const put: WorldRecord[] = [];
    const drop: string[] = [];
    const stores = [...storeRecords(this.world)];
    put.push(...stores);
    const ids = new Set(stores.map(([id]) => id));
    for (const id of this.storeIds) if (!ids.has(id)) drop.push(id);
    for (const id of ids) this.storeIds.add(id);
    // A key store takes its keys with it.
    const changed = new Set(stores.filter(([id, text]) => this.store.latest(id) !== text).map(([id]) => id));
    const all = new Set(keys);
    if (changed.size > 0) for (const key of this.world.keys) if (key.keyStore) all.add(key);
    for (const key of all) {
      if (this.isThere(key)) put.push(...keyRecords(key));
      else drop.push(...idsOfGone(key, this.world));
    }
    for (const [id, { key, grant }] of this.grants) {
      const found = this.isThere(key) ? [...grantRecord(key, grant)] : [];
      if (found.length > 0) put.push(...found);
      else drop.push(id);
    }
    this.grants.clear();
    for (const token of this.tokens) put.push(...tokenRecord(this.world, token));
    this.tokens.clear();
    return this.put(put, drop);
  }

  private put(records: readonly WorldRecord[], gone: readonly string[]): Promise<void> | undefined {
    if (this.lost) return undefined;
    const put = records.filter(([id, text]) => this.store.latest(id) !== text);
    const drop = gone.filter((id) => this.store.latest(id) !== undefined);
    return put.length + drop.length === 0 ? undefined : this.store.commit({ at: this.now(), put, drop });
  }

  private await(writing: Promise<void>, keys: Iterable<KmsKey>): void {
    const latest = Promise.all([this.latest, writing]).then(() => undefined);
    this.latest = latest;
    for (const key of keys) this.pending.set(key, writing);
    const forget = (): void => {
      for (const [key, each] of this.pending) if (each === writing) this.pending.delete(key);
    };
    const forgetLatest = (): void => {
      if (this.latest === latest) this.latest = undefined;
    };
    // Whoever waits for it hears of a failure.
    writing.then(forget, forget);
    latest.then(forgetLatest, forgetLatest);
  }

  private async settled(waiting: readonly Promise<void>[]): Promise<void> {
    await Promise.all(waiting);
    if (this.lost) throw this.lost;
  }

  private isThere(key: KmsKey): boolean {
    return this.world.key(key.arn) === key;
  }
}
