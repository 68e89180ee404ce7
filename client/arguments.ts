import type { EnvelopeParams, EnvelopePayload, PolicyText, SimulateRequest } from '../server/protocol.ts';

/** The argument of the simulation commands, as lenses, keybindings and tests give it. */
export interface SimulateArgument {
  readonly uri?: string;
  readonly statement?: string;
  readonly request?: SimulateRequest;
  readonly identityPolicies?: readonly PolicyText[];
  /** Opens the explanation as well. Default false. */
  readonly open?: boolean;
}

/** The argument of “Envelope round trip”. */
export interface EnvelopeArgument extends Partial<EnvelopeParams> {
  /** Opens the page. Default true. */
  readonly open?: boolean;
}

/** The argument of “Inspect encrypted message”. */
export interface InspectArgument {
  readonly uri?: string;
  /** Opens the report. Default true. */
  readonly open?: boolean;
}

/** The argument of “Allow this…”. */
export interface AllowArgument {
  readonly uri?: string;
  /** Which of the proposals of the verdict. Left out: asked where there are several. */
  readonly proposal?: number;
  /** Shows the changes before they are made. Default true. */
  readonly preview?: boolean;
}

/** The argument of “Who can use this key?” and “What can this principal do?”. */
export interface TableArgument {
  readonly uri?: string;
  readonly principal?: string;
  readonly keyAccount?: string;
  readonly key?: string;
  readonly identityPolicies?: readonly PolicyText[];
  /** Opens the view. Default true. */
  readonly open?: boolean;
}

/** @throws {Error} when a field has the wrong type, since a keybinding is written by hand */
export function readSimulateArgument(argument: unknown): SimulateArgument {
  const record = argument === undefined || argument === null ? {} : required(argument, 'the argument');
  return {
    ...optional(record, 'uri', readString),
    ...optional(record, 'statement', readString),
    ...optional(record, 'request', readRequest),
    ...optional(record, 'identityPolicies', readPolicies),
    ...optional(record, 'open', readBoolean),
  };
}

/** @throws {Error} when a field has the wrong type */
export function readEnvelopeArgument(argument: unknown): EnvelopeArgument {
  const record = argument === undefined || argument === null ? {} : required(argument, 'the argument');
  return {
    ...optional(record, 'uri', readString),
    ...optional(record, 'statement', readString),
    ...optional(record, 'key', readString),
    ...optional(record, 'step', readNumber),
    ...readTripAsked(record),
    ...optional(record, 'keyAccount', readString),
    ...optional(record, 'open', readBoolean),
  };
}

/** What a round trip is run with. @throws {Error} when a field has the wrong type */
export function readTripAsked(argument: unknown): Partial<EnvelopeParams> {
  const record = required(argument, 'the argument');
  return {
    ...optional(record, 'principal', readString),
    ...optional(record, 'decryptPrincipal', readString),
    ...optional(record, 'encryptionContext', readStrings),
    ...optional(record, 'payload', readPayload),
    ...optional(record, 'change', readString),
    ...optional(record, 'asIfAllowed', readBoolean),
  };
}

/** @throws {Error} when a field has the wrong type */
export function readInspectArgument(argument: unknown): InspectArgument {
  const record = argument === undefined || argument === null ? {} : required(argument, 'the argument');
  return { ...optional(record, 'uri', readString), ...optional(record, 'open', readBoolean) };
}

/** @throws {Error} when a field has the wrong type */
export function readAllowArgument(argument: unknown): AllowArgument {
  const record = argument === undefined || argument === null ? {} : required(argument, 'the argument');
  return {
    ...optional(record, 'uri', readString),
    ...optional(record, 'proposal', readNumber),
    ...optional(record, 'preview', readBoolean),
  };
}

/** @throws {Error} when a field has the wrong type */
export function readTableArgument(argument: unknown): TableArgument {
  const record = argument === undefined || argument === null ? {} : required(argument, 'the argument');
  return {
    ...optional(record, 'uri', readString),
    ...optional(record, 'principal', readString),
    ...optional(record, 'keyAccount', readString),
    ...optional(record, 'key', readString),
    ...optional(record, 'identityPolicies', readPolicies),
    ...optional(record, 'open', readBoolean),
  };
}

/** @throws {Error} when it is no request: principal and action are needed, the rest is optional */
export function readRequest(value: unknown): SimulateRequest {
  const record = required(value, '`request`');
  return {
    principal: readString(record['principal'], 'request.principal'),
    action: readString(record['action'], 'request.action'),
    ...optional(record, 'keyAccount', readString),
    ...optional(record, 'key', readString),
    ...optional(record, 'region', readString),
    ...optional(record, 'encryptionContext', readStrings),
    ...optional(record, 'context', readContext),
    ...optional(record, 'via', readString),
  };
}

/** A value as an object with named members, if it is one. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}

type Read<T> = (value: unknown, name: string) => T;

function optional<K extends string, T>(
  record: Readonly<Record<string, unknown>>,
  name: K,
  read: Read<T>,
): { readonly [P in K]?: T } {
  const value = record[name];
  const found: { [P in K]?: T } = {};
  if (value !== undefined) found[name] = read(value, name);
  return found;
}

function required(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const record = recordOf(value);
  if (record === undefined) throw new Error(`${name} must be an object`);
  return record;
}

function readString(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Error(`\`${name}\` must be a string`);
  return value;
}

function readBoolean(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw new Error(`\`${name}\` must be true or false`);
  return value;
}

function readNumber(value: unknown, name: string): number {
  if (typeof value !== 'number') throw new Error(`\`${name}\` must be a number`);
  return value;
}

/** A text, or an object that says where the bytes come from. */
function readPayload(value: unknown, name: string): string | EnvelopePayload {
  if (typeof value === 'string') return value;
  const { text, file, random, written } = required(value, `\`${name}\``);
  if (random !== undefined) return { random: readNumber(random, `${name}.random`) };
  if (file !== undefined) return { file: readString(file, `${name}.file`) };
  if (written !== undefined) return { written: readString(written, `${name}.written`) };
  return { text: readString(text, `${name}.text`) };
}

function readStrings(value: unknown, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(required(value, `\`${name}\``));
  return Object.fromEntries(entries.map(([key, text]) => [key, readString(text, `${name}.${key}`)]));
}

function readContext(value: unknown, name: string): Readonly<Record<string, string | readonly string[]>> {
  const entries = Object.entries(required(value, `\`${name}\``));
  return Object.fromEntries(
    entries.map(([key, text]) => [
      key,
      Array.isArray(text) ? text.map((one) => readString(one, `${name}.${key}`)) : readString(text, `${name}.${key}`),
    ]),
  );
}

/** A policy is given by its uri or as `{ uri, text? }`. */
function readPolicies(value: unknown, name: string): readonly PolicyText[] {
  if (!Array.isArray(value)) throw new Error(`\`${name}\` must be a list`);
  return value.map((policy): PolicyText => {
    if (typeof policy === 'string') return { uri: policy };
    const record = required(policy, `each of \`${name}\``);
    return { uri: readString(record['uri'], `${name}.uri`), ...optional(record, 'text', readString) };
  });
}
