import { partitions } from '../../facts/regions.ts';
import { invalid, KmsError } from '../errors.ts';
import { KmsKey } from '../key.ts';
import * as members from '../members.ts';
import { metadataOf } from '../metadata.ts';
import { refuseUnlessPrimary, SETTLING } from '../multi-region.ts';
import { checkRoom } from '../new-key.ts';
import { operation } from '../operation.ts';
import { policyOfNewKey } from '../policy-checks.ts';
import { boolean, optional, required } from '../shapes.ts';
import { checkRegion } from '../spec-check.ts';
import { checkTags } from '../tags.ts';

export const replicateKey = operation({
  name: 'ReplicateKey',
  members: {
    ...members.onKey,
    ReplicaRegion: required(members.region),
    Policy: optional(members.policy),
    BypassPolicyLockoutSafetyCheck: optional(boolean),
    Description: optional(members.description),
    Tags: optional(members.tags),
  },
  check({ ReplicaRegion: region, Tags = [] }, { partition }) {
    const known = partitions.find(({ name }) => name === partition)?.regions ?? [];
    if (!known.some(({ name }) => name === region))
      throw invalid('', `\`${region}\` is no Region of the partition \`${partition}\``);
    checkTags(Tags);
  },
  defaults: ({ BypassPolicyLockoutSafetyCheck: bypass = false, Description: description = '' }) => ({
    bypassPolicyLockoutSafetyCheck: bypass,
    description,
  }),
  act({ input, caller, key: primary, world, now, principals, trail }) {
    const { ReplicaRegion: region, Description: description = '', Tags = [] } = input;
    const bypassLockoutCheck = input.BypassPolicyLockoutSafetyCheck === true;
    const place = { ...primary.identity, region };
    refuseUnlessPrimary(primary);
    if (world.keyIn(place, place.id))
      throw new KmsError(
        'AlreadyExistsException',
        '',
        `there is one in ${region} already: replicate to another Region; a replica that is pending deletion can be rescued by CancelKeyDeletion`,
      );
    checkRegion(place.spec, place);
    checkRoom(world, place);
    const policy = policyOfNewKey(input.Policy, {
      caller,
      key: { ...primary.asDescribed, region, multiRegionKeyType: 'REPLICA', aliases: [], tags: {} },
      bypassLockoutCheck,
      principals,
    });
    const isImported = place.origin === 'EXTERNAL';
    const replica = new KmsKey({
      ...place,
      created: now,
      multiRegionKeyType: 'REPLICA',
      state: 'Creating',
      policy,
      materials: isImported ? primary.materials.forAnotherRegion(false) : primary.materials,
      description,
      tags: Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue] as const),
    });
    replica.settles = now + SETTLING;
    world.add(replica);
    const metadata = metadataOf(replica, world);
    trail.elsewhere = {
      operation: 'CreateKey',
      key: replica,
      requestParameters: {
        description,
        keySpec: place.spec,
        keyUsage: place.usage,
        origin: place.origin,
        multiRegion: true,
        bypassPolicyLockoutSafetyCheck: bypassLockoutCheck,
      },
      output: { KeyMetadata: metadata },
    };
    return { ReplicaKeyMetadata: metadata, ReplicaPolicy: policy.text, ReplicaTags: Tags };
  },
});
