import { DAY } from '../by-itself.ts';
import * as members from '../members.ts';
import { refuseReplica } from '../multi-region.ts';
import { operation } from '../operation.ts';
import { integer, optional } from '../shapes.ts';

const USUAL_DAYS = 365;

export const enableKeyRotation = operation({
  name: 'EnableKeyRotation',
  members: { ...members.onKey, RotationPeriodInDays: optional(integer({ min: 90, max: 2560 })) },
  defaults: ({ RotationPeriodInDays = USUAL_DAYS }) => ({ rotationPeriodInDays: RotationPeriodInDays }),
  act({ input, key, now, world }) {
    refuseReplica(key);
    const periodInDays = input.RotationPeriodInDays ?? USUAL_DAYS;
    key.rotation = { periodInDays, next: now + periodInDays * DAY };
    world.schedule(key.rotation.next);
    return {};
  },
});
