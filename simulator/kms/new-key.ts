import { defaultKeyPolicy } from '../access/default-policies.ts';
import { parseKeyArn } from '../access/request.ts';
import type { Environment } from './environment.ts';
import { KmsKey } from './key.ts';
import { keyPolicyOf } from './key-policy.ts';
import { Materials, newMaterial } from './material.ts';

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
    policy: keyPolicyOf(defaultKeyPolicy(partition, account), 'key-default-1'),
    materials: new Materials(newMaterial(id, 'SYMMETRIC_DEFAULT', random)),
  });
}
