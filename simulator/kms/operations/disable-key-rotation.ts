import * as members from '../members.ts';
import { operation } from '../operation.ts';

export const disableKeyRotation = operation({
  name: 'DisableKeyRotation',
  members: members.onKey,
  act({ key }) {
    key.rotation = undefined;
    return {};
  },
});
