import { InvalidArgumentError } from 'commander';
import type { CommitmentPolicy } from '../../simulator/envelope/commitment-policy.ts';

interface CommonOptions {
  readonly output: string;
  readonly rawAesKey?: readonly string[];
  readonly keyNamespace: string;
  readonly keyName?: string;
  readonly key?: readonly string[];
  readonly state?: string;
  readonly stateKey?: string;
  readonly scenario?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  readonly maxEncryptedDataKeys?: number;
  readonly force?: true;
  readonly format: 'text' | 'json';
}

export interface EncryptCommand extends CommonOptions {
  readonly frameLength: number;
  readonly sign?: true;
}

export interface DecryptCommand extends CommonOptions {
  readonly commitmentPolicy: CommitmentPolicy;
  readonly maxHeld: number;
}

const UNITS: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** Bytes, also as `64MiB`. */
export function parseSize(text: string): number {
  const [, digits, unit = ''] = /^(\d+)(KiB|MiB|GiB)?$/.exec(text) ?? [];
  const size = Number(digits) * (UNITS[unit] ?? 1);
  if (size >= 1 && size <= 0xffffffff) return size;
  throw new InvalidArgumentError('Write a number of bytes up to 4294967295, such as 4096 or 64MiB.');
}

export function parseCount(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number from 1 on.');
}
