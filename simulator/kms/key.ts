import type { KeyObject } from 'node:crypto';
import { type KeyDescription, keyArn } from '../access/request.ts';
import { findKeySpec } from '../facts/key-specs.ts';
import type { KeyState, KeyType, KeyUsage, Origin } from '../facts/types.ts';
import { KeyGrants, type KmsGrant } from './grants.ts';
import type { KeyPolicy } from './key-policy.ts';
import type { KeyStorePlace } from './key-store.ts';
import type { Materials } from './material.ts';

/** What is settled about a key for good. */
export interface KeyIdentity {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly spec: string;
  readonly usage: KeyUsage;
  readonly origin: Origin;
  readonly manager: 'AWS' | 'CUSTOMER';
  /** Milliseconds since 1970. */
  readonly created: number;
}

export type MultiRegionKeyType = 'PRIMARY' | 'REPLICA';

export interface KeyInit extends KeyIdentity {
  /** Left out: a single-Region key. */
  readonly multiRegionKeyType?: MultiRegionKeyType;
  /** Left out: KMS keeps it itself. */
  readonly keyStore?: KeyStorePlace;
  readonly state: KeyState;
  readonly policy: KeyPolicy;
  readonly materials: Materials;
  readonly description?: string;
  readonly tags?: Iterable<readonly [string, string]>;
  readonly grants?: Iterable<KmsGrant>;
  readonly rotation?: Rotation;
}

export interface Rotation {
  readonly periodInDays: number;
  /** Milliseconds since 1970. */
  readonly next: number;
}

export interface Alias {
  readonly name: string;
  readonly created: number;
  readonly updated: number;
}

export interface LastUsage {
  readonly operation: string;
  readonly at: number;
  readonly eventId: string;
  readonly requestId: string;
}

/** A KMS key as it stands now. Operations change it. */
export class KmsKey {
  readonly identity: KeyIdentity;
  readonly arn: string;
  readonly materials: Materials;
  readonly type: KeyType;
  readonly grants: KeyGrants;
  readonly keyStore: KeyStorePlace | undefined;
  state: KeyState;
  /** Of an unavailable key: what it is once its key store is connected. */
  stateWhenAvailable: KeyState | undefined;
  policy: KeyPolicy;
  description: string;
  /** Automatic rotation, where it is on. */
  rotation: Rotation | undefined;
  /** When it is deleted, in milliseconds since 1970; there while it is pending deletion. */
  deletion: number | undefined;
  /** The waiting period of a primary key that begins once its last replica is gone; it is pending deletion until then. */
  windowAfterReplicas: number | undefined;
  /** When KMS is done with what makes it Creating or Updating, in milliseconds since 1970. */
  settles: number | undefined;
  lastUsage: LastUsage | undefined;
  /** Wrapping keys that were given out for imports, by their tokens in base64. */
  readonly importTokens = new Map<string, ImportToken>();
  private multiRegion: MultiRegionKeyType | undefined;
  private readonly tagsByKey: Map<string, string>;
  private readonly aliasesByName = new Map<string, Alias>();
  private described: (KeyDescription & { readonly id: string }) | undefined;

  constructor(init: KeyInit) {
    const { state, policy, materials, description = '', tags = [], grants, rotation, ...rest } = init;
    const { multiRegionKeyType, keyStore, ...identity } = rest;
    this.keyStore = keyStore;
    this.identity = identity;
    this.multiRegion = multiRegionKeyType;
    this.arn = keyArn(identity);
    this.materials = materials;
    this.type = findKeySpec(identity.spec)?.type ?? 'symmetric';
    this.state = state;
    this.policy = policy;
    this.description = description;
    this.grants = new KeyGrants(grants);
    this.rotation = rotation;
    this.tagsByKey = new Map(tags);
  }

  /** Undefined: a single-Region key, which it is for good. */
  get multiRegionKeyType(): MultiRegionKeyType | undefined {
    return this.multiRegion;
  }

  becomes(type: MultiRegionKeyType): void {
    this.multiRegion = type;
    this.described = undefined;
  }

  get tags(): ReadonlyMap<string, string> {
    return this.tagsByKey;
  }

  get aliases(): ReadonlyMap<string, Alias> {
    return this.aliasesByName;
  }

  setTag(key: string, value: string): void {
    this.tagsByKey.set(key, value);
    this.described = undefined;
  }

  removeTag(key: string): void {
    this.tagsByKey.delete(key);
    this.described = undefined;
  }

  /** Aliases are made and moved by the world, which knows them all. */
  putAlias(alias: Alias): void {
    this.aliasesByName.set(alias.name, alias);
    this.described = undefined;
  }

  dropAlias(name: string): void {
    this.aliasesByName.delete(name);
    this.described = undefined;
  }

  /** What policies may ask about it. */
  get asDescribed(): KeyDescription & { readonly id: string } {
    if (!this.described) {
      const { created: _, ...identity } = this.identity;
      const { multiRegion: multiRegionKeyType } = this;
      this.described = {
        ...identity,
        multiRegion: multiRegionKeyType !== undefined,
        ...(multiRegionKeyType ? { multiRegionKeyType } : {}),
        aliases: [...this.aliasesByName.keys()],
        tags: Object.fromEntries(this.tagsByKey),
      };
    }
    return this.described;
  }
}

export interface ImportToken {
  readonly algorithm: string;
  /** Forgotten some time after the token has expired. */
  readonly wrappingKey: KeyObject | undefined;
  readonly validTo: number;
}
