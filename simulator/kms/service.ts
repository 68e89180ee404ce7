import type { EncryptionContext } from './encryption-context.ts';
import type { Environment } from './environment.ts';
import { KmsError } from './errors.ts';
import { checkKeyState } from './key-state.ts';
import { type DecryptInput, type DecryptOutput, decrypt } from './operations/decrypt.ts';
import { type EncryptInput, type EncryptOutput, encrypt } from './operations/encrypt.ts';
import {
  type GenerateDataKeyInput,
  type GenerateDataKeyOutput,
  generateDataKey,
} from './operations/generate-data-key.ts';
import type { KeyLookup, Operation } from './operations/operation.ts';
import { keyIdOf, type SymmetricKey } from './symmetric-key.ts';

/** Inputs and outputs by operation, with the API's member names. */
export interface Operations {
  readonly Encrypt: { readonly input: EncryptInput; readonly output: EncryptOutput };
  readonly Decrypt: { readonly input: DecryptInput; readonly output: DecryptOutput };
  readonly GenerateDataKey: { readonly input: GenerateDataKeyInput; readonly output: GenerateDataKeyOutput };
}

export type OperationName = keyof Operations;

/** The simulated service: every operation goes through `call`. */
export interface KeyService {
  /**
   * Validates the request, finds its key, authorizes the caller, looks at the key's state, then acts. `caller` is the
   * ARN that AWS writes into messages. Rejects with a KmsError.
   */
  call<Name extends OperationName>(
    operation: Name,
    input: Operations[Name]['input'],
    caller: string,
  ): Promise<Operations[Name]['output']>;
}

export interface ServiceOptions {
  readonly keys: readonly SymmetricKey[];
  readonly environment: Environment;
  readonly authorize: Authorize;
}

/** Decides whether a caller may do what it asks, before anything is encrypted or decrypted. */
export type Authorize = (request: AuthorizationRequest) => Promise<Authorization>;

export interface AuthorizationRequest {
  readonly operation: OperationName;
  readonly keyArn: string;
  readonly caller: string;
  readonly encryptionContext: EncryptionContext;
}

export interface Authorization {
  readonly allowed: boolean;
  /** Why, for people. */
  readonly because: string;
  /** How AWS's message ends where the caller is refused: `because no identity-based policy allows the kms:Decrypt action`. */
  readonly ending?: string;
}

export function createKeyService(options: ServiceOptions): KeyService {
  const keys = keyLookup(options.keys);
  return {
    async call(name, input, caller) {
      const operation = OPERATIONS[name];
      operation.validate(input);
      const key = operation.findKey(input, keys, caller);
      const encryptionContext = input.EncryptionContext ?? {};
      const answer = await options.authorize({ operation: name, keyArn: key.arn, caller, encryptionContext });
      if (!answer.allowed) {
        const { name: resource, ending } = operation.resource(input, key);
        throw accessDenied(name, caller, resource, answer, answer.ending ?? ending);
      }
      checkKeyState(name, key);
      return operation.perform(key, input, options.environment.random);
    },
  };
}

const OPERATIONS: {
  readonly [Name in OperationName]: Operation<Operations[Name]['input'], Operations[Name]['output']>;
} = { Encrypt: encrypt, Decrypt: decrypt, GenerateDataKey: generateDataKey };

function keyLookup(keys: readonly SymmetricKey[]): KeyLookup {
  const byName = new Map<string, SymmetricKey>();
  for (const key of keys) byName.set(key.arn, key).set(keyIdOf(key.arn), key);
  return (keyId) => byName.get(keyId);
}

function accessDenied(
  operation: OperationName,
  caller: string,
  resource: string,
  answer: Authorization,
  ending: string | undefined,
): KmsError {
  const message = `User: ${caller} is not authorized to perform: kms:${operation} on ${resource}`;
  return new KmsError(
    'AccessDeniedException',
    ending === undefined ? message : `${message} ${ending}`,
    'change the policy that decides, or call as a principal that is allowed',
    answer.because,
  );
}
