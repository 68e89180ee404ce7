import { adoptConnection } from '../key-store.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';

export const cancelKeyDeletion = operation({
  name: 'CancelKeyDeletion',
  members: members.onKey,
  act({ key }) {
    const isImported = key.identity.origin === 'EXTERNAL';
    key.state = isImported && !key.materials.isWhole ? 'PendingImport' : 'Disabled';
    adoptConnection(key);
    key.deletion = undefined;
    key.windowAfterReplicas = undefined;
    return { KeyId: key.arn };
  },
});
