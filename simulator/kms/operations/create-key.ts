import { findKeySpec, keyUsages } from '../../facts/key-specs.ts';
import { origins } from '../../facts/origins.ts';
import type { KeyUsage, Origin } from '../../facts/types.ts';
import { assertAvailable } from '../crypto/available.ts';
import { invalid, unsupported } from '../errors.ts';
import { KmsKey } from '../key.ts';
import { checkConnected, checkRoomIn, type KeyStorePlace } from '../key-store.ts';
import { storeNamed } from '../key-store-request.ts';
import { Materials, newMaterial } from '../material.ts';
import * as members from '../members.ts';
import { metadataOf } from '../metadata.ts';
import { checkRoom, newKeyId } from '../new-key.ts';
import { operation } from '../operation.ts';
import { policyOfNewKey } from '../policy-checks.ts';
import { boolean, optional } from '../shapes.ts';
import { checkRegion } from '../spec-check.ts';
import { checkTags } from '../tags.ts';
import type { KeyWorld, Place } from '../world.ts';

export const createKey = operation({
  name: 'CreateKey',
  members: {
    Policy: optional(members.policy),
    Description: optional(members.description),
    KeyUsage: optional(members.keyUsage),
    CustomerMasterKeySpec: optional(members.keySpec),
    KeySpec: optional(members.keySpec),
    Origin: optional(members.origin),
    CustomKeyStoreId: optional(members.customKeyStoreId),
    BypassPolicyLockoutSafetyCheck: optional(boolean),
    Tags: optional(members.tags),
    MultiRegion: optional(boolean),
    XksKeyId: optional(members.xksKeyId),
  },
  check(input, place) {
    if (input.KeySpec !== undefined && input.CustomerMasterKeySpec !== undefined)
      throw invalid(
        'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
        'leave out `CustomerMasterKeySpec`',
      );
    checkSpec(input, place);
    checkOrigin(input);
    checkTags(input.Tags ?? []);
  },
  act({ input, caller, place, world, now, random, principals, trail }) {
    checkRoom(world, place);
    const keyStore = keyStoreFor(input, world, place);
    const spec = specOf(input);
    const id = newKeyId(input.MultiRegion === true, random.bytes(16));
    const identity = {
      ...place,
      id,
      spec,
      usage: usageOf(input),
      origin: originOf(input),
      manager: 'CUSTOMER' as const,
      ...(input.MultiRegion === true ? { multiRegionKeyType: 'PRIMARY' as const } : {}),
      created: now,
    };
    const bypassLockoutCheck = input.BypassPolicyLockoutSafetyCheck === true;
    const policy = policyOfNewKey(input.Policy, {
      caller,
      key: { ...identity, aliases: [], tags: {}, multiRegion: input.MultiRegion === true },
      bypassLockoutCheck,
      principals,
    });
    const isImported = identity.origin === 'EXTERNAL';
    const key = new KmsKey({
      ...identity,
      state: isImported ? 'PendingImport' : 'Enabled',
      policy,
      ...(keyStore ? { keyStore } : {}),
      materials: new Materials(isImported ? undefined : newMaterial(id, spec, random)),
      description: input.Description ?? '',
      tags: (input.Tags ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue] as const),
    });
    world.add(key);
    trail.resource = key;
    trail.requestParameters = {
      keySpec: spec,
      keyUsage: identity.usage,
      origin: identity.origin,
      multiRegion: input.MultiRegion === true,
      bypassPolicyLockoutSafetyCheck: bypassLockoutCheck,
    };
    return { KeyMetadata: metadataOf(key, world) };
  },
});

interface Wanted {
  readonly KeySpec?: string | undefined;
  readonly CustomerMasterKeySpec?: string | undefined;
  readonly KeyUsage?: string | undefined;
  readonly Origin?: string | undefined;
  readonly CustomKeyStoreId?: string | undefined;
  readonly XksKeyId?: string | undefined;
  readonly MultiRegion?: boolean | undefined;
}

const specOf = ({ KeySpec, CustomerMasterKeySpec }: Wanted): string =>
  KeySpec ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';

function usageOf({ KeyUsage }: Wanted): KeyUsage {
  return keyUsages.find(({ name }) => name === KeyUsage)?.name ?? 'ENCRYPT_DECRYPT';
}

function originOf({ Origin: wanted }: Wanted): Origin {
  return origins.find(({ name }) => name === wanted)?.name ?? 'AWS_KMS';
}

function checkSpec(input: Wanted, place: Place): void {
  const name = specOf(input);
  const spec = findKeySpec(name);
  checkRegion(name, place);
  if (input.KeyUsage === undefined && name !== 'SYMMETRIC_DEFAULT')
    throw invalid(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
      `add \`KeyUsage\`: ${spec?.uses.map(({ usage }) => `\`${usage}\``).join(' or ') ?? ''}`,
    );
  const usage = usageOf(input);
  if (spec && !spec.uses.some((each) => each.usage === usage))
    throw invalid(
      `KeyUsage ${usage} is not compatible with KeySpec ${name}`,
      `take ${spec.uses.map((each) => `\`${each.usage}\``).join(' or ')}`,
    );
  assertAvailable(name);
}

function checkOrigin(input: Wanted): void {
  const name = specOf(input);
  const origin = originOf(input);
  const facts = origins.find((each) => each.name === origin);
  if (origin === 'EXTERNAL' && findKeySpec(name)?.importable !== true)
    throw unsupported('', `material of ${name} cannot be imported: let KMS make it`);
  if (origin !== 'EXTERNAL_KEY_STORE' && input.XksKeyId !== undefined)
    throw invalid('', 'give `XksKeyId` only with the `Origin` EXTERNAL_KEY_STORE');
  if (facts?.customKeyStore !== true) {
    if (input.CustomKeyStoreId === undefined) return;
    throw invalid('', 'give `CustomKeyStoreId` only with an `Origin` of a custom key store');
  }
  if (input.CustomKeyStoreId === undefined) throw invalid('', 'name the key store: `CustomKeyStoreId`');
  if (input.MultiRegion === true || facts.onlyKeySpecs?.includes(name) === false)
    throw unsupported('', 'custom key stores hold symmetric encryption keys of one Region only');
  if (origin === 'EXTERNAL_KEY_STORE' && input.XksKeyId === undefined)
    throw invalid('', 'name the external key: `XksKeyId`');
}

function keyStoreFor(input: Wanted, world: KeyWorld, place: Place): KeyStorePlace | undefined {
  const { CustomKeyStoreId: id, XksKeyId: xksKeyId } = input;
  if (id === undefined) return undefined;
  const store = storeNamed(id, world, place);
  if (store.type !== originOf(input)) throw invalid('', `give the \`Origin\` ${store.type}, that of the key store`);
  checkConnected(store);
  const isTaken = world.keysInStore(store).some(({ keyStore }) => keyStore?.xksKeyId === xksKeyId);
  checkRoomIn(store, xksKeyId, isTaken);
  return { store, ...(xksKeyId === undefined ? {} : { xksKeyId }) };
}
