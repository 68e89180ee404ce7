import { parseCaller } from '../access/caller.ts';
import { permissionOf } from '../access/decide.ts';
import { actionNames } from '../facts/actions.ts';
import { findKeySpec } from '../facts/key-specs.ts';
import { findConnectionError } from '../facts/key-stores.ts';
import { findOperation, operationsOf } from '../facts/operations.ts';
import type { NeededPermission } from '../facts/types.ts';
import { type JsonNode, type JsonObject, toValue } from '../json/node.ts';
import type { Path, Place } from '../json/place.ts';
import { resolvePath } from '../json/place.ts';
import { nearest } from '../text/nearest.ts';
import {
  type BackendEntry,
  type BackendState,
  type CallEntry,
  type CanEntry,
  type EnvelopeEntry,
  type GrantEntry,
  isBackend,
  isCall,
  isCan,
  isEnvelope,
  isLoad,
  type KeyEntry,
  type KeyStoreEntry,
  type LoadEntry,
  type PrincipalEntry,
  type StepEntry,
} from './file.ts';
import { loadProblems } from './load-problems.ts';
import { type Names, whyNoName } from './names.ts';
import type { ScenarioProblem } from './outline.ts';
import { isEmptyPayload } from './payload.ts';

/**
 * What is wrong though every member has the right type. A part that has a problem already is left alone: whoever mends
 * that will be told the rest.
 */
export function meaningProblems(
  root: JsonNode,
  names: Names,
  already: readonly ScenarioProblem[],
): readonly ScenarioProblem[] {
  return new Meaning(root, names, already).problems;
}

class Meaning {
  readonly problems: ScenarioProblem[] = [];
  private readonly root: JsonNode;
  private readonly broken: ReadonlySet<string>;
  /** What is being looked at. */
  private part: JsonObject | undefined;

  constructor(root: JsonNode, names: Names, already: readonly ScenarioProblem[]) {
    this.root = root;
    this.broken = new Set(already.map(({ place }) => partOf(place.path)));
    for (const { kind, name, place } of names.definitions) {
      const problem = whyNoName(kind, name);
      if (problem !== undefined) this.report(place, problem);
    }
    this.each<PrincipalEntry>(['principals'], (principal, path) => this.principal(principal, path));
    this.each<KeyEntry>(['keys'], (key, path) => this.key(key, path));
    this.each<KeyStoreEntry>(['customKeyStores'], (store, path) => this.keyStore(store, path));
    this.each<GrantEntry>(['grants'], (grant, path) => this.grant(grant, path));
    this.each<StepEntry>(['steps'], (step, path) => {
      if (isCan(step)) this.can(step, path);
      else if (isCall(step)) this.call(step, path);
      else if (isEnvelope(step)) this.envelope(step, path);
      else if (isLoad(step)) this.load(step, path);
      else if (isBackend(step)) this.backend(step, path);
    });
    this.keyNames();
  }

  private report(place: Place, message: string): void {
    this.problems.push({ place, message, kind: 'malformed', ...(this.part ? { ifWhole: [this.part] } : {}) });
  }

  /** The sound parts below a path, as plain values. */
  private each<T>(base: Path, check: (part: T, path: Path) => void): void {
    if (this.broken.has(partOf(base))) return;
    const node = resolvePath(this.root, base)?.node;
    const parts: [string | number, JsonNode | undefined][] =
      node?.type === 'object'
        ? node.members.map(({ key, value }) => [key.value, value])
        : node?.type === 'array'
          ? [...node.elements.entries()]
          : [];
    for (const [step, part] of parts) {
      const path = [...base, step];
      if (!part || this.broken.has(partOf(path))) continue;
      this.part = part.type === 'object' ? part : undefined;
      check(toValue(part) as T, path);
    }
    this.part = undefined;
  }

