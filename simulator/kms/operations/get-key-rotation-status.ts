import * as members from '../members.ts';
import { operation } from '../operation.ts';

export const getKeyRotationStatus = operation({
  name: 'GetKeyRotationStatus',
  members: members.onKey,
  act({ key }) {
    const { rotation } = key;
    // What is to be deleted does not rotate; cancelling brings the rotation back.
    if (!rotation || key.state === 'PendingDeletion') return { KeyId: key.arn, KeyRotationEnabled: false };
    return {
      KeyId: key.arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotation.periodInDays,
      NextRotationDate: new Date(rotation.next),
    };
  },
});
