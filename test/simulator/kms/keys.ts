import { type Environment, ManualClock, seededRandom } from '../../../simulator/kms/environment.ts';
import { type Authorize, createKeyService, type KeyService } from '../../../simulator/kms/service.ts';
import { createSymmetricKey, type SymmetricKey } from '../../../simulator/kms/symmetric-key.ts';

export const KEY_ARN = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
export const OTHER_ARN = 'arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321';
export const CALLER = 'arn:aws:iam::111122223333:user/ana';

export function environmentOf(seed: string): Environment {
  return { clock: new ManualClock(Date.UTC(2026, 0, 1)), random: seededRandom(seed) };
}

export function keyOf(arn: string, seed = arn): SymmetricKey {
  return createSymmetricKey(arn, seededRandom(seed));
}

export const allowed: Authorize = async () => ({ allowed: true, because: 'everything is allowed' });

export function serviceOf(
  keys: readonly SymmetricKey[] = [keyOf(KEY_ARN)],
  authorize: Authorize = allowed,
  seed = 'service',
): KeyService {
  return createKeyService({ keys, environment: environmentOf(seed), authorize });
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
