import { grantOn } from '../grant-list.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { boolean, optional, required } from '../shapes.ts';

export const revokeGrant = operation({
  name: 'RevokeGrant',
  members: { ...members.onKey, GrantId: required(members.grantId), DryRun: optional(boolean) },
  act({ input, key, world, now }) {
    const grant = grantOn(key, input.GrantId);
    if (input.DryRun !== true) key.grants.end(grant, now + world.grantDelay);
    return {};
  },
});
