import { accountOf, type Caller, parseCaller, principalArnOf } from '../access/caller.ts';
import { awsManagedKeyPolicy, defaultKeyPolicy } from '../access/default-policies.ts';
import {
  aliasArn,
  type KeyDescription,
  type KnownOfCaller,
  keyArn,
  type OrganizationPlace,
} from '../access/request.ts';
import type { Grant, World } from '../access/world.ts';
import { type Path, toPointer } from '../json/place.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import type { KeyEntry, PrincipalEntry, ScenarioFile } from './file.ts';
import { type DeclaredKeyStore, keyStoreOf, originOf } from './key-stores.ts';
import { type DeclaredKey, isAwsManaged, type KeyDefaults, keysOf } from './keys.ts';
import type { LoadedPolicy } from './load.ts';
import { type Organization, organizationOf } from './organization.ts';
import type { ScenarioOutline } from './outline.ts';
import { defaultsOf } from './read.ts';

/** So that runs repeat; the day has no meaning. */
const START = '2026-01-15T09:00:00Z';

/** Somebody who calls, with everything that the file says of them. */
export interface ScenarioCaller {
  readonly caller: Caller;
  readonly identityPolicies: readonly CompiledPolicy[];
  readonly permissionsBoundary?: CompiledPolicy;
  readonly sessionPolicies?: readonly CompiledPolicy[];
  readonly tags: Readonly<Record<string, string>>;
  /** Left out: not known. */
  readonly mfa?: boolean;
}

export interface ScenarioKey extends DeclaredKey {
  readonly policy: CompiledPolicy;
  readonly grants: readonly Grant[];
}

/** A key as a step names it. */
export interface NamedKey {
  readonly key: ScenarioKey;
  /** With the alias that the step used. */
  readonly description: KeyDescription;
}

/** What was read of the files that a scenario names. */
export interface WorldFiles {
  readonly policies: ReadonlyMap<string, LoadedPolicy>;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What steps made of a world. */
export interface LaterWorld {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly keys: readonly ScenarioKey[];
  /** The grant whose token a text stands for, if it is still there. */
  grantOf(text: string): PlacedGrant | undefined;
}

export interface PlacedGrant {
  /** Of the key. */
  readonly keyArn: string;
  readonly grant: Grant;
}

type CallerPolicies = Omit<World, 'keyPolicy' | 'grants'>;

/** What was put together for a caller, who calls again and again. */
interface AboutCaller {
  /** By the account of the key and the endpoint. */
  readonly policies: Map<string, CallerPolicies>;
  /** By the account of the key. */
  readonly known: Map<string | undefined, KnownOfCaller>;
}

/** The principals, keys, grants and policies of a scenario, ready to be asked about. */
export class ScenarioWorld {
  readonly outline: ScenarioOutline;
  readonly file: ScenarioFile;
  readonly defaults: KeyDefaults;
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Later than the start once steps waited. */
  readonly now: number;
  readonly organization: Organization | undefined;
  private readonly about = new WeakMap<ScenarioCaller, AboutCaller>();
  readonly keys: readonly ScenarioKey[];
  /** Every policy that takes part, by where the file names it. */
  readonly policies: ReadonlyMap<string, LoadedPolicy>;
  /** The bytes of the files that steps name, by their paths as written. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly uri: string;
  private readonly later: LaterWorld | undefined;
  private readonly callers = new Map<string, ScenarioCaller>();
  /** By everything that a key goes by. */
  private readonly keysByName: ReadonlyMap<string, NamedKey>;

  /**
   * @param uri of the scenario, for the places of what it declares
   * @param later what steps made of it
   */
  constructor(
    outline: ScenarioOutline,
    file: ScenarioFile,
    { policies, files }: WorldFiles,
    uri: string,
    later?: LaterWorld,
  ) {
    this.uri = uri;
    this.outline = outline;
    this.file = file;
    this.policies = policies;
    this.files = files;
    this.defaults = defaultsOf(outline.root);
    this.start = Date.parse(file.now ?? START);
    this.organization = file.organization && organizationOf(file.organization, ['organization'], this.policyAt);
    this.later = later;
    this.now = later?.now ?? this.start;
    this.keys = later?.keys ?? this.declaredKeys();
    this.keysByName = namedKeys(this.keys);
  }

