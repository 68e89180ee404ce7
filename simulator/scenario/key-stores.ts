import type { KeyStoreType } from '../facts/types.ts';
import type { KeyEntry, KeyStoreEntry } from './file.ts';
import { digitsFor, type KeyDefaults } from './keys.ts';

/** A custom key store of a scenario, with everything that the file leaves out. */
export interface DeclaredKeyStore {
  readonly name: string;
  readonly entry: KeyStoreEntry;
  readonly type: KeyStoreType;
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly cluster: string;
  readonly endpoint: string;
  readonly path: string;
}

export function keyStoreOf(name: string, entry: KeyStoreEntry, defaults: KeyDefaults): DeclaredKeyStore {
  const { account = defaults.account, region = defaults.region } = entry;
  const digits = digitsFor(`key store ${account} ${region} ${name}`);
  return {
    name,
    entry,
    type: entry.type ?? 'AWS_CLOUDHSM',
    partition: defaults.partition,
    account,
    region,
    id: entry.id ?? `cks-${digits.slice(0, 17)}`,
    cluster: entry.cluster ?? `cluster-${digits.slice(0, 11).replace(/[0189]/g, (digit) => LETTERS[digit] ?? digit)}`,
    endpoint: entry.endpoint ?? `https://xks-${digits.slice(0, 8)}.example.com`,
    path: entry.path ?? '/kms/xks/v1',
  };
}

/** IDs of clusters have no digits but 2 to 7. */
const LETTERS: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '8': 'i', '9': 'j' };

/** A key in a custom key store has the type of the store as its origin. */
export function originOf(
  { origin, customKeyStore }: Pick<KeyEntry, 'origin' | 'customKeyStore'>,
  stores: Readonly<Record<string, Pick<KeyStoreEntry, 'type'>>>,
): string | undefined {
  if (origin !== undefined || customKeyStore === undefined) return origin;
  return Object.hasOwn(stores, customKeyStore) ? (stores[customKeyStore]?.type ?? 'AWS_CLOUDHSM') : undefined;
}

/** The external key of a key that names none. */
export const externalKeyFor = (name: string): string => name.replace(/[^a-zA-Z0-9_.-]/g, '-').slice(0, 128);
