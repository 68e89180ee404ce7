import type { SimulateRequest } from '../../server/protocol.ts';

/**
 * A what-if question in one line: `kms:Decrypt by role App of 111122223333, with department: payroll`.
 */
export function requestInWords(request: SimulateRequest): string {
  const parts = [`${fullAction(request.action)} by ${principalInWords(request.principal)}`];
  if (request.via !== undefined) parts.push(`through ${request.via}`);
  if (request.key !== undefined) parts.push(`on ${request.key}`);
  else if (request.keyAccount !== undefined) parts.push(`on a key of ${request.keyAccount}`);
  const facts = [...pairsInWords(request.encryptionContext ?? {}), ...pairsInWords(request.context ?? {})];
  if (facts.length > 0) parts.push(`with ${facts.join(' and ')}`);
  return parts.join(', ');
}

/** A principal as a person names it: `role App of 111122223333`. What cannot be read stays as it is. */
export function principalInWords(principal: string): string {
  if (principal === 'root') return 'root of the account that owns the key';
  if (principal.startsWith('root:')) return `root of ${principal.slice('root:'.length)}`;
  if (principal.startsWith('service:')) return `service ${principal.slice('service:'.length)}`;
  const [arn, , , , account, ...rest] = principal.split(':');
  if (arn !== 'arn' || account === undefined || rest.length === 0) return principal;
  const [type = '', ...path] = rest.join(':').split('/');
  const name = path.at(-1) ?? '';
  switch (type) {
    case 'root':
      return `root of ${account}`;
    case 'role':
    case 'user':
      return `${type} ${name} of ${account}`;
    case 'assumed-role':
      return `role ${path[0] ?? ''} of ${account} in session ${name}`;
    case 'federated-user':
      return `federated user ${name} of ${account}`;
    default:
      return principal;
  }
}

/** `Decrypt` as `kms:Decrypt`. */
export function fullAction(action: string): string {
  return action.includes(':') ? action : `kms:${action}`;
}

/** Pairs as `name: value`; the values of a list stand beside each other. */
export function pairsInWords(pairs: Readonly<Record<string, string | readonly string[]>>): readonly string[] {
  return Object.entries(pairs).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : value.join(', ')}`,
  );
}
