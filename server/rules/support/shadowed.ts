import { accountOf, type Caller, parseCaller } from '../../../simulator/access/caller.ts';
import { decide } from '../../../simulator/access/decide.ts';
import type { KeyDescription } from '../../../simulator/access/request.ts';
import { subjectsOf } from '../../../simulator/access/who/subjects.ts';
import { findGrantOperation } from '../../../simulator/facts/grant-operations.ts';
import { CompiledPolicy } from '../../../simulator/policy/compile.ts';
import type { Item, PolicyDocument, Statement } from '../../../simulator/policy/document.ts';
import type { Grant } from '../../../simulator/policy/grant.ts';
import type { DocumentFacts } from '../rule.ts';
import { inWorld, keyOf, requestOf } from './granted.ts';
import { isOpen } from './grants.ts';

/** An operation that a grant gives and the key policy denies, whatever the request looks like. */
export interface Shadowed {
  readonly operation: Item;
  readonly by: Statement;
}

/** Decisions cost more than reading; this many are enough for all but machine-made documents. */
const MAX_DECISIONS = 2000;

/** Finds what a key policy takes away from grants, by asking for each operation who of those a grant reaches gets in. */
export class Shadows {
  private readonly policy: CompiledPolicy;
  private readonly facts: DocumentFacts;
  private decisions = 0;
  private named: ReadonlyMap<string | undefined, readonly Caller[]> | undefined;

  constructor(policy: PolicyDocument, facts: DocumentFacts) {
    this.policy = new CompiledPolicy(policy);
    this.facts = facts;
  }

  of(grant: Grant): Shadowed[] {
    const key = keyOf(grant, this.facts);
    if (!key) return [];
    let callers: readonly Caller[] | undefined;
    return grant.operations.flatMap((operation): Shadowed[] => {
      const { text: action } = operation;
      if (!findGrantOperation(action) || !this.mayDeny(action)) return [];
      callers ??= this.callersOf(grant, key);
      const by = this.deniedBy(grant, action, key, callers);
      return by ? [{ operation, by }] : [];
    });
  }

  private mayDeny(action: string): boolean {
    return this.policy.speakingOf(action).some(({ effect }) => effect === 'Deny');
  }

  /** The statement that denies it to all of them; undefined where somebody may get in, or nobody is known. */
  private deniedBy(
    grant: Grant,
    action: string,
    key: KeyDescription,
    callers: readonly Caller[],
  ): Statement | undefined {
    const { grantee } = grant;
    if (!grantee) return undefined;
    const grants = [inWorld(grantee, action)];
    let by: Statement | undefined;
    for (const caller of callers) {
      if (MAX_DECISIONS < ++this.decisions) return undefined;
      const decision = decide(requestOf(grant, action, key, caller, this.policy), {
        keyPolicy: this.policy,
        identityPolicies: undefined,
        grants,
      });
      const reached = decision.layers.flatMap(({ grants = [] }) => grants).some(({ matched }) => matched !== false);
      if (!reached) continue;
      const isDenied = decision.verdict === 'denied' && decision.kind === 'explicit' && decision.by === 'key-policy';
      if (!isDenied || !decision.deciding) return undefined;
      by ??= decision.deciding.statement;
    }
    return by;
  }

  /** Whom the grant may reach: its grantee, and whoever belongs to it and has a place of their own in the policy. */
  private callersOf({ grantee }: Grant, key: KeyDescription): Caller[] {
    if (!grantee || isOpen(grantee.text)) return [];
    const { text, type } = grantee;
    // No session is called this, so that no statement about one session is taken for one about all.
    const answer = parseCaller(type === 'service' ? `service:${text}` : text, { sessionName: '*' });
    if ('problem' in answer) return [];
    const own = answer.caller;
    const account = accountOf(own);
    if (account === undefined) return [own];
    const others = own.type === 'root' ? subjectsOf(key, [], [inWorld(grantee)]).map(({ caller }) => caller) : [];
    return [own, ...others, ...(this.namedIn(account, key) ?? [])];
  }

  /** Those of an account whom the policy names. */
  private namedIn(account: string, key: KeyDescription): readonly Caller[] | undefined {
    this.named ??= groupBy(
      subjectsOf(key, [this.policy]).map(({ caller }) => caller),
      accountOf,
    );
    return this.named.get(account);
  }
}

function groupBy<K, T>(all: readonly T[], by: (each: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const each of all) {
    const group = groups.get(by(each));
    if (group) group.push(each);
    else groups.set(by(each), [each]);
  }
  return groups;
}
