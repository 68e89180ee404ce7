import { type JsonMember, type JsonNode, type JsonObject, memberOf } from '../json/node.ts';
import type { Path } from '../json/place.ts';
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

/** Reads a policy from its tree. `base` is the path of `root` in its document. */
export function readPolicy(root: JsonNode, base: Path = []): PolicyDocument {
  const version = root.type === 'object' ? text(root, 'Version') : undefined;
  const element = root.type === 'object' ? memberOf(root, 'Statement') : undefined;
  const path = [...base, 'Statement'];
  const node = element?.value;
  const statements =
    node?.type === 'array'
      ? node.elements.map((each, index) => new LazyStatement(each, [...path, index]))
      : node
        ? [new LazyStatement(node, path)]
        : [];
  return { root, base, version, variables: version === '2012-10-17', statements };
}

/** A statement whose elements are read when somebody asks: most questions are about a few statements of many. */
class LazyStatement implements Statement {
  readonly path: Path;
  readonly object: JsonObject | undefined;
  private known: Elements | undefined;

  constructor(node: JsonNode, path: Path) {
    this.path = path;
    this.object = node.type === 'object' ? node : undefined;
  }

  get sid(): string | undefined {
    return this.object && text(this.object, 'Sid');
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

type Elements = Pick<Statement, 'effect' | 'action' | 'resource' | 'principal' | 'conditions' | 'readable'>;

const NOTHING: Elements = {
  effect: undefined,
  action: undefined,
  resource: undefined,
  principal: undefined,
  conditions: [],
  readable: false,
};

function readElements(node: JsonObject, path: Path): Elements {
  const reader = new StatementReader(node, path);
  const effect = text(node, 'Effect');
  const action = reader.either('Action', 'NotAction', (item) => ({ ...item, pattern: parseActionPattern(item.text) }));
  const resource = reader.either('Resource', 'NotResource', (item) => item);
  const principal = reader.principal();
  const conditions = reader.conditions();
  const known = effect === 'Allow' || effect === 'Deny' ? effect : undefined;
  return { effect: known, action, resource, principal, conditions, readable: reader.readable && known !== undefined };
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
  either<T extends Item>(name: string, notName: string, make: (item: Item) => T): Element<T> | undefined {
    const member = this.one(name, notName);
    if (!member) return undefined;
    const path = [...this.path, member.key.value];
    const items = this.strings(member.value, path).map(make);
    return { name: member.key.value, negated: member.key.value === notName, path, items };
  }

  principal(): Element<PrincipalItem> | undefined {
    const member = this.one('Principal', 'NotPrincipal');
    if (!member) return undefined;
    const name = member.key.value;
    const path = [...this.path, name];
    const element = { name, negated: name === 'NotPrincipal', path };
    const node = member.value;
    if (node?.type === 'string')
      return { ...element, items: [{ text: node.value, path, type: '*', pattern: parsePrincipal(node.value, '*') }] };
    if (node?.type !== 'object') {
      this.readable = false;
      return { ...element, items: [] };
    }
    const items = node.members.flatMap(({ key, value }) => {
      const type = principalType(key.value);
      if (!type) {
        this.readable = false;
        return [];
      }
      return this.strings(value, [...path, key.value]).map((item) => ({
        ...item,
        type,
        pattern: parsePrincipal(item.text, type),
      }));
    });
    return { ...element, items };
  }

  conditions(): Condition[] {
    const member = memberOf(this.node, 'Condition');
    if (!member) return [];
    if (member.value?.type !== 'object') {
      this.readable = false;
      return [];
    }
    const path = [...this.path, 'Condition'];
    return member.value.members.flatMap(({ key: operatorKey, value: block }) => {
      const operatorPath = [...path, operatorKey.value];
      const operator = parseOperator(operatorKey.value);
      if (block?.type !== 'object') {
        this.readable = false;
        return [];
      }
      return block.members.map(({ key, value }) => {
        const conditionPath = [...operatorPath, key.value];
        return {
          path: conditionPath,
          operator,
          operatorPath,
          key: parseConditionKey(key.value),
          values: this.conditionValues(value, conditionPath),
          listed: value?.type === 'array',
        };
      });
    });
  }

  private conditionValues(node: JsonNode | undefined, path: Path): ConditionValue[] {
    const nodes: [JsonNode | undefined, Path][] =
      node?.type === 'array' ? node.elements.map((each, index) => [each, [...path, index]]) : [[node, path]];
    return nodes.flatMap(([each, at]): ConditionValue[] => {
      if (each?.type === 'string') return [{ text: each.value, path: at, type: each.type }];
      if (each?.type === 'number') return [{ text: each.text, path: at, type: each.type }];
      if (each?.type === 'boolean') return [{ text: String(each.value), path: at, type: each.type }];
      this.readable = false;
      return [];
    });
  }

  private one(name: string, notName: string): JsonMember | undefined {
    const member = memberOf(this.node, name);
    const notMember = memberOf(this.node, notName);
    if (member && notMember) this.readable = false;
    return member ?? notMember;
  }

  private strings(node: JsonNode | undefined, path: Path): Item[] {
    if (node?.type === 'string') return [{ text: node.value, path }];
    if (node?.type !== 'array') {
      this.readable = false;
      return [];
    }
    return node.elements.flatMap((element, index) => {
      if (element.type === 'string') return [{ text: element.value, path: [...path, index] }];
      this.readable = false;
      return [];
    });
  }
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
