import { createHash } from 'node:crypto';
import { accountOf, type Caller } from '../access/caller.ts';
import type { OperationDecision } from '../access/operation.ts';
import { keyArn } from '../access/request.ts';
import { managedKeyOf, type ServiceMember, type ServiceName } from '../facts/service-operations.ts';
import { KmsError } from '../kms/errors.ts';
import type { CallContext, OperationName, Operations } from '../kms/service.ts';
import type { Session } from '../kms/steps/session.ts';
import { StepProblem } from '../kms/steps/values.ts';
import type { Place } from '../kms/world.ts';
import type { ServiceEntry } from '../scenario/file.ts';
import type { Play } from '../scenario/play.ts';
import type { Shelf } from './shelf.ts';

/** In whose name a service calls KMS, and so on whose permissions. */
export interface Hand {
  readonly caller: Caller;
  /** As the file names it, else its ARN or service principal. */
  readonly shown: string;
  readonly context: Pick<CallContext, 'via' | 'mfa' | 'conditions'>;
}

/** A call of KMS that a service made. */
export interface MadeCall {
  readonly operation: OperationName;
  readonly hand: Hand;
  readonly input: Readonly<Record<string, unknown>>;
  readonly region: string;
  output?: object;
  /** What lets it through, or refuses it. */
  decision?: OperationDecision;
  error?: KmsError;
}

export type Pairs = Readonly<Record<string, string>>;

/** A data key as a service keeps it: encrypted, with what it takes to decrypt it. */
export interface SealedKey {
  readonly ciphertext: Uint8Array;
  readonly encryptionContext: Pairs;
  readonly keyArn: string;
  readonly region: string;
}

export interface ServiceGrant {
  readonly principal: string;
  readonly operations: Operations['CreateGrant']['input']['Operations'];
  readonly encryptionContext: Pairs;
  readonly region: string;
}

export interface Lent {
  readonly id: string;
  readonly token: string;
}

/** One request to a service, with everything that the service does for it. */
export class Errand {
  readonly service: ServiceName;
  readonly entry: ServiceEntry;
  /** Who asks the service, as the file names it. */
  readonly as: string;
  readonly made: MadeCall[] = [];
  private readonly play: Play;
  private readonly session: Session;

  constructor(service: ServiceName, entry: ServiceEntry, play: Play, session: Session) {
    this.service = service;
    this.entry = entry;
    this.as = entry.as ?? 'root';
    this.play = play;
    this.session = session;
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.session.clock.now();
  }

  /** The account that asks, and the Region that is asked: where the step says none, that of the key. */
  get place(): Place {
    const { defaults } = this.play.start;
    const { caller } = this.session.callerOf(this.as);
    const key = this.entry.key === undefined ? undefined : this.play.world.keyOf(this.entry.key)?.key;
    return {
      partition: caller.type === 'service' ? defaults.partition : caller.partition,
      account: accountOf(caller) ?? defaults.account,
      region: this.entry.region ?? key?.description.region ?? defaults.region,
    };
  }

  arn(service: string, resource: string, { partition, account, region }: Place = this.place): string {
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  }

  /** The text of a member that the operation needs. */
  text(member: ServiceMember): string {
    const value = this.entry[member];
    if (typeof value !== 'string' || value === '') throw new StepProblem(`give \`${member}\` a text`);
    return value;
  }

  has(member: ServiceMember): boolean {
    const value = this.entry[member];
    return value !== undefined && value !== false;
  }

  /** The key as the service names it to KMS: that of the step, else the AWS managed key of the service. */
  get key(): string {
    const { key } = this.entry;
    if (key === undefined) {
      const managed = managedKeyOf(this.service);
      if (managed === undefined) throw new StepProblem('name the `key`');
      return managed;
    }
    return this.keyId(key);
  }

  /** A name of the file stands for the ARN of its key, also when the key is gone; an alias is sent as it is. */
  private keyId(text: string): string {
    const named = this.play.world.keyOf(text) ?? this.play.start.keyOf(text);
    return named && named.description.requestAlias === undefined ? keyArn(named.description) : text;
  }

  /** For whoever asks, with their permissions: a forward access session, or the service that asks as itself. */
  get asCaller(): Hand {
    const { caller, mfa } = this.session.callerOf(this.as);
    const { context } = this.entry;
    return {
      caller,
      shown: this.as,
      context: {
        ...(caller.type === 'service' ? {} : { via: this.service }),
        ...(mfa === undefined ? {} : { mfa }),
        ...(context ? { conditions: context } : {}),
      },
    };
  }