  private key(entry: KeyEntry, path: Path): void {
    const { spec = 'SYMMETRIC_DEFAULT', usage, multiRegion, id, replicas = [] } = entry;
    this.keyInStore(entry, path);
    const uses = findKeySpec(spec)?.uses.map((use): string => use.usage) ?? [];
    if (usage !== undefined && !uses.includes(usage)) {
      const possible = uses.map((each) => `\`${each}\``).join(' or ');
      this.report({ path: [...path, 'usage'] }, `no key of \`${spec}\` has the usage \`${usage}\`: write ${possible}`);
    }
    const isMultiRegion = multiRegion ?? (replicas.length > 0 || id?.startsWith('mrk-') === true);
    if (!isMultiRegion && replicas.length > 0)
      this.report({ path: [...path, 'replicas'] }, 'only multi-Region keys have replicas: remove `multiRegion`');
    if (id !== undefined && isMultiRegion !== id.startsWith('mrk-'))
      this.report(
        { path: [...path, 'id'] },
        isMultiRegion
          ? `the ID of a multi-Region key begins with \`mrk-\`, and \`${id}\` does not: mend it, or leave it out`
          : `\`${id}\` is the ID of a multi-Region key: remove \`multiRegion\`, or write another`,
      );
  }

  private keyInStore(entry: KeyEntry, path: Path): void {
    const { customKeyStore, externalKey, origin, spec = 'SYMMETRIC_DEFAULT' } = entry;
    const type = customKeyStore === undefined ? undefined : this.storeType(customKeyStore);
    if (externalKey !== undefined && type !== 'EXTERNAL_KEY_STORE')
      this.report(
        { path: [...path, 'externalKey'], part: 'key' },
        'only keys in an external key store have one: remove it',
      );
    if (customKeyStore === undefined || type === undefined) return;
    if (origin !== undefined && origin !== type)
      this.report(
        { path: [...path, 'origin'] },
        `keys in \`${customKeyStore}\` have the origin \`${type}\`: remove it`,
      );
    if (spec !== 'SYMMETRIC_DEFAULT')
      this.report({ path: [...path, 'spec'] }, 'custom key stores hold symmetric encryption keys only: remove it');
    if (entry.state === 'Unavailable')
      this.report(
        { path: [...path, 'state'] },
        `this follows from the key store: remove it, and give \`${customKeyStore}\` the \`state\` \`DISCONNECTED\``,
      );
    if (entry.rotation?.enabled)
      this.report({ path: [...path, 'rotation'], part: 'key' }, 'keys in custom key stores do not rotate: remove it');
    if (entry.multiRegion || (entry.replicas?.length ?? 0) > 0)
      this.report(
        { path: [...path, entry.multiRegion ? 'multiRegion' : 'replicas'], part: 'key' },
        'keys in custom key stores are of one Region: remove it',
      );
    for (const place of ['account', 'region'] as const) {
      const here = entry[place] ?? this.text([place]);
      const there = this.text(['customKeyStores', customKeyStore, place]) ?? this.text([place]);
      if (here !== there)
        this.report(
          { path: [...path, 'customKeyStore'] },
          `a key is where its key store is, and \`${customKeyStore}\` is of another ${place === 'region' ? 'Region' : place}: give both the same`,
        );
    }
  }

  private keyStore(entry: KeyStoreEntry, path: Path): void {
    const type = entry.type ?? 'AWS_CLOUDHSM';
    this.backendState(entry, type, path);
    const foreign = type === 'AWS_CLOUDHSM' ? (['endpoint', 'path'] as const) : (['cluster'] as const);
    for (const member of foreign)
      if (entry[member] !== undefined)
        this.report({ path: [...path, member], part: 'key' }, `\`${type}\` has no \`${member}\`: remove it`);
    if (entry.created === false && entry.state !== undefined)
      this.report({ path: [...path, 'state'], part: 'key' }, 'what is not there yet has no state: remove it');
  }

  private backend(entry: BackendEntry, path: Path): void {
    if (entry.error === undefined && entry.hsms === undefined && entry.externalKeys === undefined)
      this.report({ path }, 'this changes nothing: add `error`, `hsms` or `externalKeys`');
    const type = this.storeType(entry.backend);
    if (type) this.backendState(entry, type, path);
  }

  private backendState({ error, hsms, externalKeys }: BackendState, type: string, path: Path): void {
    const types: readonly string[] | undefined = error === undefined ? undefined : findConnectionError(error)?.types;
    if (types && !types.includes(type))
      this.report({ path: [...path, 'error'] }, `\`${error}\` does not happen to \`${type}\`: write another`);
    if (hsms !== undefined && type !== 'AWS_CLOUDHSM')
      this.report({ path: [...path, 'hsms'], part: 'key' }, 'only a CloudHSM cluster has HSMs: remove it');
    if (externalKeys !== undefined && type !== 'EXTERNAL_KEY_STORE')
      this.report(
        { path: [...path, 'externalKeys'], part: 'key' },
        'a CloudHSM cluster has no external keys: remove it',
      );
  }

