import { type JsonMember, type JsonNode, type JsonObject, memberOf } from '../json/node.ts';
import type { Path } from '../json/place.ts';
import { kept } from '../text/remembered.ts';
import { blankNotes } from './notes.ts';
import { type ActionPattern, parseActionPattern } from './syntax/action.ts';
import { type ConditionKeyName, parseConditionKey } from './syntax/condition-key.ts';
import { type Operator, parseOperator } from './syntax/operator.ts';
import { type PrincipalPattern, type PrincipalType, parsePrincipal } from './syntax/principal.ts';

/**
 * A policy as its elements, each part parsed once and with the path of where it stands. Reading never fails: what
 * cannot be read is marked so, because access may depend on it.
 */
export interface PolicyDocument {
  readonly root: JsonNode;
  /** The path of `root` in the document that holds the policy. */
  readonly base: Path;
  /** The text of `Version`; undefined where the element is missing or no string. */
  readonly version: string | undefined;
  /** Policy variables are replaced only under Version 2012-10-17; older policies take `${…}` literally. */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
  /** What was found out about this version of it. */
  readonly notes: unknown[];
}

export interface Statement {
  /** `/Statement` for a lone object, `/Statement/0` for a member of a list. */
  readonly path: Path;
  /** Undefined where the statement is no object: nothing of it can be read. */
  readonly object: JsonObject | undefined;
  readonly sid: string | undefined;
  /** Undefined where the element is missing or neither `Allow` nor `Deny`. */
  readonly effect: 'Allow' | 'Deny' | undefined;
  /** `Action` or `NotAction`. */
  readonly action: Element<ActionItem> | undefined;
  /** `Resource` or `NotResource`. */
  readonly resource: Element<Item> | undefined;
  /** `Principal` or `NotPrincipal`. */
  readonly principal: Element<PrincipalItem> | undefined;
  /** One for each operator and key. */
  readonly conditions: readonly Condition[];
  /** False where a part has a wrong type or two elements contradict each other: the statement's effect is unknown. */
  readonly readable: boolean;
  /**
   * What was found out about it (`perStatement`). The same list in each version of a document in which the statement
   * stands unchanged at the same position.
   */
  readonly notes: unknown[];
}

/** An element that holds one value or a list. */
export interface Element<T extends Item> {
  readonly name: string;
  readonly negated: boolean;
  readonly path: Path;
  readonly items: readonly T[];
}

export interface Item {
  readonly text: string;
  readonly path: Path;
}

export interface ActionItem extends Item {
  readonly pattern: ActionPattern;
}

export interface PrincipalItem extends Item {
  /** The member that holds it: `AWS`, `Service`, …, or `*` for the bare string. */
  readonly type: PrincipalType;
  readonly pattern: PrincipalPattern;
}

export interface Condition {
  readonly path: Path;
  readonly operator: Operator;
  readonly operatorPath: Path;
  readonly key: ConditionKeyName;
  readonly values: readonly ConditionValue[];
  /** Whether the values stand in a list. */
  readonly listed: boolean;
}

export interface ConditionValue extends Item {
  readonly type: 'string' | 'number' | 'boolean';
}

/** Whether a policy of this `Version` has policy variables. */
export function hasVariables(version: string | undefined): boolean {
  return version === '2012-10-17';
}

/** The same statement as it was read before, if its text and its path, which has so many steps, are the same. */
export type Before = (index: number, node: JsonObject, steps: number) => Statement | undefined;

/** Reads a policy from its tree. `base` is the path of `root` in its document. */
export function readPolicy(root: JsonNode, base: Path = [], before?: Before): PolicyDocument {
  const version = root.type === 'object' ? text(root, 'Version') : undefined;
  const element = root.type === 'object' ? memberOf(root, 'Statement') : undefined;
  const path = below(base, 'Statement');
  const node = element?.value;
  const earlier = (each: JsonNode, index: number, steps: number): Statement | undefined =>
    each.type === 'object' ? before?.(index, each, steps) : undefined;
  const inList = (each: JsonNode, index: number): Statement => {
    const same = earlier(each, index, path.length + 1);
    return new LazyStatement(each, same?.path ?? below(path, index), same);
  };
  const statements =
    node?.type === 'array'
      ? node.elements.map(inList)
      : node
        ? [new LazyStatement(node, path, earlier(node, 0, path.length))]
        : [];
  return { root, base, version, variables: hasVariables(version), statements, notes: blankNotes() };
}

/** A statement whose elements are read when somebody asks: most questions are about a few statements of many. */
class LazyStatement implements Statement {
  readonly path: Path;
  readonly object: JsonObject | undefined;
  readonly notes: unknown[];
  private known: Elements | undefined;

  constructor(node: JsonNode, path: Path, before: Statement | undefined) {
    this.path = path;
    this.object = node.type === 'object' ? node : undefined;
    // Elements hold paths and texts of their own, nothing that belongs to one version.
    this.known = before instanceof LazyStatement ? before.known : undefined;
    this.notes = before?.notes ?? blankNotes();
  }

  get sid(): string | undefined {
    return this.elements.sid;
  }

  get effect(): 'Allow' | 'Deny' | undefined {
    return this.elements.effect;
  }

  get action(): Element<ActionItem> | undefined {
    return this.elements.action;
  }

  get resource(): Element<Item> | undefined {
    return this.elements.resource;
  }

  get principal(): Element<PrincipalItem> | undefined {
    return this.elements.principal;
  }

  get conditions(): readonly Condition[] {
    return this.elements.conditions;
  }

  get readable(): boolean {
    return this.elements.readable;
  }

  private get elements(): Elements {
    this.known ??= this.object ? readElements(this.object, this.path) : NOTHING;
    return this.known;
  }
}

