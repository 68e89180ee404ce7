/** What members of requests can be, as data: the checks of a request and its TypeScript type come from the same table. */
export interface Shape<T> {
  /** As the message about a value of another type calls it. */
  readonly type: string;
  is(value: unknown): value is T;
  /** What is wrong with a value, in AWS's words. @param at how AWS names the member: `keyId`, `tags.1.member.tagKey` */
  problems(value: T, at: string): readonly string[];
  /** Key material, plaintext, ciphertext and tokens: what CloudTrail never shows. */
  readonly secret?: true;
  /** The only values. */
  readonly choices?: readonly string[];
  /** Of a number. */
  readonly range?: Length;
  /** Of a list: what it holds. */
  readonly of?: Shape<unknown>;
  /** Of a structure. */
  readonly members?: Members;
}

export interface Member<T, Required extends boolean = boolean> {
  readonly shape: Shape<T>;
  readonly required: Required;
}

export type Members = Readonly<Record<string, Member<unknown>>>;

/** A member with what follows from its name. */
export interface MemberRow extends Member<unknown> {
  readonly name: string;
  /** `keyId` of `KeyId`. */
  readonly lower: string;
}

const rows = new WeakMap<Members, readonly MemberRow[]>();

/** The members as a list: tables never change, and every request is compared with one several times. */
export function rowsOf(members: Members): readonly MemberRow[] {
  const known = rows.get(members);
  if (known) return known;
  const made = Object.entries(members).map(([name, member]) => ({ ...member, name, lower: lowerCamel(name) }));
  rows.set(members, made);
  return made;
}

type ValueOf<M> = M extends Member<infer T> ? T : never;

/** The TypeScript type of a request. */
export type InputOf<M extends Members> = {
  readonly [Name in keyof M as M[Name] extends Member<unknown, true> ? Name : never]: ValueOf<M[Name]>;
} & {
  readonly [Name in keyof M as M[Name] extends Member<unknown, true> ? never : Name]?: ValueOf<M[Name]> | undefined;
};

export const required = <T>(shape: Shape<T>): Member<T, true> => ({ shape, required: true });
export const optional = <T>(shape: Shape<T>): Member<T, false> => ({ shape, required: false });

interface Length {
  readonly min: number;
  readonly max: number;
}