  /** The same world after steps changed its keys or its time. */
  at(later: LaterWorld): ScenarioWorld {
    return new ScenarioWorld(this.outline, this.file, this, this.uri, later);
  }

  /** The same world with another start. @param now milliseconds since 1970 */
  startingAt(now: number): ScenarioWorld {
    return new ScenarioWorld(this.outline, { ...this.file, now: new Date(now).toISOString() }, this, this.uri);
  }

  /** @param text a principal as a step names it; names that are nobody's are problems of the file */
  callerOf(text: string): ScenarioCaller {
    let caller = this.callers.get(text);
    if (!caller) {
      const entry = ownEntry(this.file.principals, text);
      caller = entry ? this.declaredCaller(text, entry) : { caller: this.parse(text), identityPolicies: [], tags: {} };
      this.callers.set(text, caller);
    }
    return caller;
  }

  /** The key that a step names, with the alias that it used. */
  keyOf(text: string): NamedKey | undefined {
    return this.keysByName.get(text);
  }

  /** The custom key store that the file declares under this name. */
  keyStoreOf(text: string): DeclaredKeyStore | undefined {
    const entry = ownEntry(this.file.customKeyStores, text);
    return entry && keyStoreOf(text, entry, this.defaults);
  }

  /** The replica, or the primary, of a key in a Region. */
  inRegion(key: ScenarioKey, region: string): ScenarioKey | undefined {
    return this.keys.find(({ name, description }) => {
      if (description.region !== region) return false;
      return name === key.name || (description.multiRegion === true && setOf(description) === setOf(key.description));
    });
  }

  /** The grant whose token a text stands for: a name of the file, or a part of a saved response. */
  grantOf(text: string): PlacedGrant | undefined {
    if (this.later) return this.later.grantOf(text);
    for (const { description, grants } of this.keys) {
      const grant = grants.find(({ name }) => name === text);
      if (grant) return { keyArn: keyArn(description), grant };
    }
    return undefined;
  }

  /** What a caller's request on a key is decided against. @param tokens of grants that it brings */
  worldFor(
    caller: ScenarioCaller,
    key: ScenarioKey | undefined,
    endpoint?: string,
    tokens: readonly string[] = [],
  ): World {
    return {
      ...this.policiesFor(caller, key?.description.account, endpoint),
      keyPolicy: key?.policy,
      ...(key ? { grants: this.grantsOn(key, tokens) } : {}),
    };
  }

  private grantsOn({ description, grants }: ScenarioKey, tokens: readonly string[]): readonly Grant[] {
    if (tokens.length === 0) return grants;
    const arn = keyArn(description);
    const named = tokens.flatMap((token) => this.grantOf(token) ?? []).filter((each) => each.keyArn === arn);
    return [...new Set([...grants, ...named.map(({ grant }) => grant)])];
  }

  /** The same without what belongs to the key. */
  policiesFor(caller: ScenarioCaller, keyAccount: string | undefined, endpoint: string | undefined): CallerPolicies {
    const about = this.aboutOf(caller);
    const id = `${keyAccount} ${endpoint}`;
    const known = about.policies.get(id);
    if (known) return known;
    const found = this.findPolicies(caller, keyAccount, endpoint);
    about.policies.set(id, found);
    return found;
  }

  private aboutOf(caller: ScenarioCaller): AboutCaller {
    const known = this.about.get(caller);
    if (known) return known;
    const made: AboutCaller = { policies: new Map(), known: new Map() };
    this.about.set(caller, made);
    return made;
  }

