import * as members from '../members.ts';
import { primaryOf } from '../multi-region.ts';
import { operation } from '../operation.ts';

export const getKeyRotationStatus = operation({
  name: 'GetKeyRotationStatus',
  members: members.onKey,
  act({ key, world }) {
    const { rotation } = primaryOf(key, world);
    // What is to be deleted does not rotate; cancelling brings the rotation back.
    if (!rotation || key.state === 'PendingDeletion') return { KeyId: key.identity.id, KeyRotationEnabled: false };
    return {
      KeyId: key.identity.id,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotation.periodInDays,
      NextRotationDate: new Date(rotation.next),
    };
  },
});
