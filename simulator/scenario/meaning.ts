import { permissionOf } from '../access/decide.ts';
import { actionNames } from '../facts/actions.ts';
import { findKeySpec } from '../facts/key-specs.ts';
import { findOperation, operationsOf } from '../facts/operations.ts';
import type { NeededPermission } from '../facts/types.ts';
import { type JsonNode, toValue } from '../json/node.ts';
import type { Path, Place } from '../json/place.ts';
import { resolvePath } from '../json/place.ts';
import { nearest } from '../text/nearest.ts';
import { type CanEntry, type GrantEntry, isCan, type KeyEntry, type StepEntry } from './file.ts';
import { type Names, whyNoName } from './names.ts';
import type { ScenarioProblem } from './outline.ts';

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

  constructor(root: JsonNode, names: Names, already: readonly ScenarioProblem[]) {
    this.root = root;
    this.broken = new Set(already.map(({ place }) => partOf(place.path)));
    for (const { kind, name, place } of names.definitions) {
      const problem = whyNoName(kind, name);
      if (problem !== undefined) this.report(place, problem);
    }
    this.each<KeyEntry>(['keys'], (key, path) => this.key(key, path));
    this.each<GrantEntry>(['grants'], (grant, path) => this.grant(grant, path));
    this.each<StepEntry>(['steps'], (step, path) => {
      if (isCan(step)) this.can(step, path);
    });
    this.keyNames();
  }

  private report(place: Place, message: string): void {
    this.problems.push({ place, message, kind: 'malformed' });
  }

  /** The sound parts below a path, as plain values. */
  private each<T>(base: Path, check: (part: T, path: Path) => void): void {
    const node = resolvePath(this.root, base)?.node;
    const parts: [string | number, JsonNode | undefined][] =
      node?.type === 'object'
        ? node.members.map(({ key, value }) => [key.value, value])
        : node?.type === 'array'
          ? [...node.elements.entries()]
          : [];
    for (const [step, part] of parts) {
      const path = [...base, step];
      if (part && !this.broken.has(partOf(path))) check(toValue(part) as T, path);
    }
  }

  private key({ spec = 'SYMMETRIC_DEFAULT', usage, multiRegion, id, replicas = [] }: KeyEntry, path: Path): void {
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

  private grant({ GranteePrincipal, GranteeServicePrincipal, Operations }: GrantEntry, path: Path): void {
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

  private can({ can, on, to, input }: CanEntry, path: Path): void {
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

/** Where a permission is asked for on the key that `on` names. */
const ON_KEY: ReadonlySet<NeededPermission['on']> = new Set(['key', 'source-key', 'previous-key', 'replica-key']);
const TO_KEY: ReadonlySet<string> = new Set(['ReEncrypt', 'UpdateAlias']);
const MAY_HAVE_TO: ReadonlySet<string> = new Set(['UpdatePrimaryRegion']);

/** The key, grant or step that a path leads into. */
const partOf = (path: Path): string => path.slice(0, 2).join('/');
