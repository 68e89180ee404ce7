import { InvalidArgumentError } from 'commander';
import { type LoopbackAddress, loopbackAddress } from '../../simulator/endpoint/loopback.ts';
import type { CommitmentPolicy } from '../../simulator/envelope/commitment-policy.ts';
import { withoutCredentials } from '../../simulator/text/credentials.ts';

/** A KMS on this machine. */
export interface Endpoint extends LoopbackAddress {
  /** As somebody wrote it. */
  readonly url: string;
}

interface CommonOptions {
  readonly output: string;
  readonly rawAesKey?: readonly string[];
  readonly keyNamespace: string;
  readonly keyName?: string;
  readonly endpoint?: Endpoint;
  readonly state?: string;
  readonly key?: readonly string[];
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKeyFile?: string;
  readonly scenario?: string;
  readonly stateKey?: string;
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

export function parseEndpoint(text: string): Endpoint {
  try {
    return { ...loopbackAddress(text), url: text.replace(/\/$/, '') };
  } catch (error) {
    throw error instanceof RangeError ? new InvalidArgumentError(error.message) : error;
  }
}

/** People paste what they have at hand; a real one has no business here, not even to be sent to a neighbour process. */
export function parseAccessKeyId(text: string): string {
  if (!/^\w{1,128}$/.test(text)) throw new InvalidArgumentError('Write letters and digits, such as AKIAKMSLENSAPP.');
  if (withoutCredentials(text) === text) return text;
  throw new InvalidArgumentError('It looks like a real access key: use one that the scenario declares.');
}

export function parseCount(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number from 1 on.');
}
