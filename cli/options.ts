import { InvalidArgumentError, Option } from 'commander';
import { regionName } from '../simulator/facts/region-name.ts';

/** `--format`, which every verb takes. */
export function formatOption<T extends string>(formats: readonly [T, ...T[]]): Option {
  return new Option('--format <format>', 'how to write the results').choices(formats).default(formats[0]);
}

/** For options that may be given several times. */
export function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** For `--encryption-context k=v`, given once for each pair. */
export function collectPair(
  text: string,
  earlier: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const [name, value] = splitPair(text);
  if (earlier && Object.hasOwn(earlier, name)) throw new InvalidArgumentError(`\`${name}\` is given twice.`);
  return { ...earlier, [name]: value };
}

/** For `--context KEY=VALUE`; a key that is given again has several values. */
export function collectValues(
  text: string,
  earlier: Readonly<Record<string, readonly string[]>> | undefined,
): Readonly<Record<string, readonly string[]>> {
  const [name, value] = splitPair(text);
  const values = earlier && Object.hasOwn(earlier, name) ? (earlier[name] ?? []) : [];
  return { ...earlier, [name]: [...values, value] };
}

/** Refuses what is no condition key: all that exist have a colon. */
export function parseConditionKeys<T>(collector: (text: string, earlier: T | undefined) => T) {
  return (text: string, earlier: T | undefined): T => {
    const [name] = splitPair(text);
    if (!name.includes(':'))
      throw new InvalidArgumentError(`\`${name}\` is no condition key: write one such as aws:SourceIp=192.0.2.7.`);
    return collector(text, earlier);
  };
}

export function parseRegion(text: string): string {
  if (regionName.test(text)) return text;
  throw new InvalidArgumentError('Write the name of a Region, such as eu-central-1.');
}

/** For `--via`: the first part of a value of kms:ViaService. */
export function parseService(text: string): string {
  if (/^[a-z0-9-]+$/.test(text)) return text;
  throw new InvalidArgumentError("Write the service's name alone, such as s3.");
}

export function parsePercent(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && 0 <= value && value <= 100) return value;
  throw new InvalidArgumentError('Write a number from 0 to 100.');
}

/** For `--input`: the request parameters as a JSON object. */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`It is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidArgumentError('Write a JSON object such as {"KeyId": "alias/orders"}.');
  return Object.fromEntries(Object.entries(value));
}

function splitPair(text: string): [name: string, value: string] {
  const index = text.indexOf('=');
  if (index < 1) throw new InvalidArgumentError('Write it as name=value.');
  return [text.slice(0, index), text.slice(index + 1)];
}
