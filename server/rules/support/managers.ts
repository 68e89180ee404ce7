import { speaksOf } from '../../../simulator/policy/compile.ts';
import type { PolicyDocument, PrincipalItem, Statement } from '../../../simulator/policy/document.ts';
import { perStatement } from '../../../simulator/policy/per-statement.ts';
import { compileGlob } from '../../../simulator/policy/syntax/glob.ts';
import { findExpressions } from '../../../simulator/policy/syntax/placeholder.ts';

/** Somebody whom a statement allows to change the key policy. */
export interface Manager {
  /** `account`: whoever the account's identity policies let; `person`: a user or a role; `session`: one session. */
  readonly kind: 'everyone' | 'account' | 'person' | 'session';
  readonly item: PrincipalItem;
  readonly statement: Statement;
}

export interface Managers {
  /** Everybody whom an Allow names, once for each statement. */
  readonly allowed: readonly Manager[];
  /** Those of them whom no Deny stops for good. */
  readonly left: readonly Manager[];
  /** The Deny statements that stop the others. */
  readonly denies: readonly Statement[];
}

/** Comparing each manager with each pattern of each conditional Deny costs the product of their lengths. */
const MAX_STEPS = 40_000_000;

/**
 * Who may call PutKeyPolicy; undefined where it cannot be told: a placeholder, a misspelt element, a statement that AWS
 * rejects. Principals of other accounts do not count where the key's account is known, since PutKeyPolicy does not
 * work across accounts.
 */
export function managersOf(policy: PolicyDocument, account: string | undefined): Managers | undefined {
  const { statements } = policy;
  if (statements.length === 0 || statements.some((each) => speaks(each) === undefined)) return undefined;
  const allowed: Manager[] = [];
  const denies: Statement[] = [];
  for (const statement of statements) {
    if (!speaks(statement)) continue;
    if (!coversKey(statement)) return undefined;
    if (statement.effect === 'Deny') {
      denies.push(statement);
      continue;
    }
    const named = managersIn(statement);
    if (!named) return undefined;
    for (const manager of named) if (isAtHome(manager, account)) allowed.push(manager);
  }
  const stops = denies.map(stopperOf).filter((each) => each !== undefined);
  const steps = sum(stops.map(({ length }) => length)) * sum(allowed.map(({ item }) => item.text.length));
  const conditional = steps <= MAX_STEPS ? stops.filter(({ exempts }) => exempts) : [];
  const plain = mergeOf(stops.filter(({ exempts }) => !exempts));
  const isStopped = (manager: Manager): boolean =>
    plain.names(manager) || conditional.some((each) => each.names(manager) && each.exempts?.(manager) === false);
  const left = allowed.filter((manager) => !isStopped(manager));
  return { allowed, left, denies: stops.map(({ statement }) => statement) };
}

/** Whether a statement is about PutKeyPolicy; undefined where it cannot be told, or an element is missing. */
const speaks = perStatement(({ readable, action, principal, resource }): boolean | undefined => {
  if (!readable || !action || !principal || !resource) return undefined;
  const truth = speaksOf(action, 'kms:PutKeyPolicy');
  return truth === 'unknown' ? undefined : truth;
});

/** Whether a statement is about the key, as far as its Resource tells. */
function coversKey({ resource }: Statement): boolean {
  return resource !== undefined && !resource.negated && resource.items.some(({ text }) => /\*|:key\//.test(text));
}

function isAtHome({ item }: Manager, account: string | undefined): boolean {
  return account === undefined || item.pattern.account === undefined || item.pattern.account === account;
}

/** Undefined where somebody cannot be told. Services, and what belongs into other policies, never call PutKeyPolicy. */
function managersIn(statement: Statement): Manager[] | undefined {
  const { principal } = statement;
  if (!principal || principal.negated) return undefined;
  const managers: Manager[] = [];
  for (const item of principal.items) {
    switch (item.pattern.kind) {
      case 'everyone':
      case 'account':
        managers.push({ kind: item.pattern.kind, item, statement });
        break;
      case 'user':
      case 'role':
        managers.push({ kind: 'person', item, statement });
        break;
      case 'assumed-role':
      case 'federated-user':
        managers.push({ kind: 'session', item, statement });
        break;
      case 'service':
      case 'every-service':
      case 'federated':
      case 'canonical-user':
      case 'group':
        break;
      default:
        return undefined;
    }
  }
  return managers;
}

/** What a Deny does to managers. */
interface Stopper {
  readonly statement: Statement;
  /** Of all patterns of its condition. */
  readonly length: number;
  names(manager: Manager): boolean;
  /** Whether its condition lets the manager off; undefined where it has no condition. */
  readonly exempts: ((manager: Manager) => boolean) | undefined;
}

/** Undefined for a Deny that depends on more than who calls. */
function stopperOf(statement: Statement): Stopper | undefined {
  const { principal, conditions } = statement;
  if (!principal || principal.negated) return undefined;
  const { names } = mergeOf([{ statement }]);
  const [condition, ...others] = conditions;
  if (!condition) return { statement, length: 0, names, exempts: undefined };
  const { operator, key, values } = condition;
  const isAboutCaller =
    others.length === 0 &&
    key.lower === 'aws:principalarn' &&
    operator.negated &&
    operator.set === undefined &&
    (operator.family === 'String' || operator.family === 'Arn') &&
    values.every(({ text }) => findExpressions(text).length === 0);
  if (!isAboutCaller) return undefined;
  const globs = values.map(({ text }) => ({ account: text.split(':')[4] ?? '*', glob: compileGlob(text) }));
  const exempts = ({ kind, item }: Manager): boolean => {
    if (kind === 'everyone' || kind === 'session') return true;
    if (kind === 'person') return globs.some(({ glob }) => glob.matches(item.text));
    return globs.some(({ account }) => /[*?]/.test(account) || account === item.pattern.account);
  };
  return { statement, length: sum(values.map(({ text }) => text.length)), names, exempts };
}

/** Whom the statements name, taken together: everyone, whole accounts, or somebody in particular. */
function mergeOf(stops: readonly { readonly statement: Statement }[]): { names(manager: Manager): boolean } {
  const items = stops.flatMap(({ statement }) => statement.principal?.items ?? []);
  const everyone = items.some(({ pattern }) => pattern.kind === 'everyone');
  const accounts = new Set(
    items.filter(({ pattern }) => pattern.kind === 'account').map(({ pattern }) => pattern.account),
  );
  const texts = new Set(items.map(({ text }) => text));
  return {
    names: ({ item }) =>
      everyone || (item.pattern.account !== undefined && accounts.has(item.pattern.account)) || texts.has(item.text),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