  /** Undefined for a key store that the file does not declare. */
  private storeType(name: string): string | undefined {
    const isThere = resolvePath(this.root, ['customKeyStores', name])?.node?.type === 'object';
    return isThere ? (this.text(['customKeyStores', name, 'type']) ?? 'AWS_CLOUDHSM') : undefined;
  }

  private text(path: Path): string | undefined {
    const node = resolvePath(this.root, path)?.node;
    return node?.type === 'string' ? node.value : undefined;
  }

  private principal({ arn, sessionName, sessionPolicies }: PrincipalEntry, path: Path): void {
    const answer = parseCaller(arn);
    if (!('caller' in answer)) return;
    const { type } = answer.caller;
    if (sessionName !== undefined && type !== 'role-session')
      this.report({ path: [...path, 'sessionName'], part: 'key' }, 'only roles have sessions of a name: remove it');
    if (sessionPolicies && (type === 'user' || type === 'root'))
      this.report(
        { path: [...path, 'sessionPolicies'], part: 'key' },
        'users have no session, so that no session policy limits them: remove it',
      );
  }

  private grant(entry: GrantEntry, path: Path): void {
    const { GranteePrincipal, GranteeServicePrincipal, Operations } = entry;
    if (entry.RetiringPrincipal !== undefined && entry.RetiringServicePrincipal !== undefined)
      this.report(
        { path: [...path, 'RetiringServicePrincipal'], part: 'key' },
        'a grant has one who may retire it: remove this or `RetiringPrincipal`',
      );
    if ((GranteePrincipal === undefined) === (GranteeServicePrincipal === undefined))
      this.report(
        { path },
        'a grant has either a `GranteePrincipal` or a `GranteeServicePrincipal`: give one of the two',
      );
    if (Operations.length === 0)
      this.report(
        { path: [...path, 'Operations'] },
        'a grant allows something: give at least one, such as `["Decrypt"]`',
      );
    if (GranteePrincipal?.startsWith('service:'))
      this.report(
        { path: [...path, 'GranteePrincipal'] },
        'a service gets a grant as its `GranteeServicePrincipal`: write that',
      );
  }

  private call({ expect }: CallEntry, path: Path): void {
    if (typeof expect !== 'object') return;
    const hasBoth = expect.error !== undefined && expect.ok !== undefined;
    if (!hasBoth && (expect.error !== undefined || expect.ok !== undefined)) return;
    this.report(
      { path: [...path, 'expect'] },
      hasBoth
        ? 'a call answers or fails: give `error` or `ok`'
        : 'an expectation says what should come of it: add `error` or `ok`',
    );
  }

  private envelope({ payload, decrypt, messages = 1, every, expect }: EnvelopeEntry, path: Path): void {
    if (every !== undefined && messages === 1)
      this.report(
        { path: [...path, 'every'], part: 'key' },
        'one message has no other after it: add how many `messages` there are, or remove it',
      );
    if (typeof expect === 'object' && Object.keys(expect).length === 0)
      this.report(
        { path: [...path, 'expect'] },
        'an expectation says what should come of it: add `error` or `calls`, or write `"ok"`',
      );
    if (decrypt?.tamper === 'ciphertext' && isEmptyPayload(payload))
      this.report(
        { path: [...path, 'decrypt', 'tamper'] },
        'an empty payload has no ciphertext that could be changed: change the `tag`, or encrypt something',
      );
  }

  private load(step: LoadEntry, path: Path): void {
    for (const { at, part, message } of loadProblems(step))
      this.report({ path: [...path, ...at], ...(part ? { part } : {}) }, message);
  }

