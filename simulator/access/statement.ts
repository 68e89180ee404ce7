import type { CompiledCondition, CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import { ABSENT, type ContextValue } from '../policy/context-value.ts';
import type { Element, Item } from '../policy/document.ts';
import { all, any, type Truth } from '../policy/truth.ts';
import type { AssumptionId } from './assumptions.ts';
import { assumedOf } from './context/assumed.ts';
import type { ElementResult, Need, StatementResult } from './decision.ts';
import type { PreparedRequest } from './prepared.ts';
import type { PrincipalResult } from './principal/items.ts';
import { matchPrincipal } from './principal/match.ts';

/** What a statement says to one request. */
export interface StatementMatch {
  readonly result: StatementResult;
  /** Whether it speaks to the caller itself (in policies without principals: at all). */
  readonly direct: Truth;
  /** Whether it speaks to the role of the caller's session, or to the user who made it. */
  readonly role: Truth;
  /** Whether it speaks to the caller's account, which hands the decision on. */
  readonly account: Truth;
  readonly assumed: readonly AssumptionId[];
}

export interface StatementScope {
  /** Whether statements name principals: policies of keys, endpoints and resource control policies do. */
  readonly principals: boolean;
  /** Whether conditions see the tags and aliases of the key: those of a key policy do not. */
  readonly keyTags: boolean;
}

const NOTHING: readonly AssumptionId[] = [];

/** Compares a statement with a request, element by element, and stops at the first that fails. */
export function matchStatement(
  policy: CompiledPolicy,
  compiled: CompiledStatement,
  prepared: PreparedRequest,
  scope: StatementScope,
): StatementMatch {
  return new Match(policy, compiled, prepared, scope).run();
}

class Match {
  private readonly elements: ElementResult[] = [];
  private assumed: AssumptionId[] | undefined;
  private readonly policy: CompiledPolicy;
  private readonly compiled: CompiledStatement;
  private readonly prepared: PreparedRequest;
  private readonly scope: StatementScope;

  constructor(policy: CompiledPolicy, compiled: CompiledStatement, prepared: PreparedRequest, scope: StatementScope) {
    this.policy = policy;
    this.compiled = compiled;
    this.prepared = prepared;
    this.scope = scope;
  }

  run(): StatementMatch {
    const { statement } = this.compiled;
    const principal = this.scope.principals ? this.principal() : EVERYBODY;
    const named = any([principal.direct, principal.role, principal.account]);
    const rest = named === false ? false : this.rest();
    // What cannot be read may say anything; what can be read of it may still rule it out.
    if (rest !== false && !statement.readable) this.unreadable();
    const others = statement.readable ? rest : all([rest, 'unknown']);
    const direct = all([principal.direct, others]);
    const role = all([principal.role, others]);
    const account = all([principal.account, others]);
    const matched = any([direct, role, account]);
    return {
      result: {
        document: this.policy.document,
        statement,
        matched,
        elements: this.elements,
        ...(matched === true && principal.how ? { principal: principal.how } : {}),
      },
      direct,
      role,
      account,
      assumed: this.assumed ?? NOTHING,
    };
  }

  private principal(): PrincipalResult {
    const element = this.compiled.statement.principal;
    const result = matchPrincipal(element, this.prepared.caller, this.effect);
    if (result.assumed) this.assume(result.assumed);
    if (!element) return result;
    const matched = any([result.direct, result.role, result.account]);
    const { shown } = this.prepared;
    this.compared(element, element.negated ? 'NotPrincipal' : 'Principal', matched, shown.caller, () =>
      this.placeholderIn(element.items),
    );
    return result;
  }

  private rest(): Truth {
    const action = this.action();
    if (action === false) return false;
    const resource = this.resource();
    if (resource === false) return false;
    let conditions: Truth = true;
    for (const condition of this.compiled.conditions) {
      const matched = this.condition(condition);
      if (matched === false) return false;
      if (matched === 'unknown') conditions = 'unknown';
    }
    return all([action, resource, conditions]);
  }

  private action(): Truth {
    const element = this.compiled.statement.action;
    // A key policy without an Action is accepted and has no effect.
    if (!element) return false;
    const { action, shown } = this.prepared;
    const matched = this.compiled.speaksOf(action);
    this.compared(element, element.negated ? 'NotAction' : 'Action', matched, shown.action, () =>
      this.placeholderIn(element.items),
    );
    return matched;
  }

  private resource(): Truth {
    const element = this.compiled.statement.resource;
    // A statement without a Resource is accepted in a key policy and has no effect.
    if (!element) return false;
    const { target, shown } = this.prepared;
    const { matched, undecided } = this.compiled.matchesResource(target, this.valueOf);
    this.compared(element, element.negated ? 'NotResource' : 'Resource', matched, shown.resource, () => {
      if (!undecided) return undefined;
      const { why, text, path } = undecided;
      return why === 'key'
        ? { type: 'key', text, place: this.place(path), effect: this.effect }
        : this.placeholder(text, path);
    });
    return matched;
  }

  private condition(compiled: CompiledCondition): Truth {
    const { condition } = compiled;
    const { key, operator } = condition;
    const value = this.valueOf(key.lower);
    const { matched, undecided, assumed } = compiled.evaluate(value, this.valueOf);
    if (assumed) for (const id of assumed) this.assume(id);
    const presence = assumedOf(key.lower, operator.base, value, this.prepared.request);
    if (presence) this.assume(presence);
    const place = this.place(condition.path);
    const need: Need | undefined =
      matched !== 'unknown'
        ? undefined
        : undecided
          ? this.placeholder(undecided.text, undecided.path)
          : { type: 'context-key', key: key.text, place, effect: this.effect };
    this.elements.push({
      element: 'Condition',
      place,
      matched,
      expected: compiled.texts,
      actual: value.state === 'present' ? value.values : [],
      operator: operator.text,
      key: key.text,
      presence: value.state,
      ...(need ? { need } : {}),
    });
    return matched;
  }

  private readonly valueOf = (key: string): ContextValue => {
    if (this.scope.keyTags || !hidesFromKeyPolicies(key)) return this.prepared.valueOf(key);
    this.assume('resource-tags-in-key-policy');
    return ABSENT;
  };

  private compared(
    { path, items }: Element<Item>,
    element: ElementResult['element'],
    matched: Truth,
    actual: readonly string[],
    needOf: () => Need | undefined,
  ): void {
    const need = matched === 'unknown' ? needOf() : undefined;
    const expected = this.compiled.textsOf(items);
    this.elements.push({ element, place: this.place(path), matched, expected, actual, ...(need ? { need } : {}) });
  }

  private unreadable(): void {
    const place = this.place(this.compiled.statement.path);
    const need: Need = { type: 'unreadable-statement', place };
    this.elements.push({ element: 'Statement', place, matched: 'unknown', expected: [], actual: [], need });
  }

  private assume(id: AssumptionId): void {
    if (this.assumed) this.assumed.push(id);
    else this.assumed = [id];
  }

  private get effect(): 'Allow' | 'Deny' {
    return this.compiled.effect ?? 'Allow';
  }

  private placeholderIn(items: readonly (Item & { readonly pattern: { readonly kind: string } })[]): Need | undefined {
    const unknown = items.find(({ pattern }) => pattern.kind === 'unknown');
    return unknown && this.placeholder(unknown.text, unknown.path);
  }

  private placeholder(text: string, path: readonly (string | number)[]): Need {
    return { type: 'placeholder', text, place: this.place(path), effect: this.effect };
  }

  private place(path: readonly (string | number)[]): ElementResult['place'] {
    return this.policy.document === undefined ? { path } : { document: this.policy.document, path };
  }
}

/** Tags and aliases of the key are visible to identity policies only. */
export function hidesFromKeyPolicies(key: string): boolean {
  return key.startsWith('aws:resourcetag/') || key === 'kms:resourcealiases';
}

/** In policies without principals every statement is about the caller. */
export const EVERYBODY: PrincipalResult = {
  direct: true,
  role: false,
  account: false,
  how: undefined,
  assumed: undefined,
};
