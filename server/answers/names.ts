import type { Caller } from '../../simulator/access/caller.ts';
import type { Layer, StatementResult } from '../../simulator/access/decision.ts';
import { type AccessRequest, aliasArn, keyArn } from '../../simulator/access/request.ts';

/** What the parts of a decision are called; `kms:` names in backticks, statements in typographic quotes. */

export const layerNames: Readonly<Record<Layer, string>> = {
  scp: 'service control policies',
  rcp: 'resource control policies',
  'vpc-endpoint-policy': 'VPC endpoint policy',
  operation: 'the operation itself',
  'key-policy': 'key policy',
  'identity-policy': 'identity policies',
  'permissions-boundary': 'permissions boundary',
  'session-policy': 'session policies',
  grant: 'grants',
};

/** `the role App of 111122223333`. */
export function callerInWords(caller: Caller): string {
  switch (caller.type) {
    case 'user':
      return `the user ${caller.name} of ${caller.account}`;
    case 'role-session':
      return `a session of the role ${caller.roleName} of ${caller.account}`;
    case 'federated-user':
      return `the federated user ${caller.name} of ${caller.account}`;
    case 'root':
      return `the root user of ${caller.account}`;
    case 'service':
      return `the service ${caller.service}`;
  }
}

export function callerArn(caller: Caller): string {
  return caller.type === 'service' ? caller.service : caller.arn;
}

/** `“Allow use of the key”`, or `the first statement` where it has no Sid. */
export function statementName({ statement }: Pick<StatementResult, 'statement'>): string {
  if (statement.sid) return `“${statement.sid}”`;
  const index = statement.path.at(-1);
  return typeof index === 'number' ? `statement ${index + 1}` : 'the statement';
}

export function keyInWords(request: AccessRequest): string {
  const { key, alias, newKey } = request;
  if (alias) return aliasArn(alias);
  if (!key) return 'no key';
  if (newKey) return 'the new key';
  return key.id ? keyArn(key) : `a key of ${key.account} in ${key.region}`;
}
