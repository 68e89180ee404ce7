import type { CompiledStatement } from '../compile.ts';
import type { Element, PrincipalItem } from '../document.ts';

/** How statements may name somebody. */
export interface Named {
  /** Undefined for a service, which the index does not know by name. */
  readonly account: string | undefined;
  /** In that account, without paths: of the user, the role, the session. */
  readonly names: readonly string[];
}

/**
 * Statements by whom they name, so that those for others need not be looked at. Whoever is named by anything but an
 * account, a user, a role or a session, and everybody who is not named, is among `anyone`.
 */
export class PrincipalIndex {
  private readonly anyone: CompiledStatement[] = [];
  private readonly accounts = new Map<string, OfAccount>();

  constructor(statements: readonly CompiledStatement[]) {
    for (const statement of statements) {
      const principals = principalsIn(statement.statement.principal);
      if (principals) for (const principal of principals) this.add(principal, statement);
      else this.anyone.push(statement);
    }
  }

  /** The statements that may concern somebody; one may come several times. */
  concerning({ account, names }: Named): readonly CompiledStatement[] {
    const ofAccount = account === undefined ? undefined : this.accounts.get(account);
    if (!ofAccount) return this.anyone;
    return this.anyone.concat(ofAccount.whole, ...names.map((name) => ofAccount.named.get(name) ?? []));
  }

  private add({ account, name }: Principal, statement: CompiledStatement): void {
    let ofAccount = this.accounts.get(account);
    if (!ofAccount) {
      ofAccount = { whole: [], named: new Map() };
      this.accounts.set(account, ofAccount);
    }
    if (name === undefined) {
      ofAccount.whole.push(statement);
      return;
    }
    const list = ofAccount.named.get(name);
    if (list) list.push(statement);
    else ofAccount.named.set(name, [statement]);
  }
}

interface OfAccount {
  readonly whole: CompiledStatement[];
  readonly named: Map<string, CompiledStatement[]>;
}

interface Principal {
  readonly account: string;
  /** Undefined: the account itself. */
  readonly name: string | undefined;
}

function principalsIn(element: Element<PrincipalItem> | undefined): readonly Principal[] | undefined {
  if (!element || element.negated) return undefined;
  const principals: Principal[] = [];
  for (const { pattern } of element.items) {
    switch (pattern.kind) {
      case 'account':
        principals.push({ account: pattern.account, name: undefined });
        break;
      case 'user':
      case 'role':
      case 'assumed-role':
      case 'federated-user':
        principals.push({ account: pattern.account, name: pattern.name });
        break;
      default:
        return undefined;
    }
  }
  return principals;
}
