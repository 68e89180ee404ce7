import type { EncryptionContext } from '../encryption-context.ts';
import type { RandomSource } from '../environment.ts';
import { keyNotFound } from '../errors.ts';
import type { SymmetricKey } from '../symmetric-key.ts';

/**
 * One operation of the API, as the steps that the service takes in AWS's order: the request is validated, the key is
 * found, the caller is authorized, the state of the key is looked at, the operation acts. Inputs and outputs have the
 * API's member names.
 */
export interface Operation<Input, Output> {
  /** Throws a ValidationException for what is wrong with the request alone. */
  validate(input: Input): void;
  /** The key that the request is about. Throws a KmsError where there is none. */
  findKey(input: Input, keys: KeyLookup, caller: string): SymmetricKey;
  /** How AWS names the resource in an AccessDeniedException. */
  resource(input: Input, key: SymmetricKey): DeniedResource;
  perform(key: SymmetricKey, input: Input, random: RandomSource): Promise<Output>;
}

/** A key by its ARN or id. */
export type KeyLookup = (keyId: string) => SymmetricKey | undefined;

export interface DeniedResource {
  readonly name: string;
  /** How the message ends where the authorization gives no ending of its own. */
  readonly ending?: string;
}

/** What requests about one symmetric encryption key have in common. */
export interface KeyRequest {
  /** The key's id or ARN. */
  readonly KeyId: string;
  readonly EncryptionContext?: EncryptionContext;
}

export const MAXIMUM_KEY_ID_LENGTH = 2048;

export function findNamedKey(input: KeyRequest, keys: KeyLookup): SymmetricKey {
  const key = keys(input.KeyId);
  if (!key) throw keyNotFound(input.KeyId);
  return key;
}

export function namedResource(_input: KeyRequest, key: SymmetricKey): DeniedResource {
  return { name: `resource: ${key.arn}` };
}
