import { DEEPEST_REQUEST } from '../facts/operations.ts';
import { type Members, rowsOf, type Shape } from '../kms/shapes.ts';
import { serialization } from './errors.ts';

/**
 * The protocol awsJson1.1: bytes are base64, moments are seconds since 1970.
 * Source: Smithy 2.0, "AWS JSON 1.1 protocol"; checked 2026-11.
 */

/** A body as the service takes it. Members that the operation does not have are passed over, as AWS does. */
export function readInput(body: Uint8Array, members: Members): Readonly<Record<string, unknown>> {
  const value = body.length === 0 ? {} : parse(body);
  if (!isObject(value)) throw serialization('Start of structure or map found where not expected.');
  if (isDeeper(value, DEEPEST_REQUEST)) throw serialization();
  return structureFrom(value, members);
}

/** A response as its body; nothing for those without a member. */
export function writeOutput(output: object): string {
  const sent: Record<string, unknown> = {};
  // The members of the API have plain names; pairs further inside may have any.
  for (const [name, value] of Object.entries(output)) sent[name] = toWire(value);
  const body = JSON.stringify(sent);
  return body === '{}' ? '' : body;
}

/** A request as its body. */
export const writeInput = (input: object): string => JSON.stringify(toWire(input));

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(strictly.decode(body));
  } catch {
    throw serialization();
  }
}

/** What is recorded of a request is written again for whoever reads the records, and there depth has a price. */
function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  for (const name in value) if (isDeeper((value as Record<string, unknown>)[name], depth - 1)) return true;
  return false;
}

const strictly = new TextDecoder('utf-8', { fatal: true });

function structureFrom(value: Readonly<Record<string, unknown>>, members: Members): Record<string, unknown> {
  const taken: Record<string, unknown> = {};
  for (const { name, shape } of rowsOf(members)) {
    const sent = Object.hasOwn(value, name) ? value[name] : undefined;
    if (sent !== undefined && sent !== null) taken[name] = fromWire(sent, shape);
  }
  return taken;
}

/** What has another type than the shape stays as it is: the service refuses it in AWS's words. */
function fromWire(value: unknown, shape: Shape<unknown>): unknown {
  const { of, members } = shape;
  if (shape.type === 'Blob') return typeof value === 'string' ? bytesFrom(value) : value;
  if (of && Array.isArray(value)) return value.map((each) => fromWire(each, of));
  return members && isObject(value) ? structureFrom(value, members) : value;
}

/** Node passes over what is no base64, so that there are fewer bytes than the characters stand for, and takes that of URLs. */
function bytesFrom(text: string): Uint8Array {
  const { buffer, byteOffset, length } = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const isWhole = text.length % 4 === 0 && length === (text.length / 4) * 3 - padding;
  if (!isWhole || text.includes('-') || text.includes('_')) throw serialization('The value is no base64.');
  return new Uint8Array(buffer, byteOffset, length);
}

function toWire(value: unknown): unknown {
  if (value instanceof Uint8Array) return base64(value);
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toWire);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toWire(each)]));
}

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
