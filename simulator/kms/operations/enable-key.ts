import { rotate } from '../by-itself.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';

export const enableKey = operation({
  name: 'EnableKey',
  members: members.onKey,
  act({ key, now, around, world }) {
    // A key in a disconnected key store is enabled once the store is back.
    if (key.state === 'Unavailable') key.stateWhenAvailable = 'Enabled';
    if (key.state !== 'Disabled') return {};
    key.state = 'Enabled';
    if (key.rotation && key.rotation.next <= now) rotate(key, now, around);
    if (key.rotation) world.schedule(key.rotation.next);
    return {};
  },
});
