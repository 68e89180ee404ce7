import { invalid, invalidGrantToken, notFound } from '../errors.ts';
import type { Finder } from '../find.ts';
import { grantOn } from '../grant-list.ts';
import * as members from '../members.ts';
import { type Found, operation } from '../operation.ts';
import { boolean, optional } from '../shapes.ts';

export const retireGrant = operation({
  name: 'RetireGrant',
  members: {
    GrantToken: optional(members.grantToken),
    KeyId: optional(members.keyId),
    GrantId: optional(members.grantId),
    DryRun: optional(boolean),
  },
  check({ GrantToken, KeyId, GrantId }) {
    const byId = KeyId !== undefined && GrantId !== undefined;
    const isMixed = GrantToken !== undefined && (KeyId !== undefined || GrantId !== undefined);
    if (isMixed || (GrantToken === undefined && !byId))
      throw invalid('', 'say which grant: give its `GrantToken`, or else `KeyId` and `GrantId`');
  },
  find({ GrantToken, KeyId = '', GrantId = '' }, finder): Found {
    if (GrantToken !== undefined) return byToken(GrantToken, finder);
    const on = finder.key(KeyId);
    return { on, grant: grantOn(on.key, GrantId) };
  },
  act({ input, key, found, world, now, trail }) {
    const { grant } = found;
    if (!grant) throw new Error('RetireGrant has no grant');
    if (input.GrantToken === undefined && now < grant.everywhere)
      throw notFound('', 'retire it by its token, or wait: a new grant is not known everywhere by its id yet');
    trail.additionalEventData = { grantId: grant.id };
    if (input.DryRun !== true) key.grants.end(grant, now + world.grantDelay);
    return {};
  },
});

function byToken(token: string, { world, place }: Finder): Found {
  const found = world.grantOf(token);
  if (found?.key.identity.region !== place.region) throw invalidGrantToken();
  return { on: { key: found.key }, grant: found.grant };
}
