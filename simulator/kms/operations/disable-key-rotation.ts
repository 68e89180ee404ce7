import * as members from '../members.ts';
import { refuseReplica } from '../multi-region.ts';
import { operation } from '../operation.ts';

export const disableKeyRotation = operation({
  name: 'DisableKeyRotation',
  members: members.onKey,
  act({ key }) {
    refuseReplica(key);
    key.rotation = undefined;
    return {};
  },
});
