import type { CompiledPolicy } from '../../policy/compile.ts';
import type { Statement } from '../../policy/document.ts';
import { type PrincipalPattern, parsePrincipal } from '../../policy/syntax/principal.ts';
import { type Caller, parseCaller } from '../caller.ts';
import type { KeyDescription } from '../request.ts';
import type { Grant } from '../world.ts';

/** Whom a row of the table is about. */
export interface Subject {
  /**
   * `named`: by an ARN or as a service; `root-user` of an account; `others`: whoever else is in an account; `anyone`: in
   * accounts that no document names.
   */
  readonly kind: 'named' | 'root-user' | 'others' | 'anyone';
  /** The ARN, the service, or the account; empty for anyone. */
  readonly name: string;
  readonly caller: Caller;
}

/**
 * Everybody whom the documents of a key name: in statements, as the value of a condition on the caller, as grantees. The
 * account of the key is always among them.
 */
export function subjectsOf(
  key: KeyDescription,
  policies: readonly CompiledPolicy[],
  grants: readonly Grant[] = [],
): Subject[] {
  const found = new Found(key.partition);
  for (const { policy } of policies) for (const statement of policy.statements) found.statement(statement);
  for (const { granteePrincipal, granteeServicePrincipal } of grants) {
    if (granteePrincipal !== undefined) found.pattern(parsePrincipal(granteePrincipal, 'AWS'));
    if (granteeServicePrincipal !== undefined) found.named(`service:${granteeServicePrincipal}`);
  }
  found.account(key.account);
  return found.inOrder();
}

export function subjectOf(caller: Caller): Subject {
  if (caller.type === 'root') return { kind: 'root-user', name: caller.account, caller };
  if (caller.type === 'service') return { kind: 'named', name: caller.service, caller };
  return { kind: 'named', name: (caller.type === 'role-session' && caller.roleArn) || caller.arn, caller };
}

class Found {
  private readonly subjects = new Map<string, Subject>();
  private readonly partition: string;

  constructor(partition: string) {
    this.partition = partition;
  }

  statement({ principal, conditions }: Statement): void {
    for (const { pattern } of principal?.items ?? []) this.pattern(pattern);
    for (const { key, values } of conditions) {
      if (key.lower === 'aws:principalarn') for (const { text } of values) if (!/[*?$]/.test(text)) this.named(text);
      if (key.lower === 'kms:calleraccount' || key.lower === 'aws:principalaccount')
        for (const { text } of values) if (/^\d{12}$/.test(text)) this.account(text);
    }
  }

  pattern(pattern: PrincipalPattern): void {
    switch (pattern.kind) {
      case 'user':
      case 'role':
      case 'assumed-role':
      case 'federated-user':
        return this.named(pattern.text);
      case 'service':
        return this.named(`service:${pattern.name}`);
      case 'account':
        return this.account(pattern.account);
      case 'everyone':
        return this.add({ kind: 'anyone', name: '', caller: somebodyIn(NO_ACCOUNT, this.partition) });
      default:
    }
  }

  named(text: string): void {
    const answer = parseCaller(text, { partition: this.partition });
    if ('caller' in answer) this.add(subjectOf(answer.caller));
  }

  account(account: string): void {
    const { partition } = this;
    const arn = `arn:${partition}:iam::${account}:root`;
    this.add({ kind: 'root-user', name: account, caller: { type: 'root', partition, account, arn } });
    this.add({ kind: 'others', name: account, caller: somebodyIn(account, partition) });
  }

  /** Those with names first, then accounts as a whole, and everybody else last. */
  inOrder(): Subject[] {
    const rank = ({ kind }: Subject): number => ['named', 'root-user', 'others', 'anyone'].indexOf(kind);
    return [...this.subjects.values()].sort((a, b) => rank(a) - rank(b));
  }

  private add(subject: Subject): void {
    const id = `${subject.kind} ${subject.name}`;
    if (!this.subjects.has(id)) this.subjects.set(id, subject);
  }
}

/** The account of nobody. */
const NO_ACCOUNT = '000000000000';

/**
 * A session of a role whose name no role can have, so that no statement names it. Its role's ARN is not known: what a
 * condition asks about it stays open.
 */
function somebodyIn(account: string, partition: string): Caller {
  const arn = `arn:${partition}:sts::${account}:assumed-role/*/*`;
  return { type: 'role-session', partition, account, arn, roleArn: undefined, roleName: '*', sessionName: '*' };
}
