import type { Place } from '../json/place.ts';
import type { CompiledCondition, CompiledPolicy, CompiledStatement, ResourceMatch } from '../policy/compile.ts';
import { ABSENT, type ContextValue } from '../policy/context-value.ts';
import type { Element, Item } from '../policy/document.ts';
import { all, any, type Truth } from '../policy/truth.ts';
import type { AssumptionId } from './assumptions.ts';
import { assumedOf } from './context/assumed.ts';
import type { ElementResult, Need, StatementResult } from './decision.ts';
import type { PreparedRequest } from './prepared.ts';
import { NOBODY, type PrincipalResult } from './principal/items.ts';
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
  if (!scope.principals) return new Match(policy, compiled, prepared, scope).run(EVERYBODY);
  const principal = matchPrincipal(compiled.statement.principal, prepared.facts, compiled.effect ?? 'Allow');
  if (principal === NOBODY) return isAboutOthers(policy, compiled, prepared);
  return new Match(policy, compiled, prepared, scope).run(principal);
}

/** By far the most statements of a large key policy speak of others. */
function isAboutOthers(
  { document }: CompiledPolicy,
  compiled: CompiledStatement,
  { shown }: PreparedRequest,
): StatementMatch {
  const { statement } = compiled;
  const { principal } = statement;
  const elements: ElementResult[] = principal
    ? [
        {
          element: principal.negated ? 'NotPrincipal' : 'Principal',
          place: placeIn(document, principal.path),
          matched: false,
          expected: compiled.textsOf(principal.items),
          actual: shown.caller,
        },
      ]
    : [];
  const result: StatementResult = { document, statement, matched: false, elements };
  return { result, direct: false, role: false, account: false, assumed: NOTHING };
}

function placeIn(document: string | undefined, path: Place['path']): Place {
  return document === undefined ? { path } : { document, path };
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

  run(principal: PrincipalResult): StatementMatch {
    const { statement } = this.compiled;
    if (this.scope.principals) this.principal(principal);
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
      result: this.result(matched, principal),
      direct,
      role,
      account,
      assumed: this.assumed ?? NOTHING,
    };
  }

  private result(matched: Truth, { how }: PrincipalResult): StatementResult {
    const { elements } = this;
    const { statement } = this.compiled;
    const { document } = this.policy;
    return matched === true && how
      ? { document, statement, matched, elements, principal: how }
      : { document, statement, matched, elements };
  }

  private principal(result: PrincipalResult): void {
    const element = this.compiled.statement.principal;
    if (result.assumed) this.assume(result.assumed);
    if (!element) return;
    const matched = any([result.direct, result.role, result.account]);
    const { shown } = this.prepared;
    const need = matched === 'unknown' ? this.placeholderIn(element.items) : undefined;
    this.compared(element, element.negated ? 'NotPrincipal' : 'Principal', matched, shown.caller, need);
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
    const need = matched === 'unknown' ? this.placeholderIn(element.items) : undefined;
    this.compared(element, element.negated ? 'NotAction' : 'Action', matched, shown.action, need);
    return matched;
  }

  private resource(): Truth {
    const element = this.compiled.statement.resource;
    // A statement without a Resource is accepted in a key policy and has no effect.
    if (!element) return false;
    const { target, shown } = this.prepared;
    const { matched, undecided } = this.compiled.matchesResource(target, this.valueOf);
    const need = undecided && this.undecidedResource(undecided);
    this.compared(element, element.negated ? 'NotResource' : 'Resource', matched, shown.resource, need);
    return matched;
  }

  private undecidedResource({ why, text, path }: NonNullable<ResourceMatch['undecided']>): Need {
    return why === 'key'
      ? { type: 'key', text, place: this.place(path), effect: this.effect }
      : this.placeholder(text, path);
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
    const element = {
      element: 'Condition',
      place,
      matched,
      expected: compiled.texts,
      actual: value.state === 'present' ? value.values : [],
      operator: operator.text,
      key: key.text,
      presence: value.state,
    } as const;
    this.elements.push(need ? { ...element, need } : element);
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
    need: Need | undefined,
  ): void {
    const expected = this.compiled.textsOf(items);
    const place = this.place(path);
    this.elements.push(
      need ? { element, place, matched, expected, actual, need } : { element, place, matched, expected, actual },
    );
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

  private placeholder(text: string, path: Place['path']): Need {
    return { type: 'placeholder', text, place: this.place(path), effect: this.effect };
  }

  private place(path: Place['path']): Place {
    return placeIn(this.policy.document, path);
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
