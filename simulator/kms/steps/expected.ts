import { keyArn, parseKeyArn } from '../../access/request.ts';
import type { ScenarioWorld } from '../../scenario/world.ts';
import { keyNamed, readBytes } from './values.ts';

/** Compares a response with the part of it that a step expects; `null` expects that a member is not there. */
export function hasExpected(expected: unknown, actual: unknown, world: ScenarioWorld): boolean {
  if (expected === null) return actual === undefined || actual === null;
  if (actual instanceof Uint8Array) {
    const bytes =
      expected instanceof Uint8Array ? expected : typeof expected === 'string' ? readBytes(expected) : undefined;
    return bytes !== undefined && Buffer.compare(bytes, actual) === 0;
  }
  if (actual instanceof Date) return isMoment(expected, actual);
  if (Array.isArray(expected))
    return (
      Array.isArray(actual) &&
      expected.length === actual.length &&
      expected.every((each, index) => hasExpected(each, actual[index], world))
    );
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return false;
    const members = new Map(Object.entries(actual));
    return Object.entries(expected).every(([name, each]) => hasExpected(each, members.get(name), world));
  }
  if (typeof expected === 'string' && typeof actual === 'string')
    return expected === actual || isKey(expected, actual, world) || world.keyStoreOf(expected)?.id === actual;
  return expected === actual;
}

/** As ISO 8601 or as seconds since 1970. */
function isMoment(expected: unknown, actual: Date): boolean {
  if (expected instanceof Date) return expected.getTime() === actual.getTime();
  if (typeof expected === 'number') return expected * 1000 === actual.getTime();
  return typeof expected === 'string' && Date.parse(expected) === actual.getTime();
}

/** A key may go by the name that the file gives it, in whichever Region it is. */
function isKey(expected: string, actual: string, world: ScenarioWorld): boolean {
  const description = keyNamed(expected, world)?.description;
  if (!description) return false;
  const region = (description.multiRegion && parseKeyArn(actual)?.region) || description.region;
  return actual === description.id || actual === keyArn({ ...description, region });
}

/** The part of a response that the expectation speaks of, as JSON has it. */
export function partOf(expected: unknown, actual: unknown): unknown {
  if (actual instanceof Uint8Array) {
    const isText = typeof expected === 'string' && expected.startsWith('text:');
    return isText ? `text:${Buffer.from(actual).toString()}` : `base64:${Buffer.from(actual).toString('base64')}`;
  }
  if (actual instanceof Date) return actual.toISOString();
  if (Array.isArray(actual))
    return actual.map((each, index) => partOf(Array.isArray(expected) ? expected[index] : undefined, each));
  if (typeof actual !== 'object' || actual === null) return actual ?? null;
  const members = new Map(Object.entries(actual));
  const isPart = typeof expected === 'object' && expected !== null && !Array.isArray(expected);
  const wanted = isPart ? Object.entries(expected) : [...members].map(([name]) => [name, undefined] as const);
  return Object.fromEntries(wanted.map(([name, each]) => [name, partOf(each, members.get(name))]));
}
