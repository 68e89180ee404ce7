import { aliasArn } from '../access/request.ts';
import { notFound } from './errors.ts';
import type { KmsKey } from './key.ts';
import type { KeyWorld, Place } from './world.ts';

/** A key as a request names it. */
export interface FoundKey {
  readonly key: KmsKey;
  /** The alias that the request used. */
  readonly requestAlias?: string;
  /** AWS makes it for this request: the world does not know it yet. */
  readonly isNew?: true;
}

/** Finds what a request names, from where it is sent to. */
export class Finder {
  readonly world: KeyWorld;
  readonly place: Place;
  /** As AWS's messages name the caller. */
  readonly who: string;
  /** Whether the operation takes aliases for keys. */
  private readonly acceptsAlias: boolean;
  private readonly managed: (alias: string) => KmsKey | undefined;

  /** @param managed the key that AWS makes where an alias of its own has none yet, if the request has it made */
  constructor(
    world: KeyWorld,
    place: Place,
    who: string,
    acceptsAlias: boolean,
    managed: (alias: string) => KmsKey | undefined,
  ) {
    this.world = world;
    this.place = place;
    this.who = who;
    this.acceptsAlias = acceptsAlias;
    this.managed = managed;
  }

  /** Throws AWS's NotFoundException where there is none. */
  key(text: string): FoundKey {
    const arn = ARN.exec(text)?.groups;
    const { region, resource = text } = arn ?? {};
    if (region !== undefined && region !== this.place.region) throw notFound(`Invalid arn ${region}`);
    if (resource.startsWith('alias/') && this.acceptsAlias)
      return this.byAlias(arn ? text : this.aliasArn(text), resource);
    const id = arn ? /^key\/(.*)$/.exec(resource)?.[1] : text;
    if (id === undefined || !KEY_ID.test(id)) throw notFound(`Invalid keyId ${arn ? text : `'${text}'`}`);
    const key = arn ? this.world.key(text) : this.world.keyIn(this.place, id);
    if (key) return { key };
    throw notFound(`Key '${arn ? text : this.keyArn(id)}' does not exist`);
  }

  /** The key that an alias of the caller's account points to. */
  ownAlias(name: string): FoundKey {
    return this.byAlias(this.aliasArn(name), name);
  }

  aliasArn(name: string): string {
    return aliasArn({ ...this.place, name });
  }

  private byAlias(arn: string, requestAlias: string): FoundKey {
    const known = this.world.keyOfAlias(arn);
    if (known) return { key: known, requestAlias };
    const key = arn === this.aliasArn(requestAlias) ? this.managed(requestAlias) : undefined;
    if (!key) throw notFound(`Alias ${arn} is not found.`);
    return { key, requestAlias, isNew: true };
  }

  private keyArn(id: string): string {
    const { partition, region, account } = this.place;
    return `arn:${partition}:kms:${region}:${account}:key/${id}`;
  }
}

const ARN = /^arn:[^:]*:kms:(?<region>[^:]*):[^:]*:(?<resource>.*)$/;
const KEY_ID = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;
