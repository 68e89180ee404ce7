import { valueOf } from '../../../simulator/json/node.ts';
import type { Condition, PolicyDocument, Statement } from '../../../simulator/policy/document.ts';
import type { KindAnswer } from '../../documents/kinds.ts';
import { hole } from '../holes.ts';
import type { DocumentFacts, Fix, Severity } from '../rule.ts';
import { ACCOUNT_PLACEHOLDER, likelyAccount, rootArn } from './accounts.ts';
import { type Manager, managersOf } from './managers.ts';
import { perPolicy } from './per-policy.ts';

/** What endangers that a key stays manageable. Of several only the most specific is told, so that one rule speaks. */
export type Lockout =
  /** Whole accounts are named, and the key's own is none of them. */
  | { readonly fault: 'wrong-account'; readonly accounts: readonly Manager[] }
  | { readonly fault: 'nobody' }
  /** A Deny stops all whom the policy allows it. */
  | { readonly fault: 'denied'; readonly deny: Statement; readonly stopped: Manager }
  | { readonly fault: 'sessions'; readonly manager: Manager }
  | { readonly fault: 'conditional'; readonly condition: Condition }
  | { readonly fault: 'single'; readonly manager: Manager }
  /** Several users or roles, and the account is no principal of any statement. */
  | { readonly fault: 'no-delegation' };

/** Undefined where the key stays manageable, or where nobody can tell. */
export function lockoutOf(policy: PolicyDocument, { account }: DocumentFacts): Lockout | undefined {
  const known = lockouts(policy);
  if (!known.has(account)) known.set(account, judge(policy, account));
  return known.get(account);
}

/** Several rules ask, each about one fault. */
const lockouts = perPolicy(() => new Map<string | undefined, Lockout | undefined>());

function judge(policy: PolicyDocument, account: string | undefined): Lockout | undefined {
  if (isManagedByAws(policy)) return undefined;
  const foreign = account === undefined ? [] : accountsBeside(policy, account);
  if (0 < foreign.length) return { fault: 'wrong-account', accounts: foreign };
  const managers = managersOf(policy, account);
  if (!managers) return undefined;
  const { allowed, left, denies } = managers;
  const [stopped] = allowed;
  const [deny] = denies;
  if (!stopped) return { fault: 'nobody' };
  const [first, ...others] = left;
  if (!first) return deny && { fault: 'denied', deny, stopped };
  if (left.every(({ kind }) => kind === 'session')) return { fault: 'sessions', manager: first };
  const conditions = left.map(({ statement }) => statement.conditions.find(canFailForGood));
  const [condition] = conditions;
  if (condition && conditions.every((each) => each !== undefined)) return { fault: 'conditional', condition };
  if (left.some(({ kind }) => kind === 'account' || kind === 'everyone')) return undefined;
  if (others.every(({ item }) => item.text === first.item.text)) return { fault: 'single', manager: first };
  return delegates(policy) ? undefined : { fault: 'no-delegation' };
}

/** A finding about all of a policy is only as grave as it is sure that this is all of it. */
export function severityOfWhole(kind: KindAnswer, severity: Severity): Severity {
  return kind.whole ? severity : 'information';
}

/** Adds AWS's default statement, with which identity policies of the account count. */
export function addDelegation(policy: PolicyDocument, facts: DocumentFacts): Fix[] {
  const { root, base, statements } = policy;
  const node = root.type === 'object' ? valueOf(root, 'Statement') : undefined;
  if (node?.type !== 'array') return [];
  const value = delegation(policy, facts);
  return [
    {
      title: 'let the account manage the key',
      safe: false,
      edits: [{ op: 'insert', path: [...base, 'Statement', statements.length], value }],
    },
  ];
}

/** The statement that lets identity policies of the account count. */
export function delegation(policy: PolicyDocument, { account }: DocumentFacts) {
  const likely = likelyAccount(policy);
  const partition = likely.root.split(':')[1] ?? 'aws';
  const id = account ?? likely.id;
  return {
    Sid: 'Enable IAM policies',
    Effect: 'Allow',
    Principal: { AWS: rootArn(id === ACCOUNT_PLACEHOLDER ? hole(id) : id, partition) },
    Action: 'kms:*',
    Resource: '*',
  };
}

/** AWS writes the policies of its managed keys, and lets nobody change them. */
export function isManagedByAws({ root }: PolicyDocument): boolean {
  const id = root.type === 'object' ? valueOf(root, 'Id') : undefined;
  return id?.type === 'string' && id.value.startsWith('auto-');
}

/** The whole accounts that statements allow something, where the key's own is none of them and nobody is unknown. */
function accountsBeside({ statements }: PolicyDocument, account: string): Manager[] {
  const found: Manager[] = [];
  for (const statement of statements) {
    if (statement.effect !== 'Allow') continue;
    if (!statement.readable || !statement.principal || statement.principal.negated) return [];
    for (const item of statement.principal.items) {
      const { kind } = item.pattern;
      if (kind === 'everyone' || kind === 'unknown' || item.pattern.account === account) return [];
      if (kind === 'account') found.push({ kind, item, statement });
    }
  }
  return found;
}

function delegates({ statements }: PolicyDocument): boolean {
  return statements.some(
    ({ effect, principal }) =>
      effect === 'Allow' &&
      principal?.items.some(({ pattern }) => pattern.kind === 'account' || pattern.kind === 'everyone'),
  );
}

const FRAGILE: ReadonlySet<string> = new Set([
  'aws:sourceip',
  'aws:vpcsourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:principaltag/',
  'kms:viaservice',
]);

/** Operators that no later moment satisfies. */
const ENDS_IN_TIME = /^(?:Date|Numeric)(?:Equals|LessThan|LessThanEquals)$/;

/** Whether a condition hangs on something that may be gone one day: an address, a network, a tag, a date. */
function canFailForGood({ operator, key }: Condition): boolean {
  if (operator.negated || operator.ifExists || operator.base === 'Null') return false;
  const isTime = key.stem === 'aws:currenttime' || key.stem === 'aws:epochtime';
  return isTime ? ENDS_IN_TIME.test(operator.base ?? '') : FRAGILE.has(key.stem);
}
