import { type Caller, parseCaller } from '../../../simulator/access/caller.ts';
import type { Authorize } from '../../../simulator/kms/authorize.ts';
import { type Environment, ManualClock, seededRandom } from '../../../simulator/kms/environment.ts';
import type { KmsKey } from '../../../simulator/kms/key.ts';
import { newSymmetricKey } from '../../../simulator/kms/new-key.ts';
import { createKeyService, type KeyService } from '../../../simulator/kms/service.ts';
import { KeyWorld, type Place } from '../../../simulator/kms/world.ts';

export const ACCOUNT = '111122223333';
export const KEY_ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const OTHER_ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:key/0987dcba-09fe-87dc-65ba-ab0987654321`;
export const CALLER = `arn:aws:iam::${ACCOUNT}:user/ana`;
export const PLACE: Place = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };
export const NOW = Date.UTC(2026, 5, 1);

export function callerOf(text: string): Caller {
  const answer = parseCaller(text);
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.caller;
}

export const ana = callerOf(CALLER);

export function environmentOf(seed: string): Environment & { readonly clock: ManualClock } {
  return { clock: new ManualClock(NOW), random: seededRandom(seed) };
}

export function keyOf(arn: string, seed = arn): KmsKey {
  return newSymmetricKey(arn, environmentOf(seed));
}

export const allowed: Authorize = async () => ({ allowed: true, because: 'everything is allowed' });

export function serviceOf(
  keys: readonly KmsKey[] = [keyOf(KEY_ARN)],
  authorize: Authorize = allowed,
  seed = 'service',
): KeyService {
  return createKeyService({ world: new KeyWorld(keys), environment: environmentOf(seed), authorize, place: PLACE });
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
