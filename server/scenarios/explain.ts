import { askLoad } from '../../simulator/kms/steps/load.ts';
import { isCan, isLoad } from '../../simulator/scenario/file.ts';
import { changingKinds, type StepRun } from '../../simulator/scenario/step.ts';
import { decideCan } from '../../simulator/scenario/steps/can.ts';
import type { ScenarioWorld } from '../../simulator/scenario/world.ts';
import type { Answer } from '../answers/ask.ts';
import { type Documents, explain } from '../answers/explanation.ts';
import { type Report, ReportWriter } from '../answers/writer.ts';
import { answersOf, explainTaken } from './explain-taken.ts';
import type { OpenScenario } from './open.ts';
import { operationBecause } from './step-json.ts';

export interface ExplainedStep {
  /** `denied Decrypt`. */
  readonly title: string;
  readonly summary: string;
  readonly report: Report;
}

/** A step that was taken, with the world that it found. */
export interface TakenStep {
  readonly run: StepRun;
  readonly found: ScenarioWorld;
}

/**
 * Why a step comes out as it does: every permission that the call needs, layer by layer, and of a call what came of it.
 *
 * @param taken where the step does not find the world that the file declares, or does more than ask
 */
export async function explainStep(
  { document, documents, world, errors }: OpenScenario,
  index: number,
  nameOf: (uri: string) => string,
  taken?: TakenStep,
): Promise<ExplainedStep | { readonly problem: string }> {
  const step = document.scenario?.steps[index];
  const entry = world?.file.steps?.[index];
  if (!world || !step || !entry)
    return {
      problem: errors[0] ? `the scenario has a mistake: ${errors[0].message}` : 'the scenario has no such step',
    };
  const byUri = new Map([document, ...documents].map((each) => [each.uri, each]));
  const places: Documents = { get: (uri) => byUri.get(uri), nameOf };
  if (isLoad(entry)) return explainTaken(step, taken?.run ?? askLoad(entry, world), places);
  if (!isCan(entry)) {
    if (!taken || !changingKinds.has(step.kind))
      return { problem: `a step of the kind \`${step.kind}\` cannot be explained yet` };
    return explainTaken(step, taken.run, places);
  }
  const decided = decideCan(entry, taken?.found ?? world);
  if (!decided) return { problem: 'AWS KMS has no such operation' };
  const answers = answersOf(decided);
  const operation = decided.operation ?? answers[0]?.request.action ?? '';
  return {
    title: `${decided.verdict} ${operation}`,
    summary: `${decided.verdict}: ${operationBecause(decided)}`,
    report: reportOf(`step: ${step.title}`, decided.verdict, operation, answers, places),
  };
}

/** Each permission that a call needs. @param first says what it is about */
export function reportOf(
  first: string,
  verdict: string,
  operation: string,
  answers: readonly Answer[],
  documents: Documents,
): Report {
  const [only, ...more] = answers;
  const out = new ReportWriter();
  out.line(first).line();
  if (only && more.length === 0) return out.append(explain(only, documents)).report();
  out.title(`${verdict.toUpperCase()}: ${operation}, which needs ${answers.length} permissions`);
  for (const answer of answers) out.append(explain(answer, documents)).line();
  return out.report();
}
