import type { CompiledCondition, CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import { ABSENT, type ContextValue } from '../policy/context-value.ts';
import { all, type Truth } from '../policy/truth.ts';
import type { RequestContext } from './context/request-context.ts';
import type { Assumption, ElementResult, Need, StatementResult } from './decision.ts';
import { matchPrincipal } from './principals.ts';
import { type AccessRequest, keyArn } from './request.ts';

/** What a statement says to one request. */
export interface StatementMatch {
  readonly result: StatementResult;
  /** Whether it speaks to the caller itself (in policies without principals: at all). */
  readonly direct: Truth;
  /** Whether it speaks to the caller's account, which hands the decision on. */
  readonly account: Truth;
  readonly assumed: readonly Assumption[];
}

export interface StatementScope {
  /** Whether the policy is attached to the key, so that its statements name principals. */
  readonly resourcePolicy: boolean;
}

/** Compares a statement with a request, element by element, and stops at the first that fails. */
export function matchStatement(
  policy: CompiledPolicy,
  compiled: CompiledStatement,
  request: AccessRequest,
  context: RequestContext,
  scope: StatementScope,
): StatementMatch {
  return new Match(policy, compiled, request, context, scope).run();
}

class Match {
  private readonly elements: ElementResult[] = [];
  private readonly assumed: Assumption[] = [];
  private readonly policy: CompiledPolicy;
  private readonly compiled: CompiledStatement;
  private readonly request: AccessRequest;
  private readonly context: RequestContext;
  private readonly scope: StatementScope;

  constructor(
    policy: CompiledPolicy,
    compiled: CompiledStatement,
    request: AccessRequest,
    context: RequestContext,
    scope: StatementScope,
  ) {
    this.policy = policy;
    this.compiled = compiled;
    this.request = request;
    this.context = context;
    this.scope = scope;
  }

  run(): StatementMatch {
    const { statement, effect } = this.compiled;
    const principal = this.scope.resourcePolicy
      ? matchPrincipal(statement.principal, this.request.caller, effect ?? 'Allow')
      : undefined;
    if (principal?.assumed) this.assumed.push(principal.assumed);
    let direct: Truth = principal ? principal.direct : true;
    let account: Truth = principal ? principal.account : false;
    if (principal) this.principal(direct, account);
    const rest = direct === false && account === false ? false : this.rest();
    // What cannot be read may say anything; what can be read of it may still rule it out.
    const readable: Truth = statement.readable ? true : 'unknown';
    if (rest !== false && readable === 'unknown') this.unreadable();
    direct = all([direct, rest, readable]);
    account = all([account, rest, readable]);
    const matched =
      direct === true || account === true ? true : direct === 'unknown' || account === 'unknown' ? 'unknown' : false;
    return {
      result: {
        document: this.policy.document,
        statement,
        matched,
        elements: this.elements,
        ...(matched === true && principal?.how ? { principal: principal.how } : {}),
      },
      direct,
      account,
      assumed: this.assumed,
    };
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

  private principal(direct: Truth, account: Truth): void {
    const element = this.compiled.statement.principal;
    if (!element) return;
    const matched =
      direct === true || account === true ? true : direct === 'unknown' || account === 'unknown' ? 'unknown' : false;
    const unknown = element.items.find(({ pattern }) => pattern.kind === 'unknown');
    this.elements.push({
      element: element.negated ? 'NotPrincipal' : 'Principal',
      place: this.place(element.path),
      matched,
      expected: element.items.map(({ text }) => text),
      actual: [this.request.caller.type === 'service' ? this.request.caller.service : this.request.caller.arn],
      ...(matched === 'unknown' && unknown ? { need: this.placeholder(unknown.text, unknown.path) } : {}),
    });
  }

  private action(): Truth {
    const element = this.compiled.statement.action;
    const name = `kms:${this.request.action}`;
    // A key policy without an Action is accepted and has no effect.
    const matched = element ? this.compiled.speaksOf(name) : false;
    if (!element) return matched;
    const unknown = element.items.find(({ pattern }) => pattern.kind === 'unknown');
    this.elements.push({
      element: element.negated ? 'NotAction' : 'Action',
      place: this.place(element.path),
      matched,
      expected: element.items.map(({ text }) => text),
      actual: [name],
      ...(matched === 'unknown' && unknown ? { need: this.placeholder(unknown.text, unknown.path) } : {}),
    });
    return matched;
  }

  private resource(): Truth {
    const element = this.compiled.statement.resource;
    // A statement without a Resource is accepted in a key policy and has no effect.
    if (!element) return false;
    const { request } = this;
    const { matched, undecided } = this.compiled.matchesResource(request.key, (name) => this.valueOf(name));
    const need: Need | undefined =
      matched === 'unknown' && undecided
        ? undecided.why === 'key'
          ? { type: 'key', text: undecided.text, place: this.place(undecided.path), effect: this.effect }
          : this.placeholder(undecided.text, undecided.path)
        : undefined;
    this.elements.push({
      element: element.negated ? 'NotResource' : 'Resource',
      place: this.place(element.path),
      matched,
      expected: element.items.map(({ text }) => text),
      actual: [request.key ? keyArn(request.key) : '*'],
      ...(need ? { need } : {}),
    });
    return matched;
  }

  private condition(compiled: CompiledCondition): Truth {
    const { condition } = compiled;
    const value = this.valueOf(condition.key.lower);
    const { matched, undecided } = compiled.evaluate(value, (key) => this.valueOf(key));
    const place = this.place(condition.path);
    const need: Need | undefined =
      matched !== 'unknown'
        ? undefined
        : undecided
          ? this.placeholder(undecided.text, undecided.path)
          : { type: 'context-key', key: condition.key.text, place, effect: this.effect };
    this.elements.push({
      element: 'Condition',
      place,
      matched,
      expected: condition.values.map(({ text }) => text),
      actual: value.state === 'present' ? value.values : [],
      operator: condition.operator.text,
      key: condition.key.text,
      presence: value.state,
      ...(need ? { need } : {}),
    });
    return matched;
  }

  /** Tags and aliases of the key are visible to identity policies only. */
  private valueOf(key: string): ContextValue {
    if (!this.scope.resourcePolicy || !(key.startsWith('aws:resourcetag/') || key === 'kms:resourcealiases'))
      return this.context.get(key);
    this.assumed.push({
      id: 'resource-tags-in-key-policy',
      text: 'conditions on the key’s tags and aliases are taken as absent in a key policy: AWS documents them for IAM policies only',
    });
    return ABSENT;
  }

  private unreadable(): void {
    const { path } = this.compiled.statement;
    this.elements.push({
      element: 'Statement',
      place: this.place(path),
      matched: 'unknown',
      expected: [],
      actual: [],
      need: { type: 'unreadable-statement', place: this.place(path) },
    });
  }

  private get effect(): 'Allow' | 'Deny' {
    return this.compiled.effect ?? 'Allow';
  }

  private placeholder(text: string, path: readonly (string | number)[]): Need {
    return { type: 'placeholder', text, place: this.place(path), effect: this.effect };
  }

  private place(path: readonly (string | number)[]): ElementResult['place'] {
    return this.policy.document === undefined ? { path } : { document: this.policy.document, path };
  }
}
