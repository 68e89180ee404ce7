import { DAY } from '../by-itself.ts';
import { invalid } from '../errors.ts';
import * as members from '../members.ts';
import { stateNameOf } from '../metadata.ts';
import { hasReplicas } from '../multi-region.ts';
import { operation } from '../operation.ts';
import { integer, optional } from '../shapes.ts';

const LEAST = 7;
const MOST = 30;

export const scheduleKeyDeletion = operation({
  name: 'ScheduleKeyDeletion',
  members: { ...members.onKey, PendingWindowInDays: optional(integer({ min: 1, max: 365 })) },
  check({ PendingWindowInDays: days = MOST }) {
    if (days < LEAST || days > MOST)
      throw invalid('', `wait ${LEAST} to ${MOST} days; the key is unusable from now on`);
  },
  act({ input, key, now, world }) {
    const days = input.PendingWindowInDays ?? MOST;
    key.state = 'PendingDeletion';
    if (hasReplicas(key, world)) key.windowAfterReplicas = days;
    else {
      key.deletion = now + days * DAY;
      world.schedule(key.deletion);
    }
    return {
      KeyId: key.arn,
      ...(key.deletion === undefined ? {} : { DeletionDate: new Date(key.deletion) }),
      KeyState: stateNameOf(key),
      PendingWindowInDays: days,
    };
  },
});
