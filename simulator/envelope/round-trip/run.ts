import type { Caller } from '../../access/caller.ts';
import type { AuthorizationRequest } from '../../kms/authorize.ts';
import type { EncryptionContext } from '../../kms/encryption-context.ts';
import type { Environment } from '../../kms/environment.ts';
import { KmsError } from '../../kms/errors.ts';
import type { KmsKey } from '../../kms/key.ts';
import { createKeyService, type KeyService } from '../../kms/service.ts';
import { KeyWorld } from '../../kms/world.ts';
import { EnvelopeError } from '../errors.ts';
import type { ChangeId } from './changes.ts';
import type { ReportedError } from './report.ts';
import type { Payload } from './trip.ts';

export interface RoundTripOptions {
  /** The key as the round trip finds it; asked for again before each, since a change may leave it otherwise. */
  readonly key: () => Promise<KmsKey>;
  readonly encrypts: Party;
  /** Left out: who encrypts. */
  readonly decrypts?: Party;
  readonly encryptionContext: EncryptionContext;
  /** Pairs that whoever decrypts wants the message to have. */
  readonly required?: EncryptionContext;
  /** Read anew by each round trip. */
  readonly payload: Payload;
  /** In bytes; 4096 where left out. */
  readonly frameLength?: number;
  readonly environment: Environment;
  readonly authorize: RoundTripAuthorize;
  /** What is otherwise than it should be. */
  readonly change?: ChangeId | undefined;
  /** Shows what happens with a key that everybody involved may use, whatever the policies say. */
  readonly asIfAllowed?: boolean | undefined;
}

/** Somebody who calls KMS. */
export interface Party {
  /** As the asker knows them: an ARN, or a name of a scenario. */
  readonly name: string;
  /** As AWS's messages name them. */
  readonly arn: string;
  readonly caller: Caller;
}

export type RoundTripOperation = 'GenerateDataKey' | 'Decrypt' | 'Encrypt';

/** Decides about a call of somebody. */
export type RoundTripAuthorize = (
  operation: RoundTripOperation,
  encryptionContext: EncryptionContext,
  party: Party,
  asked: AuthorizationRequest,
) => Promise<RoundTripAuthorization>;

export interface RoundTripAuthorization {
  /** Whether the call goes through; for a verdict of `depends` that is the asker's choice. */
  readonly allowed: boolean;
  readonly verdict: 'allowed' | 'denied' | 'depends';
  readonly because: string;
  /** How AWS's message ends where the caller is refused; left out where it is not known. */
  readonly ending?: string;
}

/** A service that knows the key alone. Every call of a party is first put to `authorize`. */
export function serviceFor(
  key: KmsKey,
  party: Party,
  environment: Environment,
  authorize: RoundTripAuthorize,
): KeyService {
  return createKeyService({
    world: new KeyWorld([key]),
    environment,
    place: key.identity,
    async authorize(asked) {
      const { operation, encryptionContext = {} } = asked.request;
      if (operation !== 'GenerateDataKey' && operation !== 'Decrypt' && operation !== 'Encrypt')
        return { allowed: true };
      const { allowed, because, ending } = await authorize(operation, encryptionContext, party, asked);
      const message = `User: ${party.arn} is not authorized to perform: kms:${operation} on resource: ${key.arn}`;
      return { allowed, because, message: ending === undefined ? message : `${message} ${ending}` };
    },
  });
}

/** For what is shown whatever the policies say. */
export const allowed: RoundTripAuthorization = {
  allowed: true,
  verdict: 'allowed',
  because: 'everything is allowed here',
};

/** Passes on what is no failure of KMS or of a message. */
export function reportError(error: unknown): ReportedError {
  if (!(error instanceof KmsError || error instanceof EnvelopeError)) throw error;
  return { name: error.name, message: error.message, remedy: error.remedy };
}

export function byteCount(count: number): string {
  return count === 1 ? '1 byte' : `${count.toLocaleString('en-US')} bytes`;
}

export function contextText(context: EncryptionContext): string {
  const pairs = Object.entries(context).map(([key, value]) => `\`${key}\` = \`${value}\``);
  return pairs.length === 0 ? 'none' : pairs.join(', ');
}
