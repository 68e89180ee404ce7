import * as members from '../members.ts';
import { operation } from '../operation.ts';

export const disableKey = operation({
  name: 'DisableKey',
  members: members.onKey,
  act({ key }) {
    if (key.state === 'Enabled') key.state = 'Disabled';
    if (key.state === 'Unavailable') key.stateWhenAvailable = 'Disabled';
    return {};
  },
});
