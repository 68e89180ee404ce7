import { outcomeIn } from '../facts/key-states.ts';
import type { KeyState, KmsErrorFact, KmsOperation } from '../facts/types.ts';
import { isKmsErrorName, KmsError } from './errors.ts';
import type { KmsKey } from './key.ts';

/** Throws what KMS answers where the usage or the type of the key rules the operation out. */
export function checkUsage({ name, keyUsages, keyTypes, wrongKey }: KmsOperation, key: KmsKey): void {
  const { usage } = key.identity;
  const fits = (keyTypes?.includes(key.type) ?? true) && (keyUsages?.includes(usage) ?? true);
  if (fits || !wrongKey) return;
  throw errorOf(wrongKey, key, `use a key that is made for ${name}; the usage and the spec of a key never change`);
}

/**
 * Throws what KMS answers to the operation where the key's state or origin rules it out, as the operations table says.
 * @param role `other`: not the key that an alias will point to
 */
export function checkState(operation: KmsOperation, key: KmsKey, role: 'key' | 'other' = 'key'): void {
  const outcome = outcomeIn(operation, key.state, key.identity.origin);
  if (outcome === undefined || typeof outcome === 'string' || !('error' in outcome)) return;
  if (outcome.onlyFor !== undefined && outcome.onlyFor !== role) return;
  const isOrigin = outcome.error === 'UnsupportedOperationException';
  const remedy = isOrigin ? 'use a key of another origin; the origin of a key never changes' : REMEDIES[key.state];
  throw errorOf(outcome, key, remedy ?? 'wait until KMS is done with the key');
}

function errorOf({ error, message = '' }: KmsErrorFact, { arn, identity }: KmsKey, remedy: string): KmsError {
  if (!isKmsErrorName(error)) throw new Error(`the service has no exception \`${error}\``);
  const values: Readonly<Record<string, string>> = { arn, origin: identity.origin, usage: identity.usage };
  return new KmsError(
    error,
    message.replace(/<(\w+)>/g, (whole, name) => values[name] ?? whole),
    remedy,
  );
}

const REMEDIES: Readonly<Partial<Record<KeyState, string>>> = {
  Enabled: 'call ScheduleKeyDeletion first',
  Disabled: 'call EnableKey; nothing that was encrypted under the key is lost',
  PendingDeletion: 'call CancelKeyDeletion before the waiting period ends, then EnableKey',
  PendingImport: 'call ImportKeyMaterial with the key material that is missing',
  Unavailable: 'call ConnectCustomKeyStore for the key store of the key',
};
