import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import type { ElementResult, StatementResult } from './decision.ts';
import type { PreparedRequest } from './prepared.ts';
import { NOBODY } from './principal/items.ts';
import { matchPrincipal } from './principal/match.ts';
import { Match } from './statement-match.ts';
import { EVERYBODY, NOTHING, placeIn, type StatementMatch, type StatementScope } from './statement-scope.ts';

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
