import { keyArn } from '../../access/request.ts';
import { fileOf, namedParameters } from '../../scenario/walk.ts';
import type { ScenarioWorld } from '../../scenario/world.ts';
import { unknownMember } from '../../text/phrases.ts';
import type { RandomSource } from '../environment.ts';
import { wrapBytes } from '../import-wrapping.ts';
import type { Members } from '../shapes.ts';
import type { DeclaredGrant } from './declared.ts';

/** Why a step cannot be taken as it stands. */
export class StepProblem extends Error {}

interface Reading {
  readonly world: ScenarioWorld;
  readonly saved: ReadonlyMap<string, object>;
  readonly asked: WeakMap<object, Readonly<Record<string, unknown>>>;
  readonly random: RandomSource;
  grantOf(name: string): DeclaredGrant | undefined;
  /** The Region that the step names. */
  readonly region?: string | undefined;
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
      return [name, valueOf(name, value, member.shape.type === 'Blob', reading)];
    }),
  );
}

function valueOf(name: string, written: unknown, isBytes: boolean, reading: Reading): unknown {
  const value = withSaved(written, reading.saved);
  if (isBytes) return bytesOf(name, value, reading);
  if (name === 'GrantTokens' && Array.isArray(value))
    return value.map((each) => (typeof each === 'string' ? (reading.grantOf(each)?.token ?? each) : each));
  if (value !== written || typeof value !== 'string') return textOf(name, value);
  return meantBy(name, value, reading);
}

/** What a name of the file stands for; whatever else is written is sent as it is. */
function meantBy(name: string, text: string, reading: Reading): string {
  const { world, grantOf } = reading;
  switch (namedParameters[name]) {
    case 'key':
      return arnOf(text, reading);
    case 'key-store':
      return world.keyStoreOf(text)?.id ?? text;
    case 'principal':
      return principalOf(text, world);
    case 'grant':
      return grantOf(text)?.[name === 'GrantToken' ? 'token' : 'id'] ?? text;
    default:
      return text;
  }
}

/** The ARN of a principal of the file, and of `root` and an account. */
function principalOf(text: string, world: ScenarioWorld): string {
  const isNamed = world.outline.names.find('principal', text) !== undefined || /^root(:\d{12})?$/.test(text);
  return isNamed ? world.arnOf(text) : text;
}

/** A policy that is written as one goes as its text. */
function textOf(name: string, value: unknown): unknown {
  return name === 'Policy' && typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/**
 * A name of the file stands for the ARN of its key, of a multi-Region key in the Region that is called; whatever else is
 * written is sent as it is.
 */
function arnOf(text: string, { world, region }: Reading): string {
  const description = keyNamed(text, world)?.description;
  if (!description) return text;
  return keyArn(description.multiRegion && region !== undefined ? { ...description, region } : description);
}

/** The key that the file declares under this name. */
export function keyNamed(text: string, world: ScenarioWorld) {
  return world.outline.names.find('key', text)?.name === text ? world.keyOf(text)?.key : undefined;
}

const FORMS = [
  { form: /^text:/, encoding: 'utf8' },
  { form: /^base64:(?=[A-Za-z0-9+/]*={0,2}$)/, encoding: 'base64' },
  { form: /^hex:(?=([0-9a-f]{2})*$)/i, encoding: 'hex' },
] as const;

/** The bytes that `text:…`, `base64:…` or `hex:…` stands for; undefined for other texts. */
export function readBytes(text: string): Uint8Array | undefined {
  for (const { form, encoding } of FORMS)
    if (form.test(text)) return new Uint8Array(Buffer.from(text.replace(form, ''), encoding));
  return undefined;
}

/** What is neither bytes nor stands for some goes as it is, for KMS to refuse. */
function bytesOf(name: string, value: unknown, reading: Reading): unknown {
  if (isWrapped(value)) return wrapped(name, value, reading);
  if (typeof value !== 'string') return value;
  const file = fileOf(value);
  const bytes = file === undefined ? readBytes(value) : reading.world.files.get(file);
  if (bytes) return bytes;
  throw new StepProblem(
    `\`${name}\` is bytes: write \`text:…\`, \`base64:…\`, \`hex:…\` or \`file:path\`, or take them from a saved response`,
  );
}

interface Wrapped {
  readonly wrap: unknown;
  readonly with: unknown;
}

function isWrapped(value: unknown): value is Wrapped {
  return typeof value === 'object' && value !== null && 'wrap' in value && 'with' in value;
}

/** Under the wrapping algorithm that was asked for; under a key of GetPublicKey as AWS's guide encrypts outside of KMS. */
function wrapped(name: string, value: Wrapped, reading: Reading): Uint8Array {
  const bytes = bytesOf('wrap', value.wrap, reading);
  if (!(bytes instanceof Uint8Array))
    throw new StepProblem('`wrap` is bytes: take them from a member of the saved response');
  const response = Object(value.with);
  const publicKey: unknown = response['PublicKey'];
  const algorithms: unknown = response['EncryptionAlgorithms'];
  const asked = reading.asked.get(response)?.['WrappingAlgorithm'];
  const algorithm = Array.isArray(algorithms) ? algorithms.find((each) => each === FOR_PUBLIC_KEYS) : asked;
  if (!(publicKey instanceof Uint8Array) || typeof algorithm !== 'string')
    throw new StepProblem(
      `\`with\` gives nothing to wrap \`${name}\` with: name the saved response of GetParametersForImport, or of GetPublicKey for an RSA key that encrypts`,
    );
  const result = wrapBytes(publicKey, algorithm, bytes, reading.random);
  if (result) return result;
  throw new StepProblem(
    `${algorithm} does not wrap ${bytes.length} bytes: ask for RSA_AES_KEY_WRAP_SHA_256, or wrap less`,
  );
}

const FOR_PUBLIC_KEYS = 'RSAES_OAEP_SHA_256';

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