type Elements = Pick<Statement, 'sid' | 'effect' | 'action' | 'resource' | 'principal' | 'conditions' | 'readable'>;

const NOTHING: Elements = {
  sid: undefined,
  effect: undefined,
  action: undefined,
  resource: undefined,
  principal: undefined,
  conditions: [],
  readable: false,
};

function readElements(node: JsonObject, path: Path): Elements {
  const reader = new StatementReader(node, path);
  const sid = text(node, 'Sid');
  const effect = text(node, 'Effect');
  const action = reader.either('Action', 'NotAction', actionItem);
  const resource = reader.either('Resource', 'NotResource', (text, at): Item => ({ text: kept(text), path: at }));
  const principal = reader.principal();
  const conditions = reader.conditions();
  const known = effect === 'Allow' || effect === 'Deny' ? effect : undefined;
  return {
    sid: sid === undefined ? undefined : kept(sid),
    effect: known,
    action,
    resource,
    principal,
    conditions,
    readable: reader.readable && known !== undefined,
  };
}

function actionItem(written: string, path: Path): ActionItem {
  const text = kept(written);
  return { text, path, pattern: parseActionPattern(text) };
}

class StatementReader {
  readable = true;
  private readonly node: JsonObject;
  private readonly path: Path;

  constructor(node: JsonObject, path: Path) {
    this.node = node;
    this.path = path;
  }

  /** An element or its Not- form; with both, AWS rejects the policy and nothing can be said of the statement. */
  either<T extends Item>(name: string, notName: string, make: (text: string, path: Path) => T): Element<T> | undefined {
    const member = this.one(name, notName);
    if (!member) return undefined;
    const negated = member.key.value === notName;
    const own = negated ? notName : name;
    const path = below(this.path, own);
    return { name: own, negated, path, items: this.strings(member.value, path, make) };
  }

  principal(): Element<PrincipalItem> | undefined {
    const member = this.one('Principal', 'NotPrincipal');
    if (!member) return undefined;
    const negated = member.key.value === 'NotPrincipal';
    const name = negated ? 'NotPrincipal' : 'Principal';
    const path = below(this.path, name);
    return { name, negated, path, items: this.principals(member.value, path) };
  }

  private principals(node: JsonNode | undefined, path: Path): PrincipalItem[] {
    if (node?.type === 'string') return [principalItem(node.value, path, '*')];
    if (node?.type !== 'object') {
      this.readable = false;
      return [];
    }
    const items: PrincipalItem[] = [];
    for (const { key, value } of node.members) {
      const type = principalType(key.value);
      if (type) items.push(...this.strings(value, below(path, type), (text, at) => principalItem(text, at, type)));
      else this.readable = false;
    }
    return items;
  }

  conditions(): Condition[] {
    const member = memberOf(this.node, 'Condition');
    if (!member) return [];
    if (member.value?.type !== 'object') {
      this.readable = false;
      return [];
    }
    const path = below(this.path, 'Condition');
    const conditions: Condition[] = [];
    for (const { key: operatorKey, value: block } of member.value.members) {
      const operator = parseOperator(kept(operatorKey.value));
      const operatorPath = below(path, operator.text);
      if (block?.type !== 'object') {
        this.readable = false;
        continue;
      }
      for (const { key: keyNode, value } of block.members) {
        const key = parseConditionKey(kept(keyNode.value));
        const at = below(operatorPath, key.text);
        const values = this.conditionValues(value, at);
        conditions.push({ path: at, operator, operatorPath, key, values, listed: value?.type === 'array' });
      }
    }
    return conditions;
  }

  private conditionValues(node: JsonNode | undefined, path: Path): ConditionValue[] {
    const values: ConditionValue[] = [];
    const add = (each: JsonNode | undefined, at: Path): void => {
      if (each?.type === 'string') values.push({ text: kept(each.value), path: at, type: each.type });
      else if (each?.type === 'number') values.push({ text: kept(each.text), path: at, type: each.type });
      else if (each?.type === 'boolean') values.push({ text: String(each.value), path: at, type: each.type });
      else this.readable = false;
    };
    if (node?.type === 'array') for (const [index, each] of node.elements.entries()) add(each, below(path, index));
    else add(node, path);
    return values;
  }

  private one(name: string, notName: string): JsonMember | undefined {
    const member = memberOf(this.node, name);
    const notMember = memberOf(this.node, notName);
    if (member && notMember) this.readable = false;
    return member ?? notMember;
  }

  private strings<T extends Item>(node: JsonNode | undefined, path: Path, make: (text: string, path: Path) => T): T[] {
    if (node?.type === 'string') return [make(node.value, path)];
    if (node?.type !== 'array') {
      this.readable = false;
      return [];
    }
    const items: T[] = [];
    for (const [index, element] of node.elements.entries()) {
      if (element.type === 'string') items.push(make(element.value, below(path, index)));
      else this.readable = false;
    }
    return items;
  }
}

function principalItem(written: string, path: Path, type: PrincipalType): PrincipalItem {
  const text = kept(written);
  return { text, path, type, pattern: parsePrincipal(text, type) };
}

function principalType(name: string): PrincipalType | undefined {
  switch (name) {
    case 'AWS':
    case 'Service':
    case 'Federated':
    case 'CanonicalUser':
      return name;
    default:
      return undefined;
  }
}

function text(object: JsonObject, name: string): string | undefined {
  const value = memberOf(object, name)?.value;
  return value?.type === 'string' ? value.value : undefined;
}

/** Unlike a spread this leaves no room for more, of which the paths of a large policy would waste megabytes. */
function below(path: Path, step: string | number): Path {
  return path.concat(step);
}
