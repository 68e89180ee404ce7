import { aliasArn } from '../access/request.ts';
import type { TrailResource } from '../trail/event.ts';
import type { KmsErrorName } from './errors.ts';
import type { KmsKey } from './key.ts';
import { lowerCamel, type Members, rowsOf } from './shapes.ts';
import type { Place } from './world.ts';

/** How calls stand in CloudTrail. Source: KMS Developer Guide, "Examples of AWS KMS log entries"; checked 2026-11. */

/** Parameters by the names that CloudTrail gives them, but for what is secret. */
export function parametersOf(
  members: Members,
  input: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | null {
  const parameters: Record<string, unknown> = {};
  let isEmpty = true;
  for (const { name, lower, shape } of rowsOf(members)) {
    const value = input[name];
    if (value === undefined || value === null || shape.secret) continue;
    parameters[lower] = lowered(value, isMap(name));
    isEmpty = false;
  }
  for (const name in more) {
    parameters[name] = more[name];
    isEmpty = false;
  }
  return isEmpty ? null : parameters;
}

/** Pairs that the caller named: an encryption context, or what a grant asks of one. */
const isMap = (name: string): boolean => /EncryptionContext(Equals|Subset)?$/.test(name);

/** What no record shows. */
const SECRET: ReadonlySet<string> = new Set(['GrantToken']);

/** Of management operations that change something; AWS adds the key's ARN where the response has none. */
export function responseOf(
  output: object,
  more: Readonly<Record<string, unknown>> | undefined,
  key: KmsKey | undefined,
): Readonly<Record<string, unknown>> | null {
  const plain = Object.entries(output).filter(([name, value]) => !(value instanceof Uint8Array || SECRET.has(name)));
  const elements = {
    ...(key ? { keyId: key.arn } : {}),
    ...Object.fromEntries(plain.map(([name, value]) => [lowerCamel(name), lowered(value)])),
    ...more,
  };
  return Object.keys(elements).length > 0 ? elements : null;
}

/** By CloudTrail's names; a map of pairs that the caller named keeps its keys. */
function lowered(value: unknown, asItIs = false): unknown {
  if (value instanceof Date) return trailDate(value);
  if (value instanceof Uint8Array) return undefined;
  if (Array.isArray(value)) return value.map((each) => lowered(each));
  if (typeof value !== 'object' || value === null || asItIs) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name === 'AWSAccountId' ? 'aWSAccountId' : lowerCamel(name),
      lowered(each, isMap(name)),
    ]),
  );
}

/** CloudTrail writes the dates of responses as `Dec 12, 2026, 8:27:15 PM`. */
function trailDate(date: Date): string {
  return date
    .toLocaleString('en-US', { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'medium' })
    .replaceAll('\u202f', ' ');
}

export function isReadOnly(operation: string, isCryptographic: boolean): boolean {
  return isCryptographic || /^(?:Get|List|Describe|GenerateRandom)/.test(operation);
}

/** CloudTrail has its own word for one of them. */
export function errorCodeOf(name: KmsErrorName): string {
  return name === 'AccessDeniedException' ? 'AccessDenied' : name;
}

const resources = new WeakMap<KmsKey, TrailResource>();

/** One object for each key, since thousands of records are kept. */
function resourceOf(key: KmsKey): TrailResource {
  const { arn, identity } = key;
  const known = resources.get(key) ?? { accountId: identity.account, type: 'AWS::KMS::Key', ARN: arn };
  resources.set(key, known);
  return known;
}

export function resourcesOf(keys: readonly KmsKey[], alias: unknown, place: Place): TrailResource[] {
  const resources = [...new Set(keys)].map(resourceOf);
  if (typeof alias !== 'string') return resources;
  return [
    { accountId: place.account, type: 'AWS::KMS::Alias', ARN: aliasArn({ ...place, name: alias }) },
    ...resources,
  ];
}