export function text({ min, max }: Length, pattern?: string): Shape<string> {
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`);
  return {
    type: 'String',
    is: isText,
    problems(value, at) {
      const hasLength = min <= value.length && value.length <= max;
      const isWhole = whole === undefined || whole.test(value);
      if (hasLength && isWhole) return NONE;
      const problems = lengthProblems(`Value '${value}' at '${at}'`, value.length, { min, max });
      if (!isWhole)
        problems.push(`${failed(`Value '${value}' at '${at}'`)} satisfy regular expression pattern: ${pattern}`);
      return problems;
    },
  };
}

/** A text that neither messages nor CloudTrail have. */
export function secretText({ min, max }: Length, pattern?: string): Shape<string> {
  const shape = text({ min, max }, pattern);
  return {
    ...shape,
    problems: (value, at) =>
      shape
        .problems(value, at)
        .map((problem) => problem.replace(`Value '${value}' at '${at}'`, () => `Value at '${at}'`)),
    secret: true,
  };
}

/** AWS leaves the values of bytes out of its messages. */
export function bytes({ min, max }: Length): Shape<Uint8Array> {
  return {
    type: 'Blob',
    is: (value) => value instanceof Uint8Array,
    problems: (value, at) =>
      min <= value.length && value.length <= max
        ? NONE
        : lengthProblems(`Value at '${at}'`, value.length, { min, max }),
    secret: true,
  };
}

/** Fractions cannot be sent to AWS, which thus has no message for them; they are refused in ours. */
export function integer({ min, max }: Length): Shape<number> {
  return {
    type: 'Integer',
    range: { min, max },
    is: (value) => typeof value === 'number',
    problems(value, at) {
      if (Number.isInteger(value) && min <= value && value <= max) return NONE;
      const what = `Value '${value}' at '${at}'`;
      if (!Number.isInteger(value)) return [`${failed(what)} be a whole number`];
      return value < min
        ? [`${failed(what)} have value greater than or equal to ${min}`]
        : [`${failed(what)} have value less than or equal to ${max}`];
    },
  };
}

export function oneOf(choices: readonly string[]): Shape<string> {
  return {
    type: 'String',
    choices,
    is: isText,
    problems: (value, at) =>
      choices.includes(value)
        ? NONE
        : [`${failed(`Value '${value}' at '${at}'`)} satisfy enum value set: [${choices.join(', ')}]`],
  };
}

export const boolean: Shape<boolean> = {
  type: 'Boolean',
  is: (value) => typeof value === 'boolean',
  problems: () => NONE,
};

/** A moment as the SDK has it, as seconds since 1970 or as ISO 8601. */
export const time: Shape<Date | number | string> = {
  type: 'Timestamp',
  is: (value): value is Date | number | string => !Number.isNaN(momentOf(value)),
  problems: () => NONE,
};

/** Milliseconds since 1970; not a number where it is no moment. */
export function momentOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'number') return value * 1000;
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

export const pairs: Shape<Readonly<Record<string, string>>> = {
  type: 'Map',
  is: (value): value is Readonly<Record<string, string>> => isObject(value) && Object.values(value).every(isText),
  problems: () => NONE,
};

export function list<T>(of: Shape<T>, { min, max }: Length): Shape<readonly T[]> {
  return {
    type: 'List',
    of,
    is: (value): value is readonly T[] => Array.isArray(value) && value.every((each) => of.is(each)),
    problems: (value, at) => [
      ...lengthProblems(`Value at '${at}'`, value.length, { min, max }),
      ...value.flatMap((each, index) => of.problems(each, `${at}.${index + 1}.member`)),
    ],
    ...(of.secret ? { secret: of.secret } : {}),
  };
}

export function structure<M extends Members>(members: M): Shape<InputOf<M>> {
  return {
    type: 'Structure',
    members,
    is: (value): value is InputOf<M> => isObject(value) && wrongType(members, value) === undefined,
    problems: (value, at) => problemsOf(members, Object.fromEntries(Object.entries(value)), `${at}.`),
  };
}

export interface WrongType {
  readonly member: string;
  readonly value: unknown;
  readonly type: string;
}

/** The first member whose value is of another type. Members that the API does not have are passed over, as AWS does. */
export function wrongType(members: Members, input: Readonly<Record<string, unknown>>): WrongType | undefined {
  for (const { name, shape } of rowsOf(members)) {
    const value = input[name];
    if (isSent(value) && !shape.is(value)) return { member: name, value, type: shape.type };
  }
  return undefined;
}

/** What breaks the constraints of the members, in their order. */
export function problemsOf(members: Members, input: Readonly<Record<string, unknown>>, prefix = ''): readonly string[] {
  let problems: string[] | undefined;
  for (const { name, lower, shape, required: isRequired } of rowsOf(members)) {
    const value = input[name];
    const at = `${prefix}${lower}`;
    const found = isSent(value)
      ? shape.problems(value, at)
      : isRequired
        ? [`${failed(`Value null at '${at}'`)} not be null`]
        : NONE;
    if (found.length > 0) problems = [...(problems ?? []), ...found];
  }
  return problems ?? NONE;
}

/** What nearly every value has: nothing is made for it. */
const NONE: readonly string[] = [];

/** `keyId` of `KeyId`. */
export const lowerCamel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** JSON's null is a member that was not sent. */
const isSent = (value: unknown): boolean => value !== undefined && value !== null;

const isText = (value: unknown): value is string => typeof value === 'string';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function lengthProblems(what: string, length: number, { min, max }: Length): string[] {
  if (length < min) return [`${failed(what)} have length greater than or equal to ${min}`];
  return length > max ? [`${failed(what)} have length less than or equal to ${max}`] : [];
}

function failed(what: string): string {
  return `${what} failed to satisfy constraint: Member must`;
}
