import type { CompiledStatement } from '../compile.ts';
import type { Element, PrincipalItem } from '../document.ts';

/** Who is told which statements to look at. */
export interface Hearer {
  hear(statements: readonly CompiledStatement[]): void;
}

/**
 * Statements by whom they name, so that those for others need not be looked at. Whoever is named by anything but an
 * account, a user, a role or a session, and everybody who is not named, is among `anyone`.
 */
export class PrincipalIndex {
  private readonly anyone: CompiledStatement[] = [];
  private readonly named = new Map<string, CompiledStatement[]>();

  constructor(statements: readonly CompiledStatement[]) {
    for (const statement of statements) {
      const names = namesIn(statement.statement.principal);
      if (!names) this.anyone.push(statement);
      else for (const name of names) this.add(name, statement);
    }
  }

  /** Hands over each list of statements that may concern somebody of these names; a statement may stand in several. */
  concerning(names: readonly string[], hear: Hearer): void {
    hear.hear(this.anyone);
    for (const name of names) {
      const found = this.named.get(name);
      if (found) hear.hear(found);
    }
  }

  private add(name: string, statement: CompiledStatement): void {
    const list = this.named.get(name);
    if (list) list.push(statement);
    else this.named.set(name, [statement]);
  }
}

/** How users, roles and their sessions are called in the index: names are unique in an account, whatever their path. */
export const indexName = (account: string, name: string): string => `${account}/${name}`;

function namesIn(element: Element<PrincipalItem> | undefined): ReadonlySet<string> | undefined {
  if (!element || element.negated) return undefined;
  const names = new Set<string>();
  for (const { pattern } of element.items) {
    switch (pattern.kind) {
      case 'account':
        names.add(pattern.account);
        break;
      case 'user':
      case 'role':
      case 'assumed-role':
      case 'federated-user':
        names.add(indexName(pattern.account, pattern.name));
        break;
      default:
        return undefined;
    }
  }
  return names;
}
