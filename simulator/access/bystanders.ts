import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import type { Caller } from './caller.ts';
import type { StatementResult } from './decision.ts';
import type { PreparedRequest } from './prepared.ts';
import { NOBODY } from './principal/items.ts';
import { matchPrincipal } from './principal/match.ts';
import type { StatementTrace } from './statement-trace.ts';

/**
 * What is written down of the statements that name others, as by far the most of a large key policy do; holes where a
 * statement may concern the caller. In the order of `policy.speakingOf`. It hangs on the caller alone, and one caller
 * asks often.
 */
export function bystandersOf(
  policy: CompiledPolicy,
  prepared: PreparedRequest,
  trace: (compiled: CompiledStatement) => StatementTrace,
): readonly (StatementResult | undefined)[] {
  const speaking = policy.speakingOf(prepared.request.action);
  let ofCallers = kept.get(speaking);
  if (!ofCallers) {
    ofCallers = new WeakMap();
    kept.set(speaking, ofCallers);
  }
  const { caller } = prepared.request;
  let results = ofCallers.get(caller);
  if (!results) {
    const concerned = concernedBy(policy, prepared);
    results = speaking.map((compiled) =>
      concerned.has(compiled) ? undefined : aboutOthers(compiled, prepared, trace),
    );
    ofCallers.set(caller, results);
  }
  return results;
}

type Results = readonly (StatementResult | undefined)[];

const kept = new WeakMap<readonly CompiledStatement[], WeakMap<Caller, Results>>();

function concernedBy(policy: CompiledPolicy, { request, named }: PreparedRequest): ReadonlySet<CompiledStatement> {
  const concerned = new Set<CompiledStatement>();
  policy.concerning(request.action, named, {
    hear: (statements) => {
      for (const each of statements) concerned.add(each);
    },
  });
  return concerned;
}

/** A statement that may name the one who made a federated session is a hole, too. */
function aboutOthers(
  compiled: CompiledStatement,
  { facts }: PreparedRequest,
  makeTrace: (compiled: CompiledStatement) => StatementTrace,
): StatementResult | undefined {
  const named = matchPrincipal(compiled.statement.principal, facts, compiled.effect ?? 'Allow');
  if (named !== NOBODY) return undefined;
  const trace = makeTrace(compiled);
  trace.principal(named);
  return trace.result(false);
}
