import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import type { StatementResult } from './decision.ts';
import type { PreparedRequest } from './prepared.ts';
import { NOBODY, type PrincipalResult } from './principal/items.ts';
import { matchPrincipal } from './principal/match.ts';
import { Match } from './statement-match.ts';
import { EVERYBODY, placeIn, type StatementMatch, type StatementScope } from './statement-scope.ts';

/** Compares a statement with a request, element by element, and stops at the first that fails. */
export function matchStatement(
  policy: CompiledPolicy,
  compiled: CompiledStatement,
  prepared: PreparedRequest,
  scope: StatementScope,
): StatementMatch {
  const principal = scope.principals ? namedIn(compiled, prepared) : EVERYBODY;
  return new Match(policy, compiled, prepared, scope).run(principal);
}

function namedIn(compiled: CompiledStatement, { facts }: PreparedRequest): PrincipalResult {
  return matchPrincipal(compiled.statement.principal, facts, compiled.effect ?? 'Allow');
}

/**
 * What is written down of a statement that speaks of others, as by far the most of a large key policy do: no more than
 * that. Undefined where it may speak of the caller.
 */
export function aboutOthers(
  { document }: CompiledPolicy,
  compiled: CompiledStatement,
  prepared: PreparedRequest,
): StatementResult | undefined {
  if (namedIn(compiled, prepared) !== NOBODY) return undefined;
  const { statement } = compiled;
  const { principal } = statement;
  if (!principal) return { document, statement, matched: false, elements: [] };
  const element = principal.negated ? 'NotPrincipal' : 'Principal';
  const place = placeIn(document, principal.path);
  const expected = compiled.textsOf(principal.items);
  return {
    document,
    statement,
    matched: false,
    elements: [{ element, place, matched: false, expected, actual: prepared.shown.caller }],
  };
}
