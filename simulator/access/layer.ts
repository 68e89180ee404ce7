import type { CompiledPolicy } from '../policy/compile.ts';
import { any, type Truth } from '../policy/truth.ts';
import type { RequestContext } from './context/request-context.ts';
import type { Assumption, Layer, LayerOutcome, LayerResult, Need, StatementResult } from './decision.ts';
import type { AccessRequest } from './request.ts';
import { matchStatement, type StatementMatch, type StatementScope } from './statement.ts';

/** What the policies of one layer say to one request, effect by effect. */
export interface LayerPart {
  readonly layer: Layer;
  readonly deny: Said;
  /** Allows that name the caller itself; in policies without principals, all of them. */
  readonly direct: Said;
  /** Allows that name the caller's account only. */
  readonly account: Said;
  readonly statements: readonly StatementResult[];
  readonly assumed: readonly Assumption[];
}

/** Whether some statement says it, the first that surely does, and those that would if something unknown were so. */
export interface Said {
  readonly truth: Truth;
  readonly by: StatementResult | undefined;
  readonly undecided: readonly StatementResult[];
}

const UNSAID: Said = { truth: false, by: undefined, undecided: [] };

/** Asks every statement that speaks of the request's action. */
export function askLayer(
  layer: Layer,
  policies: readonly CompiledPolicy[],
  request: AccessRequest,
  context: RequestContext,
  scope: StatementScope,
): LayerPart {
  const statements: StatementResult[] = [];
  const assumed: Assumption[] = [];
  let deny = UNSAID;
  let direct = UNSAID;
  let account = UNSAID;
  for (const policy of policies) {
    for (const compiled of policy.speakingOf(request.action)) {
      const match = matchStatement(policy, compiled, request, context, scope);
      statements.push(match.result);
      assumed.push(...match.assumed);
      const { effect } = compiled;
      // A statement whose effect cannot be read may be either.
      if (effect !== 'Allow') deny = add(deny, match, any([match.direct, match.account]));
      if (effect === 'Deny') continue;
      direct = add(direct, match, match.direct);
      account = add(account, match, match.account);
    }
  }
  return { layer, deny, direct, account, statements, assumed };
}

function add(said: Said, { result }: StatementMatch, truth: Truth): Said {
  if (truth === false) return said;
  return {
    truth: any([said.truth, truth]),
    by: said.by ?? (truth === true ? result : undefined),
    undecided: truth === 'unknown' ? [...said.undecided, result] : said.undecided,
  };
}

export function toResult({ layer, statements }: LayerPart, outcome: LayerOutcome): LayerResult {
  return { layer, outcome, statements };
}

/** What the statements that nobody can decide hang on. */
export function needsOf(said: Said): Need[] {
  return said.undecided.flatMap(({ elements }) => elements.flatMap(({ need }) => (need ? [need] : [])));
}
