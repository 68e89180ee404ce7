import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import type { RequestValues } from '../policy/context-value.ts';
import { both, either, type Truth } from '../policy/truth.ts';
import type { AssumptionId } from './assumptions.ts';
import { addressedBy, bystandersOf } from './audience.ts';
import { ValuesInKeyPolicy } from './context/request-context.ts';
import type { Layer, LayerOutcome, LayerResult, LevelResult, StatementResult } from './decision.ts';
import type { PreparedRequest } from './prepared.ts';
import type { PrincipalResult } from './principal/items.ts';
import { matchPrincipal } from './principal/match.ts';
import { type Said, says, UNSAID } from './said.ts';
import { holds } from './statement-match.ts';
import { EVERYBODY, type StatementScope } from './statement-scope.ts';
import { StatementTrace } from './statement-trace.ts';

/** What the policies of one layer say to one request, effect by effect. */
export interface LayerPart {
  readonly layer: Layer;
  /** Whether the layer has a say here, and whether anybody told what its policies are. */
  readonly standing: 'speaks' | 'not-given' | 'not-applicable';
  readonly deny: Said;
  /** Allows that name the caller itself; in policies without principals, all of them. */
  readonly direct: Said;
  /** Allows that name the role of the caller's session, or the user who made it. */
  readonly role: Said;
  /** Allows that name the caller's account only. */
  readonly account: Said;
  readonly statements: readonly StatementResult[];
  readonly assumed: readonly AssumptionId[];
  readonly levels?: readonly LevelResult[];
}

/** Asks every statement that speaks of the request's action and may concern the caller. */
export function askLayer(
  layer: Layer,
  policies: readonly CompiledPolicy[],
  prepared: PreparedRequest,
  scope: StatementScope,
): LayerPart {
  const asked = prepared.explains ? new ExplainedLayer(layer, prepared, scope) : new AskedLayer(layer, prepared, scope);
  for (const policy of policies) asked.ask(policy);
  return asked;
}

const NONE: readonly never[] = [];

/** What a layer says, without a word on why. */
class AskedLayer implements LayerPart {
  readonly layer: Layer;
  readonly standing = 'speaks';
  readonly statements: readonly StatementResult[] = NONE;
  readonly assumed: readonly AssumptionId[] = NONE;
  deny = UNSAID;
  direct = UNSAID;
  role = UNSAID;
  account = UNSAID;
  protected readonly prepared: PreparedRequest;
  protected readonly scope: StatementScope;
  private readonly values: RequestValues;

  constructor(layer: Layer, prepared: PreparedRequest, scope: StatementScope) {
    this.layer = layer;
    this.prepared = prepared;
    this.scope = scope;
    this.values = scope.keyTags ? prepared.values : new ValuesInKeyPolicy(prepared.values);
  }

  ask(policy: CompiledPolicy): void {
    const { prepared, scope } = this;
    if (!scope.principals) {
      for (const compiled of policy.speakingOf(prepared.request.action)) this.hear(compiled, EVERYBODY);
      return;
    }
    for (const { compiled, named } of addressedBy(policy, prepared)) this.hear(compiled, named ?? this.named(compiled));
  }

  /** What a statement says of the caller. */
  protected named({ statement, effect }: CompiledStatement): PrincipalResult {
    return this.scope.principals
      ? matchPrincipal(statement.principal, this.prepared.facts, effect ?? 'Allow')
      : EVERYBODY;
  }

  /** Returns what was written down, if anything was. */
  protected hear(
    compiled: CompiledStatement,
    named: PrincipalResult,
    trace?: StatementTrace,
  ): StatementResult | undefined {
    const { effect } = compiled;
    const { prepared } = this;
    const anybody = either(named.direct, either(named.role, named.account));
    if (anybody === false) return trace?.result(false);
    const truth = holds(compiled, prepared, trace?.values ?? this.values, trace);
    const matched = both(anybody, truth);
    const result = trace?.result(matched);
    if (matched === false) return result;
    // A statement whose effect cannot be read may be either.
    if (effect !== 'Allow') this.deny = says(this.deny, matched, result);
    if (effect === 'Deny') return result;
    this.direct = says(this.direct, both(named.direct, truth), result);
    this.role = says(this.role, both(named.role, truth), result);
    this.account = says(this.account, both(named.account, truth), result);
    return result;
  }
}

/** The same, with every statement written down. */
class ExplainedLayer extends AskedLayer {
  override readonly statements: StatementResult[] = [];
  override readonly assumed: AssumptionId[] = [];

  override ask(policy: CompiledPolicy): void {
    const { prepared, scope, statements } = this;
    const trace = (compiled: CompiledStatement): StatementTrace =>
      new StatementTrace(policy, compiled, prepared, scope, this.assumed);
    const speaking = policy.speakingOf(prepared.request.action);
    const bystanders = scope.principals ? bystandersOf(policy, prepared, trace) : undefined;
    speaking.forEach((compiled, index) => {
      const result = bystanders?.[index] ?? this.explain(compiled, trace(compiled));
      if (result) statements.push(result);
    });
  }

  private explain(compiled: CompiledStatement, trace: StatementTrace): StatementResult | undefined {
    const named = this.named(compiled);
    if (this.scope.principals) trace.principal(named);
    return this.hear(compiled, named, trace);
  }
}

/** A layer that has no say, or whose policies nobody gave. */
export function silentLayer(layer: Layer, standing: 'not-given' | 'not-applicable', allow: Said = UNSAID): LayerPart {
  return {
    layer,
    standing,
    deny: UNSAID,
    direct: allow,
    role: UNSAID,
    account: allow,
    statements: [],
    assumed: [],
  };
}

/** What a layer without principals comes to. */
export function outcomeOf({ standing, deny, direct }: LayerPart): LayerOutcome {
  if (standing !== 'speaks') return standing;
  return outcome(deny.truth, direct.truth);
}

export function outcome(deny: Truth, allow: Truth): LayerOutcome {
  if (deny === true) return 'denies';
  if (deny === 'unknown' || allow === 'unknown') return 'depends';
  return allow ? 'allows' : 'silent';
}

export function toResult({ layer, statements, levels }: LayerPart, outcome: LayerOutcome): LayerResult {
  return { layer, outcome, statements, ...(levels ? { levels } : {}) };
}
