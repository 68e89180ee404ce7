import type { Caller } from '../access/caller.ts';
import { findRegion } from '../facts/regions.ts';
import type { ScenarioCaller, ScenarioWorld } from '../scenario/world.ts';
import { dateOf, momentOf, readAuthorization, type Signed } from './authorization.ts';
import { invalidSignature, ProtocolError, unrecognizedClient } from './errors.ts';
import type { HttpRequest } from './http.ts';

/** Who calls, and where. */
export interface Identified {
  /** The same object for the same principal. */
  readonly who: ScenarioCaller;
  /** Its name in the scenario. */
  readonly name: string | undefined;
  readonly region: string;
  /** Nobody knows the access key, so that the root user calls. */
  readonly isFallback: boolean;
}

/** Whether a request bears the signature that a secret gives: handed in, since cryptography is Node's. */
export type IsSignedWith = (request: HttpRequest, signed: Signed, secret: string) => Promise<boolean>;

export interface CallersOptions {
  readonly isSignedWith: IsSignedWith;
  /** Access keys that nobody declared are refused. Left out: where the scenario declares some. */
  readonly strict?: boolean | undefined;
  readonly allowUnsigned?: boolean | undefined;
  /** Real time, in milliseconds since 1970. */
  readonly realTime: () => number;
}

interface AccessKey {
  readonly name: string;
  readonly secret: string | undefined;
  readonly partition: string | undefined;
  readonly who: ScenarioCaller;
  /** By the Regions that were called. */
  readonly identified: Map<string, Identified>;
}

const MINUTE = 60_000;
const TOLERANCE = 5 * MINUTE;

/** Finds out who sends requests, by their access keys. */
export class Callers {
  readonly isStrict: boolean;
  private readonly world: ScenarioWorld;
  private readonly options: CallersOptions;
  private readonly keys = new Map<string, AccessKey>();
  private readonly roots = new Map<string, ScenarioCaller>();

  /** @throws {RangeError} for an access key that several principals have */
  constructor(world: ScenarioWorld, options: CallersOptions) {
    this.world = world;
    this.options = options;
    for (const [name, { accessKeyId, secretAccessKey }] of Object.entries(world.file.principals ?? {})) {
      if (accessKeyId === undefined) continue;
      const other = this.keys.get(accessKeyId);
      if (other)
        throw new RangeError(`\`${other.name}\` and \`${name}\` have the same \`accessKeyId\`: give one another one`);
      const caller = world.callerOf(name);
      this.keys.set(accessKeyId, {
        name,
        secret: secretAccessKey,
        partition: partitionOf(caller.caller),
        who: caller,
        identified: new Map(),
      });
    }
    this.isStrict = options.strict ?? this.keys.size > 0;
  }

  /** The access keys that there are, with the names of the principals. */
  get known(): readonly { readonly id: string; readonly name: string; readonly isVerified: boolean }[] {
    return [...this.keys].map(([id, { name, secret }]) => ({ id, name, isVerified: secret !== undefined }));
  }

  /** @throws {ProtocolError} as AWS answers */
  async identify(request: HttpRequest): Promise<Identified> {
    const signed = readAuthorization(request);
    if (!signed) {
      if (!this.options.allowUnsigned)
        throw new ProtocolError('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
      return this.fallback(this.world.defaults.region, this.world.defaults.partition);
    }
    const { service, region } = signed;
    if (service !== 'kms') throw invalidSignature("Credential should be scoped to correct service: 'kms'. ");
    const place = findRegion(region);
    if (!place) throw invalidSignature('Credential should be scoped to a valid region. ');
    const partition = place.partition.name;
    const key = this.keys.get(signed.accessKeyId);
    if (!key) {
      if (this.isStrict) throw unrecognizedClient();
      return this.fallback(region, partition);
    }
    // Credentials of one partition are unknown in the others.
    if (key.partition !== partition) throw unrecognizedClient();
    if (key.secret !== undefined) await this.verify(request, signed, key.secret);
    return this.identified(key, region);
  }

  /** The same object for each call, since they come by the thousand. */
  private identified({ who, name, identified }: AccessKey, region: string): Identified {
    const known = identified.get(region) ?? { who, name, region, isFallback: false };
    identified.set(region, known);
    return known;
  }

  private async verify(request: HttpRequest, signed: Signed, secret: string): Promise<void> {
    const now = this.options.realTime();
    const at = momentOf(signed.date);
    const inWords = (moment: number): string => `${dateOf(moment)} (${dateOf(now)} `;
    if (Number.isNaN(at)) throw invalidSignature('Date is no moment. ');
    if (at < now - TOLERANCE)
      throw invalidSignature(
        `Signature expired: ${signed.date} is now earlier than ${inWords(now - TOLERANCE)}- 5 min.)`,
      );
    if (at > now + TOLERANCE)
      throw invalidSignature(
        `Signature not yet current: ${signed.date} is still later than ${inWords(now + TOLERANCE)}+ 5 min.)`,
      );
    if (!(await this.options.isSignedWith(request, signed, secret)))
      throw invalidSignature(
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      );
  }

  private fallback(region: string, partition: string): Identified {
    const { account } = this.world.defaults;
    const root = this.roots.get(partition) ?? this.world.callerOf(`arn:${partition}:iam::${account}:root`);
    this.roots.set(partition, root);
    return { who: root, name: undefined, region, isFallback: true };
  }
}

function partitionOf(caller: Caller): string | undefined {
  return caller.type === 'service' ? undefined : caller.partition;
}
