import type { RequestReport } from '../../simulator/endpoint/endpoint.ts';
import { decisionView } from '../answers/decision-view.ts';
import { type Documents, explain } from '../answers/explanation.ts';
import { ReportWriter, wrap } from '../answers/writer.ts';
import type { LocalKmsExplanation } from '../protocol.ts';
import { answersOf } from '../scenarios/explain-taken.ts';

/** Reports are read in half a window. */
const WIDTH = 78;

/** Why a call was refused: each permission that it needs, layer by layer. Undefined where nothing was decided. */
export function explainRequest(
  { time, principal, operation = '', error }: RequestReport,
  documents: Documents,
): LocalKmsExplanation | undefined {
  const decision = error?.decision;
  const answers = decision ? answersOf(decision) : [];
  const deciding = decision?.deciding ? decision.permissions.indexOf(decision.deciding) : 0;
  const shown = answers[deciding] ?? answers[0];
  if (!error || !shown) return undefined;
  const out = new ReportWriter();
  out.line(`call: ${operation}, by ${principal ?? 'nobody'}, ${new Date(time).toISOString()}`).line();
  out.title(`${operation}: ${error.name}`);
  for (const line of wrap(error.message || 'KMS says no more of it.', WIDTH)) out.line(line);
  out.line();
  for (const answer of answers) out.append(explain(answer, documents)).line();
  const { text, links } = out.report();
  return { view: decisionView(shown, documents), title: `${operation} ${shown.decision.verdict}`, text, links };
}
