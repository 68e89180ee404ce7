import type { Caller } from '../access/caller.ts';
import { awsManagedKeyPolicy } from '../access/default-policies.ts';
import { findAwsManagedKey } from '../facts/aws-managed-keys.ts';
import { DAY } from './by-itself.ts';
import type { RandomSource } from './environment.ts';
import { KmsKey } from './key.ts';
import { keyPolicyOf } from './key-policy.ts';
import { Materials, newMaterial } from './material.ts';
import { newKeyId } from './new-key.ts';
import type { Place } from './world.ts';

/** They rotate by themselves every year. */
export const MANAGED_ROTATION_DAYS = 365;

/** How a request comes that names an alias of AWS's. */
export interface Asking {
  readonly operation: string;
  readonly caller: Caller;
  readonly via: string | undefined;
}

/**
 * Whether a request makes AWS create the key of an alias that has none yet: one that its service makes, for itself or for
 * a caller, and DescribeKey by anybody.
 * Source: KMS API Reference, DescribeKey (`KeyId`); KMS Developer Guide, "AWS KMS keys" (AWS managed keys); checked 2026-11.
 */
export function bringsIntoBeing(alias: string, { operation, caller, via }: Asking): boolean {
  const fact = findAwsManagedKey(alias);
  if (!fact) return false;
  const service = caller.type === 'service' ? caller.service.split('.')[0] : via;
  return operation === 'DescribeKey' || (service !== undefined && fact.via.includes(service));
}

/** The key, which no world knows yet. */
export function newAwsManagedKey(alias: string, place: Place, now: number, random: RandomSource): KmsKey {
  const id = newKeyId(false, random.bytes(16));
  const key = new KmsKey({
    ...place,
    id,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    manager: 'AWS',
    created: now,
    state: 'Enabled',
    policy: keyPolicyOf(awsManagedKeyPolicy(alias, place)),
    materials: new Materials(newMaterial(id, 'SYMMETRIC_DEFAULT', random)),
    description: managedDescription(alias),
    rotation: { periodInDays: MANAGED_ROTATION_DAYS, next: now + MANAGED_ROTATION_DAYS * DAY },
  });
  key.putAlias({ name: alias, created: now, updated: now });
  return key;
}

/** What AWS writes as the description of the key, where that is known. */
export function managedDescription(alias: string): string {
  const protects = findAwsManagedKey(alias)?.protects;
  return protects === undefined ? '' : `Default key that protects my ${protects} when no other key is defined`;
}