  /** As a service principal, for one of its resources. */
  asService(principal: string, sourceArn: string, { account }: Pick<Place, 'account'> = this.place): Hand {
    return {
      caller: { type: 'service', service: principal },
      shown: principal,
      context: { conditions: { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': account } },
    };
  }

  /** As somebody else: the role of an instance, or with `via` one that the service calls for. */
  asPrincipal(named: string | Caller, via?: ServiceName): Hand {
    const { caller, mfa } =
      typeof named === 'string' ? this.session.callerOf(named) : { caller: named, mfa: undefined };
    return {
      caller,
      shown: typeof named === 'string' ? named : named.type === 'service' ? named.service : named.arn,
      context: { ...(via === undefined ? {} : { via }), ...(mfa === undefined ? {} : { mfa }) },
    };
  }

  /** The ARN that a grant names somebody by. */
  principalArn(named: string): string {
    return this.play.start.arnOf(named);
  }

  async call<Name extends OperationName>(
    hand: Hand,
    operation: Name,
    input: Operations[Name]['input'],
    region = this.place.region,
  ): Promise<Operations[Name]['output']> {
    const made: MadeCall = { operation, hand, input: { ...input }, region };
    this.made.push(made);
    const onAllowed = (decision: OperationDecision): void => {
      made.decision = decision;
    };
    try {
      const output = await this.session.service.call(operation, input, hand.caller, {
        ...hand.context,
        region,
        onAllowed,
      });
      made.output = output;
      return output;
    } catch (error) {
      if (error instanceof KmsError) {
        made.error = error;
        if (error.decision) made.decision = error.decision;
      }
      throw error;
    }
  }

  /** A new data key, of which the service keeps the encrypted copy. */
  async seal(hand: Hand, key: string, encryptionContext: Pairs, region: string): Promise<SealedKey> {
    const input = { KeyId: key, KeySpec: 'AES_256', EncryptionContext: encryptionContext } as const;
    const { CiphertextBlob, KeyId } = await this.call(hand, 'GenerateDataKey', input, region);
    return { ciphertext: CiphertextBlob, encryptionContext, keyArn: KeyId, region };
  }

  /** Gets the plaintext of a data key back. @param token of a grant that was made just now */
  async open(hand: Hand, { ciphertext, encryptionContext, region }: SealedKey, token?: string): Promise<void> {
    const tokens = token === undefined ? {} : { GrantTokens: [token] };
    const input = { CiphertextBlob: ciphertext, EncryptionContext: encryptionContext, ...tokens };
    await this.call(hand, 'Decrypt', input, region);
  }

  /**
   * A grant for a service itself, made with the permissions of whoever asks. It may use the key within this encryption
   * context until it retires the grant.
   */
  async lend(key: string, terms: ServiceGrant): Promise<Lent> {
    const { principal, operations, encryptionContext, region } = terms;
    const { GrantId, GrantToken } = await this.call(
      this.asCaller,
      'CreateGrant',
      {
        KeyId: key,
        GranteePrincipal: principal,
        RetiringPrincipal: principal,
        Operations: operations,
        Constraints: { EncryptionContextSubset: encryptionContext },
      },
      region,
    );
    return { id: GrantId, token: GrantToken };
  }

  /** What earlier steps made of a kind, by the names that the file gives it. */
  on<T>(shelf: Shelf<T>): Map<string, T> {
    return shelf.in(this.play);
  }

  /** What an earlier step made. */
  need<T>(shelf: Shelf<T>, member: ServiceMember): T {
    return this.find(shelf, this.text(member));
  }

  find<T>(shelf: Shelf<T>, name: string): T {
    const found = this.on(shelf).get(name);
    if (found === undefined)
      throw new StepProblem(`there is no ${shelf.what} \`${name}\`: let an earlier step make it`);
    return found;
  }
}

/** An id as AWS makes one, the same for the same name. */
export function idOf(prefix: string, name: string, length: number, alphabet: 'hex' | 'upper' = 'hex'): string {
  if (prefix !== '' && name.startsWith(prefix)) return name;
  const hash = createHash('sha256').update(`${prefix} ${name}`).digest();
  const text = alphabet === 'hex' ? hash.toString('hex') : hash.toString('base64').replace(/[^A-Za-z2-7]/g, 'A');
  return `${prefix}${(alphabet === 'hex' ? text : text.toUpperCase()).slice(0, length)}`;
}

/** A version id, the same for the same name. */
export function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
}
