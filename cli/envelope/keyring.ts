import type { Keyring } from '../../simulator/envelope/keyring.ts';
import { multiKeyring } from '../../simulator/envelope/keyrings/multi.ts';
import { CommandError } from '../failure.ts';
import { endpointKeys } from './endpoint-keys.ts';
import type { DecryptCommand, EncryptCommand } from './options.ts';
import { rawAesKeys } from './raw-aes-keys.ts';
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

/** Where keys come from; the first one that there is makes the data keys. */
const sources: readonly ((options: EncryptCommand | DecryptCommand) => Promise<Keys>)[] = [
  endpointKeys,
  stateKeys,
  rawAesKeys,
];

export interface OneKeyring {
  readonly keyring: Keyring;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** The keys that the options name, as one keyring. @throws {CommandError} for none, or for what is no key. */
export async function keyringOf(options: EncryptCommand | DecryptCommand): Promise<OneKeyring> {
  const { endpoint, state, key } = options;
  if (endpoint && state !== undefined)
    throw new CommandError('`--key` is one of `--endpoint` or of `--state`: give one of the two');
  if (key && !endpoint && state === undefined)
    throw new CommandError('`--key` goes with `--endpoint URL` or `--state DIR`, which has it');
  const found: Keys[] = [];
  const close = async (): Promise<void> => {
    for (const each of found) await each.close?.();
  };
  try {
    for (const source of sources) found.push(await source(options));
    const [first, ...others] = found.flatMap(({ keyrings }) => keyrings);
    if (!first)
      throw new CommandError(
        'give a key with `--raw-aes-key FILE`, one that `--state DIR` keeps with `--key NAME`, or one of a running `kms-lens serve` with `--endpoint URL --key NAME`: under a key that lives in memory only, the data would be lost',
      );
    return {
      keyring: others.length === 0 ? first : multiKeyring(first, others),
      warnings: found.flatMap(({ warning }) => warning ?? []),
      notes: found.flatMap(({ notes = [] }) => notes),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
