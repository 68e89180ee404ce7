/**
 * A JSON text as a tree that keeps what a plain value loses: where each part stands, members that occur twice, and
 * holes where the text is broken. Offsets count UTF-16 code units from 0; they are -1 in trees made from plain values.
 */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull;

interface Spanned {
  readonly start: number;
  /** The offset after the last character. */
  readonly end: number;
}

export interface JsonObject extends Spanned {
  readonly type: 'object';
  /** In the order of the text, duplicates included. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember extends Spanned {
  readonly key: JsonString;
  /** Missing where the text breaks off after the key. */
  readonly value: JsonNode | undefined;
}

export interface JsonArray extends Spanned {
  readonly type: 'array';
  readonly elements: readonly JsonNode[];
}

export interface JsonString extends Spanned {
  readonly type: 'string';
  /** The decoded characters; escapes are resolved. */
  readonly value: string;
}

export interface JsonNumber extends Spanned {
  readonly type: 'number';
  readonly value: number;
  /** The number as it is written, for values that a double cannot hold. */
  readonly text: string;
}

export interface JsonBoolean extends Spanned {
  readonly type: 'boolean';
  readonly value: boolean;
}

export interface JsonNull extends Spanned {
  readonly type: 'null';
}

/** The member that counts for `name`: where a name occurs twice, JSON readers take the last one. */
export function memberOf(object: JsonObject, name: string): JsonMember | undefined {
  const { members } = object;
  if (FEW < members.length) return namesIn(object).get(name)?.at(-1);
  for (let i = members.length - 1; 0 <= i; i--) {
    const member = members[i];
    if (member?.key.value === name) return member;
  }
  return undefined;
}

/** All members of this name, in the order of the text. */
export function membersNamed(object: JsonObject, name: string): readonly JsonMember[] {
  if (FEW < object.members.length) return namesIn(object).get(name) ?? [];
  return object.members.filter(({ key }) => key.value === name);
}

/** So many members are looked through as fast as in an index; in more, looking for each would cost their square. */
const FEW = 16;

const indexes = new WeakMap<JsonObject, ReadonlyMap<string, readonly JsonMember[]>>();

function namesIn(object: JsonObject): ReadonlyMap<string, readonly JsonMember[]> {
  const known = indexes.get(object);
  if (known) return known;
  const names = new Map<string, JsonMember[]>();
  for (const member of object.members) {
    const named = names.get(member.key.value);
    if (named) named.push(member);
    else names.set(member.key.value, [member]);
  }
  indexes.set(object, names);
  return names;
}

/** The value that counts for `name`, or undefined where the member or its value is missing. */
export function valueOf(object: JsonObject, name: string): JsonNode | undefined {
  return memberOf(object, name)?.value;
}

/** A tree without places from a plain value. What JSON cannot hold (functions, undefined members) is left out. */
export function fromValue(value: unknown): JsonNode {
  const at = { start: -1, end: -1 };
  if (typeof value === 'string') return { type: 'string', value, ...at };
  if (typeof value === 'number') return { type: 'number', value, text: String(value), ...at };
  if (typeof value === 'boolean') return { type: 'boolean', value, ...at };
  if (Array.isArray(value)) return { type: 'array', elements: value.map(fromValue), ...at };
  if (typeof value !== 'object' || value === null) return { type: 'null', ...at };
  const members: JsonMember[] = [];
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined || typeof inner === 'function') continue;
    members.push({ key: { type: 'string', value: name, ...at }, value: fromValue(inner), ...at });
  }
  return { type: 'object', members, ...at };
}

/**
 * The plain value of a tree; holes become null, and of duplicate members the last one counts. Iterative, since a tree may
 * be deeper than the stack.
 */
export function toValue(root: JsonNode | undefined): unknown {
  const open: (() => void)[] = [];
  const begin = (node: JsonNode | undefined): unknown => {
    switch (node?.type) {
      case 'object': {
        const value: Record<string, unknown> = Object.create(null);
        open.push(() => {
          for (const member of node.members) value[member.key.value] = begin(member.value);
        });
        return value;
      }
      case 'array': {
        const values: unknown[] = [];
        open.push(() => {
          for (const element of node.elements) values.push(begin(element));
        });
        return values;
      }
      case 'string':
      case 'number':
      case 'boolean':
        return node.value;
      default:
        return null;
    }
  };
  const value = begin(root);
  for (let fill = open.pop(); fill; fill = open.pop()) fill();
  return value;
}

/** Whether two members have the same name. Objects mostly have few members, which are compared faster than put into a set. */
export function hasRepeatedNames(members: readonly JsonMember[]): boolean {
  if (FEW < members.length) return new Set(members.map(({ key }) => key.value)).size < members.length;
  for (let i = 1; i < members.length; i++) {
    const name = members[i]?.key.value;
    for (let j = 0; j < i; j++) if (members[j]?.key.value === name) return true;
  }
  return false;
}

/** The members of an object; of those with the same name the last one counts. */
export function countingMembers({ members }: JsonObject): readonly JsonMember[] {
  if (!hasRepeatedNames(members)) return members;
  const last = new Map(members.map((member) => [member.key.value, member]));
  return members.filter((member) => last.get(member.key.value) === member);
}
