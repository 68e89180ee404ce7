import type { CompiledCondition, CompiledStatement, ResourceMatch } from '../policy/compile.ts';
import type { ContextValue, RequestValues } from '../policy/context-value.ts';
import { both, type Truth } from '../policy/truth.ts';
import type { PreparedRequest } from './prepared.ts';

/** Told of each comparison of a statement with a request, in their order, up to the first that fails. */
export interface MatchListener {
  action(matched: Truth): void;
  resource(match: ResourceMatch): void;
  condition(compiled: CompiledCondition, value: ContextValue, matched: Truth): void;
  unreadable(): void;
}

/**
 * Whether everything but the principal of a statement speaks to a request. What cannot be read may say anything; what can
 * be read may still rule it out.
 */
export function holds(
  compiled: CompiledStatement,
  prepared: PreparedRequest,
  values: RequestValues,
  listener?: MatchListener,
): Truth {
  const truth = compare(compiled, prepared, values, listener);
  if (truth === false || compiled.statement.readable) return truth;
  listener?.unreadable();
  return 'unknown';
}

function compare(
  compiled: CompiledStatement,
  { action, target }: PreparedRequest,
  values: RequestValues,
  listener: MatchListener | undefined,
): Truth {
  // A key policy without an Action or a Resource is accepted; its statement matches nothing.
  let truth = compiled.speaksOf(action);
  listener?.action(truth);
  if (truth === false) return false;
  const resource = compiled.matchesResource(target, values);
  listener?.resource(resource);
  truth = both(truth, resource.matched);
  for (const condition of compiled.conditions) {
    if (truth === false) return false;
    const value = values.get(condition.condition.key.lower);
    const matched = condition.matches(value, values);
    listener?.condition(condition, value, matched);
    truth = both(truth, matched);
  }
  return truth;
}
