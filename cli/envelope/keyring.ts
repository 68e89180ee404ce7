import { createReadStream } from 'node:fs';
import { fingerprint } from '../../simulator/envelope/fingerprint.ts';
import type { Keyring } from '../../simulator/envelope/keyring.ts';
import { multiKeyring } from '../../simulator/envelope/keyrings/multi.ts';
import { rawAesKeyring } from '../../simulator/envelope/keyrings/raw-aes.ts';
import { systemRandom } from '../../simulator/kms/environment.ts';
import { CommandError } from '../failure.ts';
import { reasonOf } from '../files/read.ts';
import type { DecryptCommand, EncryptCommand } from './options.ts';
import { stateKeys } from './state-keys.ts';

/** What some options name. */
export interface Keys {
  readonly keyrings: readonly Keyring[];
  /** What somebody who encrypts has to know. */
  readonly warning?: string;
  /** What anybody has to know. */
  readonly notes?: readonly string[];
  /** Once nothing more is asked of them. */
  close?(): Promise<void>;
}

export interface OneKeyring extends Omit<Keys, 'keyrings'> {
  readonly keyring: Keyring;
}

/** The keys that the options name, as one keyring. @throws {CommandError} for none, or for what is no key. */
export async function keyringOf(options: EncryptCommand | DecryptCommand): Promise<OneKeyring> {
  const raw = await rawAesKeys(options);
  const { keyrings, ...more } = await stateKeys(options);
  const [first, ...others] = [...keyrings, ...raw];
  if (!first)
    throw new CommandError(
      'give a key with `--raw-aes-key FILE`, or one that `--state DIR` keeps with `--key NAME`: under a key that lives in memory only, the data would be lost',
    );
  return { ...more, keyring: others.length === 0 ? first : multiKeyring(first, others) };
}

async function rawAesKeys(options: EncryptCommand | DecryptCommand): Promise<readonly Keyring[]> {
  const { rawAesKey: files = [], keyNamespace: namespace, keyName } = options;
  const [first, ...others] = await Promise.all(files.map(readKey));
  if (!first) return [];
  if (keyName !== undefined && others.length > 0)
    throw new CommandError('`--key-name` names one key, and several are given');
  const ring = (wrappingKey: Uint8Array): Keyring => {
    try {
      return rawAesKeyring({ namespace, name: keyName ?? fingerprint(wrappingKey), wrappingKey, random: systemRandom });
    } catch (error) {
      throw error instanceof RangeError ? new CommandError(`\`--key-namespace\`: ${error.message}`) : error;
    }
  };
  return [first, ...others].map(ring);
}

async function readKey(path: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(path, { end: MOST_READ - 1 })) chunks.push(chunk);
  } catch (error) {
    throw error instanceof Error ? new CommandError(`cannot read \`${path}\`: ${reasonOf(error)}`) : error;
  }
  const bytes = Buffer.concat(chunks);
  if ([16, 24, 32].includes(bytes.length)) return bytes;
  const isText = /^[\s\w+/=-]+$/.test(bytes.toString('latin1'));
  const hint = isText ? 'it looks like text, such as hexadecimal digits, which must be decoded first' : HINT;
  const length = bytes.length === MOST_READ ? `${MOST_READ} bytes or more` : `${bytes.length} bytes`;
  throw new CommandError(`\`${path}\` has ${length}, and a raw AES key has 16, 24 or 32; ${hint}`);
}

const MOST_READ = 1024;
const HINT = '`openssl rand -out FILE 32` makes a new one';
