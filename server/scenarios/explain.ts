import type { PermissionDecision } from '../../simulator/access/operation.ts';
import { isCan } from '../../simulator/scenario/file.ts';
import { decideCan } from '../../simulator/scenario/steps/can.ts';
import type { Answer } from '../answers/ask.ts';
import { type Documents, explain } from '../answers/explanation.ts';
import { type Report, ReportWriter } from '../answers/writer.ts';
import type { OpenScenario } from './open.ts';
import { operationBecause } from './step-json.ts';

export interface ExplainedStep {
  /** `denied Decrypt`. */
  readonly title: string;
  readonly summary: string;
  readonly report: Report;
}

/**
 * Why a step comes out as it does: every permission that the call needs, layer by layer.
 *
 * @param found the world that the step finds, where it is not the one that the file declares
 */
export async function explainStep(
  { document, documents, world, errors }: OpenScenario,
  index: number,
  nameOf: (uri: string) => string,
  found = world,
): Promise<ExplainedStep | { readonly problem: string }> {
  const step = document.scenario?.steps[index];
  const entry = world?.file.steps?.[index];
  if (!world || !found || !step || !entry)
    return {
      problem: errors[0] ? `the scenario has a mistake: ${errors[0].message}` : 'the scenario has no such step',
    };
  if (!isCan(entry)) return { problem: `only access checks can be explained, and this is a \`${step.kind}\`` };
  const decided = decideCan(entry, found);
  if (!decided) return { problem: 'AWS KMS has no such operation' };
  const byUri = new Map([document, ...documents].map((each) => [each.uri, each]));
  const places: Documents = { get: (uri) => byUri.get(uri), nameOf };
  const answers = decided.permissions.map(({ request, world: against, decision }: PermissionDecision): Answer => {
    return { request, world: against, decision };
  });
  const operation = decided.operation ?? answers[0]?.request.action ?? '';
  return {
    title: `${decided.verdict} ${operation}`,
    summary: `${decided.verdict}: ${operationBecause(decided)}`,
    report: reportOf(step.title, decided.verdict, operation, answers, places),
  };
}

function reportOf(
  title: string,
  verdict: string,
  operation: string,
  answers: readonly Answer[],
  documents: Documents,
): Report {
  const [only, ...more] = answers;
  const out = new ReportWriter();
  out.line(`step: ${title}`).line();
  if (only && more.length === 0) return out.append(explain(only, documents)).report();
  out.title(`${verdict.toUpperCase()}: ${operation}, which needs ${answers.length} permissions`);
  for (const answer of answers) out.append(explain(answer, documents)).line();
  return out.report();
}
