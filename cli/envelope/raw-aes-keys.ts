import { createReadStream } from 'node:fs';
import { fingerprint } from '../../simulator/envelope/fingerprint.ts';
import type { Keyring } from '../../simulator/envelope/keyring.ts';
import { rawAesKeyring } from '../../simulator/envelope/keyrings/raw-aes.ts';
import { systemRandom } from '../../simulator/kms/environment.ts';
import { CommandError } from '../failure.ts';
import { reasonOf } from '../files/read.ts';
import type { Keys } from './keyring.ts';
import type { DecryptCommand, EncryptCommand } from './options.ts';

/** The keys of `--raw-aes-key`. @throws {CommandError} for what is no key */
export async function rawAesKeys(options: EncryptCommand | DecryptCommand): Promise<Keys> {
  const { rawAesKey: files = [], keyNamespace: namespace, keyName } = options;
  const keys = await Promise.all(files.map(readKey));
  if (keyName !== undefined && keys.length > 1)
    throw new CommandError('`--key-name` names one key, and several are given');
  const ring = (wrappingKey: Uint8Array): Keyring => {
    try {
      return rawAesKeyring({ namespace, name: keyName ?? fingerprint(wrappingKey), wrappingKey, random: systemRandom });
    } catch (error) {
      throw error instanceof RangeError ? new CommandError(`\`--key-namespace\`: ${error.message}`) : error;
    }
  };
  return { keyrings: keys.map(ring) };
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
