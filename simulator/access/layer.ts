import type { CompiledPolicy } from '../policy/compile.ts';
import { any, type Truth } from '../policy/truth.ts';
import type { AssumptionId } from './assumptions.ts';
import type { Layer, LayerOutcome, LayerResult, LevelResult, StatementResult } from './decision.ts';
import { judgeLayer } from './judge.ts';
import type { PreparedRequest } from './prepared.ts';
import { type Said, says, UNSAID } from './said.ts';
import { matchStatement, type StatementScope } from './statement.ts';

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

/** Policies without principals, which see everything in the request. */
export const WITHOUT_PRINCIPALS: StatementScope = { principals: false, keyTags: true };
export const WITH_PRINCIPALS: StatementScope = { principals: true, keyTags: true };
export const KEY_POLICY: StatementScope = { principals: true, keyTags: false };

/** Asks every statement that speaks of the request's action. */
export function askLayer(
  layer: Layer,
  policies: readonly CompiledPolicy[],
  prepared: PreparedRequest,
  scope: StatementScope,
): LayerPart {
  if (!prepared.explains) return judgeLayer(layer, policies, prepared, scope);
  const statements: StatementResult[] = [];
  const assumed: AssumptionId[] = [];
  let deny = UNSAID;
  let direct = UNSAID;
  let role = UNSAID;
  let account = UNSAID;
  for (const policy of policies) {
    for (const compiled of policy.speakingOf(prepared.request.action)) {
      const match = matchStatement(policy, compiled, prepared, scope);
      const { result } = match;
      statements.push(result);
      if (match.assumed.length > 0) assumed.push(...match.assumed);
      if (result.matched === false) continue;
      const { effect } = compiled;
      // A statement whose effect cannot be read may be either.
      if (effect !== 'Allow') deny = says(deny, result, any([match.direct, match.role, match.account]));
      if (effect === 'Deny') continue;
      direct = says(direct, result, match.direct);
      role = says(role, result, match.role);
      account = says(account, result, match.account);
    }
  }
  return { layer, standing: 'speaks', deny, direct, role, account, statements, assumed };
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