  private expected({ can, expect }: CanEntry, path: Path): void {
    if (typeof expect !== 'object') return;
    const { verdict, kind, by } = expect;
    if (kind !== undefined && verdict !== 'denied')
      this.report(
        { path: [...path, 'expect', 'kind'], part: 'key' },
        `only a denial has a kind, and this expects \`${verdict}\`: remove it`,
      );
    const isOther =
      by !== undefined &&
      ((verdict === 'allowed' && !ALLOWING.has(by)) ||
        (verdict === 'denied' && by === 'grant' && !isDecidedByGrant(can)));
    if (isOther)
      this.report(
        { path: [...path, 'expect', 'by'] },
        verdict === 'denied'
          ? 'a grant denies nothing: name the layer that does, such as `key-policy`'
          : `\`${by}\` allows nothing by itself: write ${[...ALLOWING].map((layer) => `\`${layer}\``).join(', ')}`,
      );
  }

  private can(entry: CanEntry, path: Path): void {
    const { can, on, to, input } = entry;
    this.expected(entry, path);
    const operation = findOperation(can.replace(/^kms:/i, ''));
    const permission = permissionOf(can);
    if (!operation && permission === undefined) {
      const meant = nearest(can.replace(/^kms:/i, ''), actionNames);
      return this.report(
        { path: [...path, 'can'] },
        `\`${can}\` is no operation of AWS KMS: ${meant ? `did you mean \`${meant}\`?` : 'write one such as `Decrypt`'}`,
      );
    }
    const name = operation?.name ?? permission ?? can;
    const resources = operation?.permissions.map((each) => each.on) ?? [operationsOf(name).length > 0 ? 'key' : 'none'];
    if (on === undefined && resources.some((each) => ON_KEY.has(each)))
      this.report({ path: [...path, 'can'] }, `\`${name}\` works on a key: add \`on\` with its name`);
    if (to === undefined && TO_KEY.has(name))
      this.report({ path: [...path, 'can'] }, `\`${name}\` works on two keys: add \`to\` with the name of the other`);
    if (to !== undefined && !TO_KEY.has(name) && !MAY_HAVE_TO.has(name))
      this.report({ path: [...path, 'to'], part: 'key' }, `\`${name}\` works on one key: remove \`to\``);
    if (resources.includes('alias') && typeof input?.['AliasName'] !== 'string')
      this.report(
        { path: [...path, 'can'] },
        `\`${name}\` works on an alias: add it as \`"input": { "AliasName": … }\``,
      );
    if (resources.includes('replica-region') && typeof input?.['ReplicaRegion'] !== 'string')
      this.report(
        { path: [...path, 'can'] },
        `\`${name}\` makes a replica: add its Region as \`"input": { "ReplicaRegion": … }\``,
      );
    if (resources.includes('replica-key') && to === undefined && typeof input?.['PrimaryRegion'] !== 'string')
      this.report(
        { path: [...path, 'can'] },
        `\`${name}\` makes a replica the primary: add its Region as \`"input": { "PrimaryRegion": … }\``,
      );
  }

  /** An id or an alias of an account and Region belongs to one key. */
  private keyNames(): void {
    const seen = new Map<string, string>();
    this.each<KeyEntry>(['keys'], ({ account = '', region = '', id, aliases = [] }, path) => {
      const name = String(path.at(-1));
      const named: [string, Path][] = aliases.map((alias, index) => [alias, [...path, 'aliases', index]]);
      if (id !== undefined) named.push([id, [...path, 'id']]);
      for (const [text, at] of named) {
        const key = `${account} ${region} ${text}`;
        const earlier = seen.get(key);
        if (earlier !== undefined)
          this.report({ path: at }, `\`${text}\` belongs to the key \`${earlier}\` already: give \`${name}\` another`);
        else seen.set(key, name);
      }
    });
  }
}

/** Of RetireGrant the grant says who may, so that it is what is missing. */
function isDecidedByGrant(operation: string): boolean {
  const needed = findOperation(operation.replace(/^kms:/i, ''))?.permissions ?? [];
  return needed.some(({ decidedBy }) => decidedBy === 'grant');
}

/** The layers that can decide that a call is allowed. */
const ALLOWING: ReadonlySet<string> = new Set(['key-policy', 'identity-policy', 'grant']);

/** Where a permission is asked for on the key that `on` names. */
const ON_KEY: ReadonlySet<NeededPermission['on']> = new Set(['key', 'source-key', 'previous-key', 'replica-key']);
const TO_KEY: ReadonlySet<string> = new Set(['ReEncrypt', 'UpdateAlias']);
const MAY_HAVE_TO: ReadonlySet<string> = new Set(['UpdatePrimaryRegion']);

/** The key, grant or step that a path leads into. */
const partOf = (path: Path): string => path.slice(0, 2).join('/');