  private findPolicies(
    caller: ScenarioCaller,
    keyAccount: string | undefined,
    endpoint: string | undefined,
  ): CallerPolicies {
    const { identityPolicies, permissionsBoundary, sessionPolicies } = caller;
    const serviceControlPolicies = this.organization?.serviceControl(accountOf(caller.caller) ?? '');
    const resourceControlPolicies =
      keyAccount === undefined ? undefined : this.organization?.resourceControl(keyAccount);
    const vpcEndpointPolicy = endpoint === undefined ? undefined : this.policyAt(['vpcEndpoints', endpoint, 'policy']);
    return {
      identityPolicies,
      ...(permissionsBoundary ? { permissionsBoundary } : {}),
      ...(sessionPolicies ? { sessionPolicies } : {}),
      ...(serviceControlPolicies ? { serviceControlPolicies } : {}),
      ...(resourceControlPolicies ? { resourceControlPolicies } : {}),
      ...(vpcEndpointPolicy ? { vpcEndpointPolicy } : {}),
    };
  }

  /** What conditions may ask about a caller, and about the organization of the key's account. */
  knownOf(caller: ScenarioCaller, keyAccount: string | undefined): KnownOfCaller {
    const { known } = this.aboutOf(caller);
    const found = known.get(keyAccount) ?? this.findKnown(caller, keyAccount);
    known.set(keyAccount, found);
    return found;
  }

  private findKnown({ caller, tags, mfa }: ScenarioCaller, keyAccount: string | undefined): KnownOfCaller {
    const placeOf = (account: string | undefined): OrganizationPlace | null =>
      (account === undefined ? undefined : this.organization?.placeOf(account)) ?? null;
    return {
      ...(mfa === undefined ? {} : { mfa }),
      principalTags: tags,
      principalOrganization: placeOf(accountOf(caller)),
      resourceOrganization: placeOf(keyAccount),
    };
  }

  /** The ARN of a principal as grants and request parameters have it: of a role's session, the role's. */
  arnOf(text: string): string {
    const { caller } = this.callerOf(text);
    return caller.type === 'service' ? caller.service : (principalArnOf(caller) ?? caller.arn);
  }

  readonly policyAt = (path: Path): CompiledPolicy | undefined => this.policies.get(toPointer(path))?.compiled;

  private policiesAt(path: Path, count: number): CompiledPolicy[] {
    return Array.from({ length: count }, (_, index) => this.policyAt([...path, index]) ?? []).flat();
  }

  private declaredCaller(name: string, entry: PrincipalEntry): ScenarioCaller {
    const path: Path = ['principals', name];
    const permissionsBoundary = this.policyAt([...path, 'permissionsBoundary']);
    const { sessionPolicies, mfa } = entry;
    return {
      caller: this.parse(entry.arn, entry.sessionName),
      identityPolicies: this.policiesAt([...path, 'policies'], entry.policies?.length ?? 0),
      ...(permissionsBoundary ? { permissionsBoundary } : {}),
      ...(sessionPolicies
        ? { sessionPolicies: this.policiesAt([...path, 'sessionPolicies'], sessionPolicies.length) }
        : {}),
      tags: entry.tags ?? {},
      ...(mfa === undefined ? {} : { mfa }),
    };
  }

  private parse(text: string, sessionName?: string): Caller {
    const { account, partition } = this.defaults;
    const answer = parseCaller(text, { account, partition, ...(sessionName === undefined ? {} : { sessionName }) });
    if ('problem' in answer) throw new Error(answer.problem);
    return answer.caller;
  }

  /** With the origins that follow from their key stores. */
  private keyEntries(): Readonly<Record<string, KeyEntry>> {
    const { keys = {}, customKeyStores = {} } = this.file;
    return Object.fromEntries(
      Object.entries(keys).map(([name, entry]) => {
        const origin = originOf(entry, customKeyStores);
        return [name, origin === undefined ? entry : { ...entry, origin }];
      }),
    );
  }

  private declaredKeys(): ScenarioKey[] {
    const declared = keysOf(this.keyEntries(), this.defaults);
    const grants = this.grantsByKey(declared);
    const sets = new Set<string>();
    return declared.map((key) => ({
      ...key,
      description: oneOfSet(key.description, sets),
      policy: this.keyPolicy(key),
      // Grants belong to one Region; those of the file are on the key that it declares.
      grants: (key.description.multiRegionKeyType === 'REPLICA' ? undefined : grants.get(key.name)) ?? [],
    }));
  }

