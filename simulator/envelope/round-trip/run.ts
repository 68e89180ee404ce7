import { type Caller, parseCaller } from '../../access/caller.ts';
import type { EncryptionContext } from '../../kms/encryption-context.ts';
import type { Environment } from '../../kms/environment.ts';
import { KmsError } from '../../kms/errors.ts';
import type { KmsKey } from '../../kms/key.ts';
import { createKeyService } from '../../kms/service.ts';
import { KeyWorld } from '../../kms/world.ts';
import { EnvelopeError } from '../errors.ts';
import type { Keyring } from '../keyring.ts';
import { kmsKeyring } from '../keyrings/kms.ts';
import type { ReportedError } from './report.ts';

export interface RoundTripOptions {
  readonly keyArn: string;
  /** The ARN of the principal that encrypts and decrypts. */
  readonly principal: string;
  readonly encryptionContext: EncryptionContext;
  readonly payload: Uint8Array;
  /** In bytes; 4096 where left out. */
  readonly frameLength?: number;
  readonly environment: Environment;
  readonly authorize: RoundTripAuthorize;
}

export type RoundTripOperation = 'GenerateDataKey' | 'Decrypt';

/** Decides about a call of the principal. */
export type RoundTripAuthorize = (
  operation: RoundTripOperation,
  encryptionContext: EncryptionContext,
) => Promise<RoundTripAuthorization>;

export interface RoundTripAuthorization {
  /** Whether the call goes through; for a verdict of `depends` that is the asker's choice. */
  readonly allowed: boolean;
  readonly verdict: 'allowed' | 'denied' | 'depends';
  readonly because: string;
  /** How AWS's message ends where the caller is refused; left out where it is not known. */
  readonly ending?: string;
}

/** What all parts of one run share. */
export interface Run {
  readonly options: RoundTripOptions;
  readonly key: KmsKey;
}

/** A keyring of the run's key for its principal. Every call is first put to `authorize`. */
export function keyringFor({ options, key }: Run, authorize: RoundTripAuthorize): Keyring {
  const caller = callerOf(options.principal, key);
  const service = createKeyService({
    world: new KeyWorld([key]),
    environment: options.environment,
    place: key.identity,
    async authorize({ request }) {
      const { operation, encryptionContext = {} } = request;
      if (operation !== 'GenerateDataKey' && operation !== 'Decrypt')
        return { allowed: false, because: 'a round trip sends no payload to KMS' };
      const { allowed, because, ending } = await authorize(operation, encryptionContext);
      const message = `User: ${options.principal} is not authorized to perform: kms:${operation} on resource: ${key.arn}`;
      return { allowed, because, message: ending === undefined ? message : `${message} ${ending}` };
    },
  });
  return kmsKeyring({ service, keyArn: options.keyArn, caller });
}

function callerOf(principal: string, { identity }: KmsKey): Caller {
  const answer = parseCaller(principal, identity);
  if ('problem' in answer) throw new RangeError(answer.problem);
  return answer.caller;
}

/** For what is shown whatever the policies say. */
export const allowEverything: RoundTripAuthorize = async () => ({
  allowed: true,
  verdict: 'allowed',
  because: 'everything is allowed here',
});

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
