import type { KeyDescription } from '../access/request.ts';
import { findKeySpec } from '../facts/key-specs.ts';
import type { KeyEntry } from './file.ts';

export interface KeyDefaults {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** A key of a scenario, or a replica of one. */
export interface DeclaredKey {
  /** The name that the file gives it; replicas have that of their primary. */
  readonly name: string;
  readonly entry: KeyEntry;
  readonly description: KeyDescription & { readonly id: string };
}

/** Every key of a file, each primary before its replicas. */
export function keysOf(keys: Readonly<Record<string, KeyEntry>>, defaults: KeyDefaults): DeclaredKey[] {
  return Object.entries(keys).flatMap(([name, entry]) => {
    const description = describe(name, entry, defaults);
    const replicas = (entry.replicas ?? []).map((region): DeclaredKey['description'] => ({
      ...description,
      region,
      multiRegionKeyType: 'REPLICA',
      // Aliases and tags are not copied to replicas.
      aliases: [],
      tags: {},
    }));
    return [description, ...replicas].map((each) => ({ name, entry, description: each }));
  });
}

/** Whatever a file leaves out about a key is decided, so that no verdict hangs on it. */
function describe(name: string, entry: KeyEntry, defaults: KeyDefaults): DeclaredKey['description'] {
  const { account = defaults.account, region = defaults.region, spec = 'SYMMETRIC_DEFAULT' } = entry;
  const isMultiRegion =
    entry.multiRegion ?? ((entry.replicas?.length ?? 0) > 0 || (entry.id?.startsWith('mrk-') ?? false));
  const aliases = entry.aliases ?? [];
  return {
    partition: defaults.partition,
    account,
    region,
    id: entry.id ?? idFor(`${account} ${region} ${name}`, isMultiRegion),
    spec,
    usage: entry.usage ?? findKeySpec(spec)?.uses[0]?.usage ?? 'ENCRYPT_DECRYPT',
    origin: entry.origin ?? 'AWS_KMS',
    multiRegion: isMultiRegion,
    ...(isMultiRegion ? { multiRegionKeyType: 'PRIMARY' } : {}),
    aliases,
    manager: aliases.some(isAwsManaged) ? 'AWS' : 'CUSTOMER',
    tags: entry.tags ?? {},
  };
}

/** Aliases of this form are those of AWS managed keys, and nobody else can make them. */
export const isAwsManaged = (alias: string): boolean => alias.startsWith('alias/aws/');

/** A key id that is the same for the same text: ids in verdicts and messages must not change from run to run. */
function idFor(text: string, isMultiRegion: boolean): string {
  const digits = digitsFor(text);
  if (isMultiRegion) return `mrk-${digits}`;
  // The version and the variant of random UUIDs.
  const uuid = `${digits.slice(0, 12)}4${digits.slice(13, 16)}a${digits.slice(17)}`;
  return uuid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** 32 hexadecimal digits, the same for the same text. */
export function digitsFor(text: string): string {
  return [1, 2, 3, 4].map((seed) => hash(text, seed).toString(16).padStart(8, '0')).join('');
}

/** FNV-1a with a mixing step at the end: enough to tell names apart, and nothing here is secret. */
function hash(text: string, seed: number): number {
  let value = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
