import { quotaName } from '../../facts/quotas.ts';
import { KmsError } from '../errors.ts';
import type { KmsKey } from '../key.ts';
import { chargesOf } from './charges.ts';
import type { RequestLimiter } from './limiter.ts';

export interface ThrottledCall {
  readonly operation: string;
  readonly keys: readonly KmsKey[];
  readonly input: Readonly<Record<string, unknown>>;
  /** Whose quotas it counts against. */
  readonly account: string;
  readonly region: string;
}

/** Counts a call. Throws what KMS answers where a quota that it counts against is used up. */
export function throttle(limiter: RequestLimiter, call: ThrottledCall, now: number): void {
  const { operation, keys, input, account, region } = call;
  const keyPairSpec = textOf(input['KeyPairSpec']);
  const pair = keyPairSpec === undefined ? {} : { keyPairSpec };
  const charges = chargesOf(
    operation,
    keys.map(({ identity: { spec, origin } }) => ({ keySpec: spec, origin, ...pair })),
  );
  const otherRegion = textOf(input['ReplicaRegion'] ?? input['PrimaryRegion']);
  const usedUp = limiter.admit(charges, { account, region, otherRegion }, now);
  if (!usedUp) return;
  const { quota, limit } = usedUp;
  const rate = `${limit.toLocaleString('en-US')} a second for ${quotaName(quota)} in ${usedUp.region}`;
  throw new KmsError(
    'ThrottlingException',
    'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    `wait a second and try again: the quota of ${account}, ${rate}, is used up${quota.adjustable ? '; AWS raises it on request' : ''}`,
  );
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
