import { outcomeIn } from '../facts/key-states.ts';
import { findOperation } from '../facts/operations.ts';
import type { KeyState } from '../facts/types.ts';
import { isKmsErrorName, KmsError } from './errors.ts';
import type { SymmetricKey } from './symmetric-key.ts';

/** Throws what KMS answers to the operation where the key's state rules it out, as the operations table says. */
export function checkKeyState(operationName: string, key: SymmetricKey): void {
  const operation = findOperation(operationName);
  const outcome = operation && outcomeIn(operation, key.state, key.origin);
  if (outcome === undefined || typeof outcome === 'string' || !('error' in outcome)) return;
  const { error, message = '' } = outcome;
  if (!isKmsErrorName(error)) throw new Error(`the service has no exception \`${error}\``);
  const remedy = REMEDIES[key.state] ?? 'wait until KMS is done with the key';
  throw new KmsError(
    error,
    message.replace('<arn>', () => key.arn),
    remedy,
  );
}

const REMEDIES: Readonly<Partial<Record<KeyState, string>>> = {
  Disabled: 'call EnableKey; nothing that was encrypted under the key is lost',
  PendingDeletion: 'call CancelKeyDeletion before the waiting period ends, then EnableKey',
  PendingImport: 'call ImportKeyMaterial with the key material that is missing',
  Unavailable: 'call ConnectCustomKeyStore for the key store of the key',
};
