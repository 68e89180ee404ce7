import type { ApiPart } from '../facts/api.ts';

/**
 * What a scenario file may hold, as data: reading, completion, hovers and the JSON schema all go by the same tables
 * (`format/`), so that none can know a member that the others do not.
 */
export type Shape =
  | TextShape
  | NumberShape
  | BooleanShape
  | NullShape
  | ListShape
  | MapShape
  | ObjectShape
  | VariantsShape
  | PolicyShape
  | NameShape
  | ParametersShape
  | EitherShape;

export interface TextShape {
  readonly type: 'text';
  /** The only values, or where `open` the usual ones. */
  readonly choices?: readonly string[];
  readonly open?: true;
  readonly format?: TextFormat;
  /** Whether `file:path` stands for the bytes of a file. */
  readonly mayBeFile?: true;
  /** The name that the text gives something. */
  readonly defines?: NameKind;
  readonly means?: Meaning;
}

/** What texts, or the names of a map, stand for where there is more to say of each than the table does. */
export type Meaning = (typeof meanings)[number];

const meanings = [
  'account',
  'arn',
  'asked-service',
  'condition-key',
  'connection-error',
  'encryption-context',
  'envelope-error',
  'error',
  'grant-operation',
  'key-state',
  'key-value',
  'operation',
  'principal-arn',
  'quota',
  'region',
  'resource',
  'service',
  'service-operation',
  'service-principal',
] as const;

export const isMeaning = (text: string): text is Meaning => meanings.some((each) => each === text);

/** What a text has to be beyond being one. */
export interface TextFormat {
  /** Names it in the schema. */
  readonly pattern: RegExp;
  /** What is wrong and what to write instead, after the text in backticks: `is no account ID: write its 12 digits`. */
  readonly otherwise: string;
  /** For texts that must never be repeated. */
  readonly secret?: true;
  /** For texts that are nobody else's business: messages do not repeat them. */
  readonly confidential?: true;
  /** Checked besides the pattern. */
  readonly accepts?: (text: string) => boolean;
  /** One that would do, for completion and the schema. */
  readonly example?: string;
}

export interface NumberShape {
  readonly type: 'number';
  readonly least: number;
  readonly most?: number;
  readonly whole?: true;
}

export interface BooleanShape {
  readonly type: 'boolean';
}

export interface NullShape {
  readonly type: 'null';
}

export interface ListShape {
  readonly type: 'list';
  readonly of: Shape;
}

/** An object whose members have names that the author chooses. */
export interface MapShape {
  readonly type: 'map';
  readonly of: Shape;
  /** What the names have to be. */
  readonly names?: TextFormat;
  /** Such names have a meaning; others are mistakes, mostly of the pen. */
  readonly known?: readonly string[];
  /** The names that the members give things. */
  readonly defines?: NameKind;
  readonly means?: Meaning;
}

export interface ObjectShape {
  readonly type: 'object';
  /** In messages: `a key`. */
  readonly what: string;
  readonly members: Readonly<Record<string, Member>>;
}

export interface Member {
  readonly shape: Shape;
  /** Sentences of ours, in Markdown. */
  readonly summary: string;
  readonly required?: true;
}

/** An object that is of the kind whose own member it has. */
export interface VariantsShape {
  readonly type: 'variants';
  readonly what: string;
  readonly variants: Readonly<Record<string, ObjectShape>>;
}

/** A path from the file's folder to a policy, or the policy itself. */
export interface PolicyShape {
  readonly type: 'policy';
  readonly kind: PolicyKind;
}

export type PolicyKind = 'key-policy' | 'iam-policy' | 'scp' | 'rcp' | 'vpce-policy';

/** A name that is defined elsewhere in the file. */
export interface NameShape {
  readonly type: 'name';
  readonly of: NameKind;
  /** Or the member of a response that an earlier step saved: `$lent.GrantToken`. */
  readonly orSaved?: string;
}

/** What names stand for. `saved`: the response that a step keeps under `$name`. */
export type NameKind = 'principal' | 'key' | 'key-store' | 'grant' | 'vpc-endpoint' | 'saved';

/** Request parameters by the names of the API; texts that begin with `$` are responses that an earlier step saved. */
export interface ParametersShape {
  readonly type: 'parameters';
  /** Of an access check what conditions look at, of a call all of its request, or a part of its response. */
  readonly of: 'check' | ApiPart;
  /** Where values may be written in ways that JSON does not have. */
  readonly bytes?: ByteParameters;
}

export interface ByteParameters {
  /** The parameters that are bytes. */
  readonly names: ReadonlySet<string>;
  /** How they are written. */
  readonly summary: string;
  /** An object that stands for bytes. */
  readonly wrapped: ObjectShape;
}

/** The one whose kind of JSON value fits. */
export interface EitherShape {
  readonly type: 'either';
  /** In messages: `a verdict`. */
  readonly what: string;
  readonly of: readonly Shape[];
}

export const text = (format?: TextFormat): TextShape => ({ type: 'text', ...(format ? { format } : {}) });
export const choice = (choices: readonly string[]): TextShape => ({ type: 'text', choices });
/** Texts of which some are usual. */
export const usually = (choices: readonly string[], format?: TextFormat): TextShape => ({
  type: 'text',
  choices,
  open: true,
  ...(format ? { format } : {}),
});
/** A text, or a map by its names, of which each stands for something. */
export const means = <S extends TextShape | MapShape>(meaning: Meaning, shape: S): S => ({ ...shape, means: meaning });
export const list = (of: Shape): ListShape => ({ type: 'list', of });
export const map = (of: Shape, more: Omit<MapShape, 'type' | 'of'> = {}): MapShape => ({ type: 'map', of, ...more });
export const object = (what: string, members: ObjectShape['members']): ObjectShape => ({
  type: 'object',
  what,
  members,
});
export const policy = (kind: PolicyKind): PolicyShape => ({ type: 'policy', kind });
export const name = (of: NameKind): NameShape => ({ type: 'name', of });
export const nameOrSaved = (of: NameKind, orSaved: string): NameShape => ({ type: 'name', of, orSaved });
export const either = (what: string, ...of: readonly Shape[]): EitherShape => ({ type: 'either', what, of });
export const boolean: BooleanShape = { type: 'boolean' };
export const parameters = (of: ParametersShape['of']): ParametersShape => ({ type: 'parameters', of });
export const member = (shape: Shape, summary: string): Member => ({ shape, summary });
export const required = (shape: Shape, summary: string): Member => ({ shape, summary, required: true });
