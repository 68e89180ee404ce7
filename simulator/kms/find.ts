import { unknownResource } from '../access/message.ts';
import { aliasArn } from '../access/request.ts';
import type { KmsOperation } from '../facts/types.ts';
import { remembered } from '../text/remembered.ts';
import { KmsError, notFound } from './errors.ts';
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
  private readonly operation: KmsOperation;
  private readonly managed: (alias: string) => KmsKey | undefined;

  /** @param managed the key that AWS makes where an alias of its own has none yet, if the request has it made */
  constructor(
    world: KeyWorld,
    place: Place,
    who: string,
    operation: KmsOperation,
    managed: (alias: string) => KmsKey | undefined,
  ) {
    this.world = world;
    this.place = place;
    this.who = who;
    this.operation = operation;
    this.managed = managed;
  }

  /** Throws what KMS answers where there is none. @param action the permission on it, where it is not that of the operation */
  key(text: string, action = this.operation.permissions[0]?.action ?? this.operation.name): FoundKey {
    const { arn, resource, id } = nameIn(text);
    if (arn && arn.region !== this.place.region) throw notFound(`Invalid arn ${arn.region}`);
    if (resource.startsWith('alias/') && this.operation.acceptsAlias)
      return this.byAlias(arn ? text : this.aliasArn(text), resource, action);
    if (id === undefined) throw notFound(`Invalid keyId ${arn ? text : `'${text}'`}`);
    const key = arn ? this.world.key(text) : this.world.keyIn(this.place, id);
    if (key) return { key };
    throw this.missing(text, `Key '${arn ? text : this.keyArn(id)}' does not exist`, action);
  }

  /** The key that an alias of the caller's account points to. */
  ownAlias(name: string): FoundKey {
    return this.byAlias(this.aliasArn(name), name, this.operation.name);
  }

  aliasArn(name: string): string {
    return aliasArn({ ...this.place, name });
  }

  private byAlias(arn: string, requestAlias: string, action: string): FoundKey {
    const known = this.world.keyOfAlias(arn);
    if (known) return { key: known, requestAlias };
    const key = arn === this.aliasArn(requestAlias) ? this.managed(requestAlias) : undefined;
    if (!key) throw this.missing(arn, `Alias ${arn} is not found.`, action);
    return { key, requestAlias, isNew: true };
  }

  /** Whether a key of another account exists, nobody learns who may not use it. */
  private missing(text: string, message: string, action: string): KmsError {
    const account = nameIn(text).arn?.account ?? this.place.account;
    if (account === this.place.account) return notFound(message);
    return new KmsError(
      'AccessDeniedException',
      `User: ${this.who} is not authorized to perform: kms:${action} on this resource ${unknownResource}`,
      `\`${text}\` is not known here: mend the ARN, or declare the key`,
    );
  }

  private keyArn(id: string): string {
    const { partition, region, account } = this.place;
    return `arn:${partition}:kms:${region}:${account}:key/${id}`;
  }
}

interface KeyName {
  readonly arn: { readonly region: string; readonly account: string } | undefined;
  /** With its `key/` or `alias/` where it comes from an ARN. */
  readonly resource: string;
  /** Undefined for what is no id of a key. */
  readonly id: string | undefined;
}

/** What a request says of its key: callers use the same few. */
const nameIn = remembered((text): KeyName => {
  const parts = ARN.exec(text)?.groups;
  const { region = '', account = '', resource = text } = parts ?? {};
  const id = parts ? /^key\/(.*)$/.exec(resource)?.[1] : text;
  return {
    arn: parts && { region, account },
    resource,
    id: id !== undefined && KEY_ID.test(id) ? id : undefined,
  };
});

const ARN = /^arn:[^:]*:kms:(?<region>[^:]*):(?<account>[^:]*):(?<resource>.*)$/;
const KEY_ID = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;
