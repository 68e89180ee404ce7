import { defaultKeyPolicy } from '../access/default-policies.ts';
import { parseKeyArn } from '../access/request.ts';
import type { Environment } from './environment.ts';
import { KmsKey } from './key.ts';
import { keyPolicyOf } from './key-policy.ts';
import { Materials, newMaterial } from './material.ts';

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