  private keyPolicy({ name, entry, description }: DeclaredKey): CompiledPolicy {
    const given = this.policyAt(['keys', name, 'policy']);
    if (given) return given;
    const managed = entry.aliases?.find(isAwsManaged);
    if (managed !== undefined) return awsManagedKeyPolicy(managed, description);
    return defaultKeyPolicy(description.partition, description.account);
  }

  private grantsByKey(keys: readonly DeclaredKey[]): ReadonlyMap<string, readonly Grant[]> {
    const byKey = new Map<string, Grant[]>();
    const owners = new Map(keys.map(({ name, description }) => [name, description.account]));
    for (const [name, entry] of Object.entries(this.file.grants ?? {})) {
      const key = this.outline.names.find('key', entry.key)?.name ?? entry.key;
      const owner = owners.get(key);
      const createdBy = entry.createdBy === undefined ? undefined : accountOf(this.callerOf(entry.createdBy).caller);
      const issuingAccount = createdBy ?? owner;
      const { GranteePrincipal, GranteeServicePrincipal, RetiringPrincipal, RetiringServicePrincipal } = entry;
      const { EncryptionContextEquals, EncryptionContextSubset, SourceArn } = entry.Constraints ?? {};
      const grant: Grant = {
        name,
        place: { document: this.uri, path: ['grants', name] },
        ...(GranteePrincipal === undefined ? {} : { granteePrincipal: this.arnOf(GranteePrincipal) }),
        ...(GranteeServicePrincipal === undefined ? {} : { granteeServicePrincipal: GranteeServicePrincipal }),
        ...(RetiringPrincipal === undefined ? {} : { retiringPrincipal: this.arnOf(RetiringPrincipal) }),
        ...(RetiringServicePrincipal === undefined ? {} : { retiringServicePrincipal: RetiringServicePrincipal }),
        ...(issuingAccount === undefined ? {} : { issuingAccount }),
        operations: entry.Operations,
        ...(EncryptionContextEquals ? { encryptionContextEquals: EncryptionContextEquals } : {}),
        ...(EncryptionContextSubset ? { encryptionContextSubset: EncryptionContextSubset } : {}),
        ...(SourceArn === undefined ? {} : { sourceArn: SourceArn }),
      };
      const others = byKey.get(key);
      if (others) others.push(grant);
      else byKey.set(key, [grant]);
    }
    return byKey;
  }
}

type KnownKey = DeclaredKey['description'];

/** What the keys of one multi-Region key have in common. */
const setOf = ({ account, id }: KnownKey): string => `${account} ${id}`;

/** Keys of one multi-Region key that are declared one by one have one primary: the first. */
function oneOfSet(description: KnownKey, sets: Set<string>): KnownKey {
  if (description.multiRegionKeyType !== 'PRIMARY') return description;
  const isFirst = !sets.has(setOf(description));
  sets.add(setOf(description));
  return isFirst ? description : { ...description, multiRegionKeyType: 'REPLICA' };
}

/** Names come before ids, ARNs and aliases, and of several keys that one text fits the first is meant. */
function namedKeys(keys: readonly ScenarioKey[]): ReadonlyMap<string, NamedKey> {
  const named = new Map<string, NamedKey>();
  const add = (text: string, key: NamedKey): void => void (named.has(text) || named.set(text, key));
  for (const key of keys) add(key.name, { key, description: key.description });
  for (const key of keys) {
    const { description } = key;
    const { partition, account, region, aliases = [] } = description;
    add(description.id, { key, description });
    add(keyArn(description), { key, description });
    for (const name of aliases) {
      const byAlias: NamedKey = { key, description: { ...description, requestAlias: name } };
      add(name, byAlias);
      add(aliasArn({ partition, account, region, name }), byAlias);
    }
  }
  return named;
}

/** `toValue` makes objects without a prototype, so that a name such as `constructor` is nobody's by accident. */
function ownEntry<T>(entries: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined;
}
