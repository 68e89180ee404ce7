import { keyArn } from '../../access/request.ts';
import { namedParameters } from '../../scenario/walk.ts';
import type { ScenarioWorld } from '../../scenario/world.ts';
import { unknownMember } from '../../text/phrases.ts';
import type { Members } from '../shapes.ts';

/** Why a step cannot be taken as it stands. */
export class StepProblem extends Error {}

interface Reading {
  readonly world: ScenarioWorld;
  readonly saved: ReadonlyMap<string, object>;
}

/** The parameters of a call as the service takes them. Throws a StepProblem where they cannot be read. */
export function inputOf(
  operation: string,
  members: Members,
  written: Readonly<Record<string, unknown>>,
  reading: Reading,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (!member) throw new StepProblem(unknownMember(name, `\`${operation}\``, Object.keys(members)));
      const resolved = withSaved(value, reading.saved);
      if (resolved !== value || typeof resolved !== 'string') return [name, textOf(name, resolved)];
      if (namedParameters[name] === 'key') return [name, arnOf(resolved, reading.world)];
      return [name, member.shape.type === 'Blob' ? bytesOf(name, resolved) : resolved];
    }),
  );
}

/** A policy that is written as one goes as its text. */
function textOf(name: string, value: unknown): unknown {
  return name === 'Policy' && typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** A name of the file stands for the ARN of its key; whatever else is written is sent as it is. */
function arnOf(text: string, world: ScenarioWorld): string {
  const key = keyNamed(text, world);
  return key ? keyArn(key.description) : text;
}

/** The key that the file declares under this name. */
export function keyNamed(text: string, world: ScenarioWorld) {
  return world.outline.names.find('key', text)?.name === text ? world.keyOf(text)?.key : undefined;
}

const PREFIXED = /^(text|base64|hex):/;

/** The bytes that `text:…`, `base64:…` or `hex:…` stands for; undefined for other texts. */
export function readBytes(text: string): Uint8Array | undefined {
  const form = PREFIXED.exec(text)?.[1];
  if (form === undefined) return undefined;
  const rest = text.slice(form.length + 1);
  return new Uint8Array(Buffer.from(rest, form === 'text' ? 'utf8' : form === 'hex' ? 'hex' : 'base64'));
}

function bytesOf(name: string, text: string): Uint8Array {
  const bytes = readBytes(text);
  if (bytes) return bytes;
  throw new StepProblem(
    `\`${name}\` is bytes: write \`text:…\`, \`base64:…\` or \`hex:…\`, or take them from a saved response`,
  );
}

/** A value with each `$name.Member` in it replaced by what was saved. */
export function withSaved(value: unknown, saved: ReadonlyMap<string, object>): unknown {
  if (typeof value === 'string') return savedValue(value, saved);
  if (Array.isArray(value)) return value.map((each) => withSaved(each, saved));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withSaved(each, saved)]));
}

function savedValue(text: string, saved: ReadonlyMap<string, object>): unknown {
  const [, name, path = ''] = /^\$([A-Za-z_]\w*)((?:\.\w+)*)$/.exec(text) ?? [];
  if (name === undefined) return text;
  let value: unknown = saved.get(name);
  if (value === undefined)
    throw new StepProblem(`there is no response \`${name}\`: the step that saves it did not go through`);
  for (const member of path.split('.').slice(1)) {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, member);
    if (!isThere) throw new StepProblem(`\`${text}\` is not there: the response has no \`${member}\``);
    value = Object.entries(value as object).find(([each]) => each === member)?.[1];
  }
  return value;
}
