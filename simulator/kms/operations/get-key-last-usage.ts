import * as members from '../members.ts';
import { operation } from '../operation.ts';

/** KMS keeps track since this day. */
const TRACKED_SINCE = Date.UTC(2026, 3, 23);

export const getKeyLastUsage = operation({
  name: 'GetKeyLastUsage',
  members: members.onKey,
  act({ key }) {
    const { lastUsage, identity } = key;
    const isTracked = lastUsage && lastUsage.at >= TRACKED_SINCE;
    return {
      KeyId: identity.id,
      KeyLastUsage: isTracked
        ? {
            Operation: lastUsage.operation,
            Timestamp: new Date(lastUsage.at),
            CloudTrailEventId: lastUsage.eventId,
            KmsRequestId: lastUsage.requestId,
          }
        : {},
      TrackingStartDate: new Date(Math.max(TRACKED_SINCE, identity.created)),
      KeyCreationDate: new Date(identity.created),
    };
  },
});
