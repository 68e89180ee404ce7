import type { ResourceTarget } from '../policy/compile.ts';
import { askedAction } from './asked-action.ts';
import type { Caller } from './caller.ts';

/** One permission asked for, with everything that a policy may look at. */
export interface AccessRequest {
  readonly caller: Caller;
  /** The permission's name without `kms:`: `Decrypt`, `ReEncryptFrom`. */
  readonly action: string;
  /** The key it is decided on; undefined for actions without one (ListKeys, CreateKey, …). */
  readonly key: KeyDescription | undefined;
  /** The alias it is decided on, in place of a key: CreateAlias, UpdateAlias and DeleteAlias need that, too. */
  readonly alias?: AliasDescription;
  /** Whether the call is making the key: it has no policy yet, and identity policies alone decide. */
  readonly newKey?: boolean;
  /** The Region of the call. */
  readonly region: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** Request parameters by the API's names. Left out: not known. Given: complete, what is missing was not sent. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** The service that forwards the call for its caller: `s3`. Left out: a direct call. */
  readonly via?: string;
  /** Condition keys by name; these win over what is derived. null: the key is absent. */
  readonly context?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Condition keys, in small letters, that may have any value or none, whatever else is known of the request. */
  readonly open?: ReadonlySet<string>;
  /** The VPC endpoint that the request came through: `vpce-0a1b2c3d`. Left out: none. */
  readonly vpcEndpoint?: string;
  /** The caller's organization. Left out: not known. null: its account is in none. */
  readonly principalOrganization?: OrganizationPlace | null;
  /** The organization of the key's account, likewise. */
  readonly resourceOrganization?: OrganizationPlace | null;
  /** Whether the caller signed in with a second factor. Left out: not known. */
  readonly mfa?: boolean;
  /** Tags of the caller (`aws:PrincipalTag/…`), role and session tags together. Left out: not known. */
  readonly principalTags?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. Left out: not known. */
  readonly now?: number;
}

/** What conditions may ask about a caller, and about the organization of the key's account, beside the request itself. */
export type KnownOfCaller = Pick<
  AccessRequest,
  'principalTags' | 'mfa' | 'principalOrganization' | 'resourceOrganization'
>;

/** Where an account stands in its organization. */
export interface OrganizationPlace {
  /** `o-exampleorg1` */
  readonly id: string;
  /** From the organization down to the account, as `aws:PrincipalOrgPaths` has it: `o-exampleorg1/r-ab12/ou-ab12-11111111/`. */
  readonly path: string;
}

/** What is known of a key. Whatever is left out is unknown, and conditions on it make a decision depend. */
export interface KeyDescription {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** The key id, `mrk-…` for multi-Region keys. */
  readonly id?: string;
  /** The alias name that the request used instead of an id: `alias/orders`. */
  readonly requestAlias?: string;
  readonly spec?: string;
  readonly usage?: string;
  readonly origin?: string;
  readonly multiRegion?: boolean;
  readonly multiRegionKeyType?: 'PRIMARY' | 'REPLICA';
  readonly aliases?: readonly string[];
  /** AWS managed keys belong to a service of AWS: RCPs spare them. Left out: the customer's. */
  readonly manager?: 'AWS' | 'CUSTOMER';
  readonly tags?: Readonly<Record<string, string>>;
}

export interface AliasDescription {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** With its `alias/`. */
  readonly name: string;
}

/** The ARN of a key, with `*` where its id is not known: for display, never for matching. */
export function keyArn(key: KeyDescription): string {
  return `arn:${key.partition}:kms:${key.region}:${key.account}:key/${key.id ?? '*'}`;
}

const KEY_ARN = /^arn:([a-z0-9-]+):kms:([a-z0-9-]+):(\d{12}):key\/([A-Za-z0-9-]+)$/;

/** Reads a key's ARN; undefined for anything else, aliases included. */
export function parseKeyArn(text: string): KeyDescription | undefined {
  const [, partition, region, account, id] = KEY_ARN.exec(text) ?? [];
  return partition && region && account && id ? { partition, region, account, id } : undefined;
}

/** A request's resource as Resource elements are compared with it; undefined for actions that concern none. */
export function resourceOf({ key, alias, action }: AccessRequest): ResourceTarget | undefined {
  if (alias) {
    const { partition, account, region } = alias;
    return { type: 'alias', partition, account, region, arn: aliasArn(alias) };
  }
  if (!key || askedAction(action).onNothing) return undefined;
  let target = keyTargets.get(key);
  if (!target) {
    const { partition, account, region, id } = key;
    target = { type: 'key', partition, account, region, arn: id === undefined ? undefined : keyArn(key) };
    keyTargets.set(key, target);
  }
  return target;
}

/** One key is asked about often, and an ARN that is put together anew is compared letter by letter. */
const keyTargets = new WeakMap<KeyDescription, ResourceTarget>();

export function aliasArn({ partition, account, region, name }: AliasDescription): string {
  return `arn:${partition}:kms:${region}:${account}:${name}`;
}
