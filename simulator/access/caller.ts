/** Who calls KMS. KMS has no anonymous callers. */
export type Caller = UserCaller | RoleSessionCaller | FederatedUserCaller | RootCaller | ServiceCaller;

interface AccountCaller {
  readonly partition: string;
  /** The 12-digit account that the caller belongs to. */
  readonly account: string;
  /** The ARN that AWS writes into messages and CloudTrail: for a role's session that of the session. */
  readonly arn: string;
}

export interface UserCaller extends AccountCaller {
  readonly type: 'user';
  /** With its path: `division/Ana`. */
  readonly name: string;
}

export interface RoleSessionCaller extends AccountCaller {
  readonly type: 'role-session';
  /** The role's ARN with its path; undefined where only a session ARN is known, since that drops the path. */
  readonly roleArn: string | undefined;
  /** Without a path; unique in its account. */
  readonly roleName: string;
  readonly sessionName: string;
}

export interface FederatedUserCaller extends AccountCaller {
  readonly type: 'federated-user';
  readonly name: string;
  /** The ARN of the user who made the session. Left out: not known. */
  readonly madeBy?: string;
}

export interface RootCaller extends AccountCaller {
  readonly type: 'root';
}

/** An AWS service that calls as itself, not for a user. */
export interface ServiceCaller {
  readonly type: 'service';
  /** `logs.us-east-1.amazonaws.com`. */
  readonly service: string;
}

export interface CallerDefaults {
  readonly account?: string;
  readonly partition?: string;
  /** For roles; AWS lets the caller choose it. */
  readonly sessionName?: string;
}

export type CallerAnswer = { readonly caller: Caller } | { readonly problem: string };

/**
 * Reads a caller as people write one: an ARN of a user, role, session, federated user or root user, 12 digits or
 * `root:444455556666` for an account's root user, `root` for that of the default account, or
 * `service:logs.us-east-1.amazonaws.com`. A role stands for a session of it.
 */
export function parseCaller(text: string, defaults: CallerDefaults = {}): CallerAnswer {
  const written = text.trim();
  const partition = defaults.partition ?? 'aws';
  if (/^service:/i.test(written)) return serviceCaller(written.slice('service:'.length));
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(written)) return serviceCaller(written);
  const root = /^(?:root(?::(\d{12}))?|(\d{12}))$/.exec(written);
  if (root) {
    const account = root[1] ?? root[2] ?? defaults.account;
    if (!account) return { problem: '`root` needs an account here: write `root:` and its 12 digits' };
    return { caller: { type: 'root', partition, account, arn: `arn:${partition}:iam::${account}:root` } };
  }
  return arnCaller(written, defaults.sessionName ?? 'session');
}

function serviceCaller(service: string): CallerAnswer {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(service))
    return {
      problem: `\`${service}\` is no service principal: write one like \`service:logs.us-east-1.amazonaws.com\``,
    };
  return { caller: { type: 'service', service } };
}

const ARN = /^arn:([a-z0-9-]+):(iam|sts)::(\d{12}):(.+)$/;

function arnCaller(text: string, sessionName: string): CallerAnswer {
  const [, partition = '', service, account = '', resource = ''] = ARN.exec(text) ?? [];
  if (!partition) {
    return {
      problem:
        `\`${text}\` is no principal: write the ARN of a user, a role or a session ` +
        '(`arn:aws:iam::111122223333:role/App`), `root`, or `service:` and the name of a service principal',
    };
  }
  const slash = resource.indexOf('/');
  const type = slash < 0 ? resource : resource.slice(0, slash);
  const rest = slash < 0 ? '' : resource.slice(slash + 1);
  const who = { partition, account, arn: text };
  if (service === 'iam' && resource === 'root') return { caller: { type: 'root', ...who } };
  if (service === 'iam' && type === 'user' && rest) return { caller: { type: 'user', name: rest, ...who } };
  if (service === 'iam' && type === 'role' && rest) {
    const roleName = rest.slice(rest.lastIndexOf('/') + 1);
    const arn = `arn:${partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`;
    return { caller: { type: 'role-session', partition, account, arn, roleArn: text, roleName, sessionName } };
  }
  if (service === 'sts' && type === 'federated-user' && rest)
    return { caller: { type: 'federated-user', name: rest, ...who } };
  if (service === 'sts' && type === 'assumed-role') {
    const [roleName, session, ...more] = rest.split('/');
    if (roleName && session && more.length === 0)
      return { caller: { type: 'role-session', roleArn: undefined, roleName, sessionName: session, ...who } };
    return { problem: `\`${text}\` lacks the session's name: write \`…:assumed-role/role-name/session-name\`` };
  }
  if (type === 'group') return { problem: `\`${text}\` is a group, and groups call nothing: name one of its users` };
  return {
    problem: `\`${text}\` is no caller: name a user, a role, a session of a role, a federated user or \`root\``,
  };
}

/** The account of a caller; a service has none. */
export function accountOf(caller: Caller): string | undefined {
  return caller.type === 'service' ? undefined : caller.account;
}

/** The ARN that `aws:PrincipalArn` carries: of a role's session, the role's. Undefined where its path is not known. */
export function principalArnOf(caller: Caller): string | undefined {
  if (caller.type === 'service') return undefined;
  return caller.type === 'role-session' ? caller.roleArn : caller.arn;
}

/**
 * Whether the caller is a session of a service-linked role, which no organization's policy and no boundary binds.
 * `by-name`: its path is not known and its name says so.
 */
export function isServiceLinked(caller: Caller): boolean | 'by-name' {
  if (caller.type !== 'role-session') return false;
  const { roleArn, partition, account } = caller;
  // Behind `arn:aws:iam::111122223333`: looking through the whole ARN of each caller would take several times as long.
  if (roleArn !== undefined)
    return roleArn.startsWith(':role/aws-service-role/', 'arn::iam::'.length + partition.length + account.length);
  return caller.roleName.startsWith('AWSServiceRoleFor') && 'by-name';
}
