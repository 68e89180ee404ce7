import { type Arn, hasWildcard } from './arn.ts';

/** Who or what an ARN of IAM or STS names. Names and paths are as written and may hold wildcards. */
export interface IamPrincipal {
  readonly type: 'root' | 'user' | 'role' | 'assumed-role' | 'federated-user' | 'group' | 'other';
  /** The service the ARN names: roles and users belong to `iam`, sessions to `sts`. */
  readonly service: 'iam' | 'sts';
  readonly account: string;
  /** The last part: of `role/a/b/app` the `app`, of a role session the role's name; empty for the root. */
  readonly name: string;
  /** Starts and ends with `/`; just `/` where there is none. Sessions never carry the path of their role. */
  readonly path: string;
  /** Of role sessions. */
  readonly sessionName: string | undefined;
  /** Who made the role, as its path tells: AWS reserves some. */
  readonly origin: 'customer' | 'service' | 'service-linked' | 'identity-center';
  /** Whether wildcards stand in the account or the resource. */
  readonly pattern: boolean;
}

/** Reads an ARN of IAM or STS; undefined for ARNs of other services and for what is no ARN. */
export function iamPrincipal(arn: Arn): IamPrincipal | undefined {
  const { service, account, resource } = arn;
  if (arn.kind !== 'arn' || (service !== 'iam' && service !== 'sts')) return undefined;
  const base = { service, account, pattern: hasWildcard(account) || hasWildcard(resource) } as const;
  const plain = { sessionName: undefined, origin: 'customer' } as const;
  if (resource === 'root') return { type: 'root', name: '', path: '/', ...plain, ...base };
  const slash = resource.indexOf('/');
  const type = TYPES.get(resource.slice(0, Math.max(0, slash)));
  const rest = resource.slice(slash + 1);
  if (type === undefined || rest === '') return { type: 'other', name: rest, path: '/', ...plain, ...base };
  if (type === 'assumed-role') return { type, path: '/', ...plain, ...base, ...session(rest) };
  if (type === 'federated-user') return { type, name: rest, path: '/', ...plain, ...base };
  const end = rest.lastIndexOf('/') + 1;
  const path = `/${rest.slice(0, end)}`;
  const origin = type === 'role' ? originOf(path) : 'customer';
  return { type, name: rest.slice(end), path, sessionName: undefined, origin, ...base };
}

const TYPES: ReadonlyMap<string, IamPrincipal['type']> = new Map([
  ['user', 'user'],
  ['role', 'role'],
  ['group', 'group'],
  ['assumed-role', 'assumed-role'],
  ['federated-user', 'federated-user'],
]);

/** The session's name is the last part; more than one part before it is a path that STS leaves out. */
function session(rest: string): { name: string; sessionName: string | undefined } {
  const slash = rest.lastIndexOf('/');
  if (slash < 0) return { name: rest, sessionName: undefined };
  return { name: rest.slice(0, slash), sessionName: rest.slice(slash + 1) };
}

function originOf(path: string): IamPrincipal['origin'] {
  if (path.startsWith('/aws-service-role/')) return 'service-linked';
  if (path.startsWith('/service-role/')) return 'service';
  return path.startsWith('/aws-reserved/sso.amazonaws.com/') ? 'identity-center' : 'customer';
}
