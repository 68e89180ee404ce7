import type { RequestReport } from '../../simulator/endpoint/endpoint.ts';
import { decisionView } from '../answers/decision-view.ts';
import type { Documents } from '../answers/explanation.ts';
import type { LocalKmsExplanation } from '../protocol.ts';
import { reportOf } from '../scenarios/explain.ts';
import { answersOf } from '../scenarios/explain-taken.ts';

/** Why a call was refused: each permission that it needs, layer by layer. Undefined where nothing was decided. */
export function explainRequest(
  { time, principal, operation = '', error }: RequestReport,
  documents: Documents,
): LocalKmsExplanation | undefined {
  const decision = error?.decision;
  const answers = decision ? answersOf(decision) : [];
  const deciding = decision?.deciding ? decision.permissions.indexOf(decision.deciding) : 0;
  const shown = answers[deciding] ?? answers[0];
  if (!shown) return undefined;
  const { verdict } = decision ?? shown.decision;
  const call = `call: ${operation}, by ${principal ?? 'nobody'}, ${new Date(time).toISOString()}`;
  const { text, links } = reportOf(call, verdict, operation, answers, documents);
  return { view: decisionView(shown, documents), title: `${verdict} ${operation}`, text, links };
}
