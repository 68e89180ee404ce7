import { aliasArn, keyArn } from '../access/request.ts';
import { resourceQuotas } from '../facts/quotas.ts';
import type { KmsGrant } from './grants.ts';
import type { Alias, KmsKey } from './key.ts';
import type { KeyStore } from './key-store.ts';
import { KeyStores } from './key-stores.ts';

export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

export interface WorldOptions {
  /** How long new grants count with their tokens only, and ended ones go on counting; in milliseconds. */
  readonly grantDelay?: number;
  /** How many grants a customer managed key has at most. */
  readonly grantsPerKey?: number;
}

const GRANTS_PER_KEY = resourceQuotas.find(({ name }) => name === 'grants')?.limit ?? 50_000;

/** A grant and the key that it is on. */
export interface PlacedGrant {
  readonly key: KmsKey;
  readonly grant: KmsGrant;
}

/** Is told of what comes in numbers, and is therefore not looked through for changes. */
export interface WorldWatcher {
  grantChanged(key: KmsKey, grant: KmsGrant): void;
  grantTokenAdded(token: string): void;
}

/** Every key and alias of every account and Region. */
export class KeyWorld {
  readonly stores = new KeyStores();
  private readonly byArn = new Map<string, KmsKey>();
  private readonly byPlace = new Map<string, Map<string, KmsKey>>();
  private readonly customerKeys = new Map<string, number>();
  /** Multi-Region keys. */
  private readonly bySet = new Map<string, KmsKey[]>();
  private readonly byAlias = new Map<string, KmsKey>();
  readonly grantDelay: number;
  readonly grantsPerKey: number;
  private readonly grants = new Map<string, PlacedGrant>();
  private due = Number.POSITIVE_INFINITY;
  private watcher: WorldWatcher | undefined;

  constructor(keys: Iterable<KmsKey> = [], { grantDelay = 0, grantsPerKey = GRANTS_PER_KEY }: WorldOptions = {}) {
    this.grantDelay = grantDelay;
    this.grantsPerKey = grantsPerKey;
    for (const key of keys) this.add(key);
  }

  add(key: KmsKey): void {
    const { identity, arn } = key;
    this.byArn.set(arn, key);
    const place = placeId(identity);
    const others = this.byPlace.get(place) ?? new Map<string, KmsKey>();
    this.byPlace.set(place, others.set(identity.id, key));
    this.count(key, 1);
    if (key.multiRegionKeyType !== undefined) {
      const set = `${identity.account} ${identity.id}`;
      this.bySet.set(set, [...(this.bySet.get(set) ?? []), key]);
    }
    for (const name of key.aliases.keys()) this.byAlias.set(aliasArn({ ...identity, name }), key);
    this.watchGrants(key);
    // Whatever was declared may be due at once.
    this.due = Number.NEGATIVE_INFINITY;
  }

  watch(watcher: WorldWatcher): void {
    this.watcher = watcher;
    for (const key of this.keys) this.watchGrants(key);
  }

  private watchGrants(key: KmsKey): void {
    const { watcher } = this;
    if (watcher) key.grants.watch((grant) => watcher.grantChanged(key, grant));
  }

  /** The key and its aliases are gone. */
  remove(key: KmsKey): void {
    for (const name of [...key.aliases.keys()]) this.removeAlias(key, name);
    this.byArn.delete(key.arn);
    const set = `${key.identity.account} ${key.identity.id}`;
    const rest = this.bySet.get(set)?.filter((each) => each !== key);
    if (rest) this.bySet.set(set, rest);
    if (this.byPlace.get(placeId(key.identity))?.delete(key.identity.id)) this.count(key, -1);
  }

  get keys(): Iterable<KmsKey> {
    return this.byArn.values();
  }

  key(arn: string): KmsKey | undefined {
    return this.byArn.get(arn);
  }

  keyIn(place: Place, id: string): KmsKey | undefined {
    return this.byArn.get(keyArn({ ...place, id }));
  }

  /** The keys of all Regions that are one multi-Region key. */
  relatedTo({ account, id }: { readonly account: string; readonly id: string }): readonly KmsKey[] {
    return this.bySet.get(`${account} ${id}`) ?? [];
  }

  /** Sorted by id, so that pages stay what they are while keys come and go. */
  keysIn(place: Place): readonly KmsKey[] {
    const keys = [...(this.byPlace.get(placeId(place))?.values() ?? [])];
    return keys.sort((a, b) => (a.identity.id < b.identity.id ? -1 : 1));
  }

  keysInStore(store: KeyStore): readonly KmsKey[] {
    return this.keysIn(store).filter(({ keyStore }) => keyStore?.store === store);
  }

  /** How many keys of the customer's there are; those that AWS manages count for no quota. */
  customerKeysIn(place: Place): number {
    return this.customerKeys.get(placeId(place)) ?? 0;
  }

  private count({ identity }: KmsKey, change: number): void {
    if (identity.manager === 'AWS') return;
    const place = placeId(identity);
    this.customerKeys.set(place, (this.customerKeys.get(place) ?? 0) + change);
  }

  /** The key that an alias points to. @param arn of the alias */
  keyOfAlias(arn: string): KmsKey | undefined {
    return this.byAlias.get(arn);
  }

  putAlias(key: KmsKey, alias: Alias): void {
    const arn = aliasArn({ ...key.identity, name: alias.name });
    this.byAlias.get(arn)?.dropAlias(alias.name);
    this.byAlias.set(arn, key);
    key.putAlias(alias);
  }

  removeAlias(key: KmsKey, name: string): void {
    this.byAlias.delete(aliasArn({ ...key.identity, name }));
    key.dropAlias(name);
  }

  addGrantToken(token: string, grant: PlacedGrant): void {
    this.grants.set(token, grant);
    this.watcher?.grantTokenAdded(token);
  }

  get grantTokens(): Iterable<string> {
    return this.grants.keys();
  }

  /** The grant that a token stands for, if it is still there. */
  grantOf(token: string): PlacedGrant | undefined {
    const found = this.grants.get(token);
    return found && this.key(found.key.arn) === found.key && found.key.grants.has(found.grant) ? found : undefined;
  }

  /** Whether something may happen by itself at or before `now`. */
  isDue(now: number): boolean {
    return this.due <= now;
  }

  /** @param at when the next thing happens by itself, of all that is known */
  expectNext(at: number): void {
    this.due = at;
  }

  /** Something will happen by itself. */
  schedule(at: number): void {
    this.due = Math.min(this.due, at);
  }
}

const placeId = ({ partition, account, region }: Place): string => `${partition} ${account} ${region}`;
