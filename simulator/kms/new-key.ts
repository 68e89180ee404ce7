import { defaultKeyPolicy } from '../access/default-policies.ts';
import { parseKeyArn } from '../access/request.ts';
import { resourceQuotas } from '../facts/quotas.ts';
import type { Environment } from './environment.ts';
import { KmsError } from './errors.ts';
import { KmsKey } from './key.ts';
import { keyPolicyOf } from './key-policy.ts';
import { Materials, newMaterial } from './material.ts';
import type { KeyWorld, Place } from './world.ts';

const MOST_KEYS = resourceQuotas.find(({ name }) => name === 'customer managed keys')?.limit ?? 100_000;

/** Throws what KMS answers where an account has as many keys in a Region as it may have. */
export function checkRoom(world: KeyWorld, place: Place): void {
  if (world.customerKeysIn(place) < MOST_KEYS) return;
  throw new KmsError('LimitExceededException', '', `an account has ${MOST_KEYS} keys in a Region at most`);
}

/** @param bytes 16 of them */
export function newKeyId(isMultiRegion: boolean, bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  if (isMultiRegion) return `mrk-${hex}`;
  // The version and the variant of random UUIDs.
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}

/** A new enabled symmetric key with the default policy. Throws a RangeError for what is no ARN of a key. */
export function newSymmetricKey(arn: string, { random, clock }: Environment): KmsKey {
  const named = parseKeyArn(arn);
  if (named?.id === undefined) throw new RangeError(`\`${arn}\` is no ARN of a key`);
  const { partition, account, region, id } = named;
  return new KmsKey({
    partition,
    account,
    region,
    id,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    manager: 'CUSTOMER',
    created: clock.now(),
    state: 'Enabled',
    policy: keyPolicyOf(defaultKeyPolicy(partition, account)),
    materials: new Materials(newMaterial(id, 'SYMMETRIC_DEFAULT', random)),
  });
}
