import { notFound, unsupported } from '../errors.ts';
import * as members from '../members.ts';
import { refuseUnlessPrimary, SETTLING } from '../multi-region.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const updatePrimaryRegion = operation({
  name: 'UpdatePrimaryRegion',
  members: { ...members.onKey, PrimaryRegion: required(members.region) },
  find({ KeyId, PrimaryRegion: region }, finder) {
    const on = finder.key(KeyId);
    const other = finder.world.relatedTo(on.key.identity).find(({ identity }) => identity.region === region);
    return { on, ...(other && other !== on.key ? { to: { key: other } } : {}) };
  },
  act({ input, key, found, place, now, world, trail }) {
    const { PrimaryRegion: region } = input;
    refuseUnlessPrimary(key);
    if (region === place.region) throw unsupported('', `the primary key is in ${region} already`);
    const next = found.to?.key;
    if (!next) throw notFound('', `there is no replica in ${region}: call ReplicateKey first`);
    next.rotation = key.rotation;
    key.rotation = undefined;
    key.becomes('REPLICA');
    next.becomes('PRIMARY');
    for (const each of [key, next]) {
      each.state = 'Updating';
      each.settles = now + SETTLING;
    }
    world.schedule(now + SETTLING);
    trail.elsewhere = {
      operation: 'UpdatePrimaryRegion',
      key: next,
      requestParameters: { keyId: next.arn, primaryRegion: region },
      output: {},
    };
    return {};
  },
});
