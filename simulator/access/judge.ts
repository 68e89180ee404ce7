import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import { ABSENT, type ContextValue } from '../policy/context-value.ts';
import type { Truth } from '../policy/truth.ts';
import type { Layer } from './decision.ts';
import type { LayerPart } from './layer.ts';
import type { PreparedRequest } from './prepared.ts';
import { matchPrincipal } from './principal/match.ts';
import { merely, type Said, UNSAID } from './said.ts';
import { EVERYBODY, hidesFromKeyPolicies, type StatementScope } from './statement.ts';

/**
 * What a layer says, without a word on why: asks the same questions as `askLayer`, writes nothing down, and looks only at
 * statements that may name the caller.
 */
export function judgeLayer(
  layer: Layer,
  policies: readonly CompiledPolicy[],
  prepared: PreparedRequest,
  scope: StatementScope,
): LayerPart {
  const judge = new Judge(layer, prepared, scope);
  const { action } = prepared.request;
  for (const policy of policies) {
    if (scope.principals) policy.concerning(action, prepared.names, judge);
    else judge.hear(policy.speakingOf(action));
  }
  return judge;
}

const NONE: readonly never[] = [];

class Judge implements LayerPart {
  readonly layer: Layer;
  readonly standing = 'speaks';
  readonly statements = NONE;
  readonly assumed = NONE;
  deny = UNSAID;
  direct = UNSAID;
  role = UNSAID;
  account = UNSAID;
  private readonly prepared: PreparedRequest;
  private readonly scope: StatementScope;
  private readonly valueOf: (key: string) => ContextValue;

  constructor(layer: Layer, prepared: PreparedRequest, scope: StatementScope) {
    this.layer = layer;
    this.prepared = prepared;
    this.scope = scope;
    this.valueOf = scope.keyTags
      ? prepared.valueOf
      : (key) => (hidesFromKeyPolicies(key) ? ABSENT : prepared.valueOf(key));
  }

  hear(statements: readonly CompiledStatement[]): void {
    for (const compiled of statements) this.hearOne(compiled);
  }

  private hearOne(compiled: CompiledStatement): void {
    const { effect, statement } = compiled;
    const { direct, role, account } = this.scope.principals
      ? matchPrincipal(statement.principal, this.prepared.facts, effect ?? 'Allow')
      : EVERYBODY;
    if (direct === false && role === false && account === false) return;
    const holds = this.holds(compiled);
    if (holds === false) return;
    // A statement whose effect cannot be read may be either.
    if (effect !== 'Allow') this.deny = more(this.deny, and(or(direct, or(role, account)), holds));
    if (effect === 'Deny') return;
    this.direct = more(this.direct, and(direct, holds));
    this.role = more(this.role, and(role, holds));
    this.account = more(this.account, and(account, holds));
  }

  /** Everything but the principal. What cannot be read may say anything; what can be read may still rule it out. */
  private holds(compiled: CompiledStatement): Truth {
    const { statement } = compiled;
    // Without an Action or a Resource a statement has no effect.
    if (!statement.action || !statement.resource) return false;
    const action = compiled.speaksOf(this.prepared.action);
    if (action === false) return false;
    const resource = compiled.matchesResource(this.prepared.target, this.valueOf).matched;
    if (resource === false) return false;
    let truth = and(action, resource);
    for (const condition of compiled.conditions) {
      const value = this.valueOf(condition.condition.key.lower);
      truth = and(truth, condition.evaluate(value, this.valueOf).matched);
      if (truth === false) return false;
    }
    return statement.readable ? truth : 'unknown';
  }
}

const more = (said: Said, truth: Truth): Said => (truth === false ? said : merely(or(said.truth, truth)));

/** As `any` and `all`, for two. */
const or = (a: Truth, b: Truth): Truth => (a === true || b === false ? a : b === true || a === false ? b : a);
const and = (a: Truth, b: Truth): Truth => (a === false || b === true ? a : b);
