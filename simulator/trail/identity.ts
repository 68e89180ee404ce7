import { type Caller, principalArnOf } from '../access/caller.ts';
import { remembered } from '../text/remembered.ts';
import type { UserIdentity } from './event.ts';

/** Whatever the scenario leaves out of an identity is made up, and is the same for the same caller. */
export interface Signed {
  /** The service that forwards the call for its caller: `s3.amazonaws.com`. */
  readonly invokedBy?: string;
  readonly mfa?: boolean;
}

/** `userIdentity` in the account of the caller. @param sessionStart when a session was made, in ISO 8601 */
export function identityOf(caller: Caller, { invokedBy, mfa }: Signed, sessionStart: string): UserIdentity {
  const by = invokedBy === undefined ? {} : { invokedBy };
  switch (caller.type) {
    case 'service':
      return { type: 'AWSService', invokedBy: caller.service };
    case 'root':
      return {
        type: 'Root',
        principalId: caller.account,
        arn: caller.arn,
        accountId: caller.account,
        accessKeyId: idOf('AKIA', caller.arn),
        ...by,
      };
    case 'user':
      return {
        type: 'IAMUser',
        principalId: idOf('AIDA', caller.arn),
        arn: caller.arn,
        accountId: caller.account,
        accessKeyId: idOf('AKIA', caller.arn),
        userName: caller.name.slice(caller.name.lastIndexOf('/') + 1),
        ...by,
      };
    case 'federated-user':
      return {
        type: 'FederatedUser',
        principalId: `${caller.account}:${caller.name}`,
        arn: caller.arn,
        accountId: caller.account,
        accessKeyId: idOf('ASIA', caller.arn),
        ...by,
      };
    case 'role-session': {
      const { partition, account, roleName, sessionName } = caller;
      const roleArn = principalArnOf(caller) ?? `arn:${partition}:iam::${account}:role/${roleName}`;
      const role = idOf('AROA', roleArn);
      return {
        type: 'AssumedRole',
        principalId: `${role}:${sessionName}`,
        arn: caller.arn,
        accountId: account,
        accessKeyId: idOf('ASIA', caller.arn),
        sessionContext: {
          sessionIssuer: { type: 'Role', principalId: role, arn: roleArn, accountId: account, userName: roleName },
          attributes: { creationDate: sessionStart, mfaAuthenticated: String(mfa ?? false) },
        },
        ...by,
      };
    }
  }
}

/** What the owner of the key sees of a caller from another account. */
export function foreignIdentity(identity: UserIdentity): UserIdentity {
  const { principalId, accountId, invokedBy } = identity;
  return {
    type: 'AWSAccount',
    principalId,
    accountId: accountId ?? '',
    ...(invokedBy === undefined ? {} : { invokedBy }),
  };
}

/** An id that ends as those of AWS's documentation do, so that nobody takes it for a real one. */
const idOf = (prefix: string, text: string): string => `${prefix}${bodyOf(text)}EXAMPLE`;

/** Every event has some, of the same few callers. */
const bodyOf = remembered((text) => {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash
    .toString(32)
    .toUpperCase()
    .replace(/[018 9]/g, 'Q')
    .padStart(13, 'A')
    .slice(-9);
});
