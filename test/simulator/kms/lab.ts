import type { Caller } from '../../../simulator/access/caller.ts';
import { fromValue } from '../../../simulator/json/node.ts';
import { byPolicies, type PolicySource } from '../../../simulator/kms/authorize.ts';
import { ManualClock, seededRandom } from '../../../simulator/kms/environment.ts';
import { KmsError } from '../../../simulator/kms/errors.ts';
import type { KmsKey } from '../../../simulator/kms/key.ts';
import type { Principals } from '../../../simulator/kms/policy-checks.ts';
import type { RequestLimiter } from '../../../simulator/kms/quotas/limiter.ts';
import {
  type CallContext,
  createKeyService,
  type KeyService,
  type OperationName,
  type Operations,
} from '../../../simulator/kms/service.ts';
import { KeyWorld, type WorldOptions } from '../../../simulator/kms/world.ts';
import { CompiledPolicy } from '../../../simulator/policy/compile.ts';
import { readPolicy } from '../../../simulator/policy/document.ts';
import { allowed, ana, callerOf, NOW, PLACE } from './keys.ts';

export const DAY = 24 * 60 * 60 * 1000;

/** A service with a clock to move, and Ana who calls. */
export class Lab {
  readonly clock = new ManualClock(NOW);
  readonly world: KeyWorld;
  readonly service: KeyService;

  constructor(
    policies?: Readonly<Record<string, object | undefined>>,
    principals?: Principals,
    grants: WorldOptions = {},
    limiter?: RequestLimiter,
  ) {
    this.world = new KeyWorld([], grants);
    this.service = createKeyService({
      world: this.world,
      environment: { clock: this.clock, random: seededRandom('lab') },
      authorize: policies ? byPolicies(sourceOf(policies)) : allowed,
      place: PLACE,
      ...(principals ? { principals } : {}),
      ...(limiter ? { limiter } : {}),
    });
  }

  call<Name extends OperationName>(
    name: Name,
    input: Operations[Name]['input'],
    caller: Caller | string = ana,
    context: CallContext = {},
  ): Promise<Operations[Name]['output']> {
    return this.service.call(name, input, typeof caller === 'string' ? callerOf(caller) : caller, context);
  }

  /** `ok`, or the error as `Name: message`. */
  async outcome<Name extends OperationName>(
    name: Name,
    input: Operations[Name]['input'],
    caller?: Caller | string,
    context?: CallContext,
  ): Promise<string> {
    try {
      await this.call(name, input, caller, context);
      return 'ok';
    } catch (error) {
      if (error instanceof KmsError) return `${error.name}: ${error.message}`;
      throw error;
    }
  }

  /** A new key; its id. */
  async key(
    input: Operations['CreateKey']['input'] = {},
    caller?: Caller | string,
    context?: CallContext,
  ): Promise<KmsKey> {
    const { KeyMetadata } = await this.call('CreateKey', input, caller, context);
    const key = this.world.key(String(KeyMetadata['Arn']));
    if (!key) throw new Error('no key was made');
    return key;
  }

  wait(days: number): void {
    this.clock.advance(days * DAY);
    this.service.settle();
  }
}

/** Identity policies by the ARN of their user or role. */
function sourceOf(policies: Readonly<Record<string, object | undefined>>): PolicySource {
  return {
    worldFor(caller) {
      const arn = caller.type === 'role-session' ? caller.roleArn : caller.type === 'service' ? undefined : caller.arn;
      const policy = arn === undefined ? undefined : policies[arn];
      return { identityPolicies: policy ? [new CompiledPolicy(readPolicy(fromValue(policy)), arn)] : [] };
    },
    knownOf: () => ({ principalTags: {}, principalOrganization: null, resourceOrganization: null }),
  };
}

export const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] };

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
