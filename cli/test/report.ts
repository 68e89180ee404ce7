import type { Range, ScenarioErrorJson, StepJson } from '../../server/protocol.ts';
import { decidingPlace, outcomeInWords, reasonOf, stepJson } from '../../server/scenarios/step-json.ts';
import type { Place } from '../../simulator/json/place.ts';
import type { StepResult } from '../../simulator/scenario/step.ts';
import { placeIn } from '../simulate/policies.ts';
import type { CoverageReport } from './coverage-report.ts';
import type { TestDocuments } from './documents.ts';
import { nearMisses } from './near-misses.ts';
import type { ScenarioRun } from './scenario-run.ts';

/** What came of a run, for those who write it. */
export interface TestReport {
  readonly scenarios: readonly ScenarioReport[];
  readonly counts: TestCounts;
  readonly milliseconds: number;
  /** Only where it was asked for. */
  readonly coverage: CoverageReport | undefined;
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Steps that could not be taken, and mistakes of files. */
  readonly errors: number;
  /** Steps that expect nothing. */
  readonly informed: number;
}

export interface ScenarioReport {
  readonly file: string;
  readonly description: string | undefined;
  readonly text: string;
  readonly steps: readonly StepReport[];
  /** Mistakes, for which no step was taken. */
  readonly errors: readonly ScenarioErrorJson[];
  readonly milliseconds: number;
}

export interface StepReport {
  readonly json: StepJson;
  readonly range: Range;
  /** In words; undefined where nothing is expected, or came of it. */
  readonly expected: string | undefined;
  readonly actual: string | undefined;
  /** One sentence. */
  readonly why: string;
  /** The statement or grant. */
  readonly decided: NamedPlace | undefined;
  /** Statements and grants that would have let it in, with what kept them from it. */
  readonly near: readonly (NamedPlace & { readonly words: string })[];
}

/** `orders.key-policy.json:12`, with the statement's Sid or the grant's name. */
export interface NamedPlace {
  readonly place: string;
  readonly name: string | undefined;
}

export function scenarioReport(run: ScenarioRun, documents: TestDocuments): ScenarioReport {
  const { document, world, errors, results, milliseconds } = run;
  return {
    file: documents.nameOf(document.uri),
    description: world?.file.description,
    text: document.text,
    steps: results.map((result) => stepReport(result, run, documents)),
    errors,
    milliseconds,
  };
}

function stepReport(result: StepResult, { document }: ScenarioRun, documents: TestDocuments): StepReport {
  const { step, expected, actual } = result;
  return {
    json: stepJson(result, documents.nameOf),
    range: document.rangeOf({ path: step.path }),
    expected: expected === undefined ? undefined : outcomeInWords(expected),
    actual: actual === undefined ? undefined : outcomeInWords(actual),
    why: reasonOf(result),
    decided: decidedBy(result, documents),
    near: nearMisses(result).flatMap(({ place, name, words }) => {
      const named = namedPlace(place, name, documents);
      return named ? [{ ...named, words }] : [];
    }),
  };
}

function decidedBy({ decision }: StepResult, documents: TestDocuments): NamedPlace | undefined {
  const deciding = decision && decidingPlace(decision);
  return deciding && namedPlace(deciding.place, deciding.sid, documents);
}

/** Undefined for the policies that AWS writes, which stand in no file. */
function namedPlace(
  { document: uri, path }: Place,
  name: string | undefined,
  documents: TestDocuments,
): NamedPlace | undefined {
  const document = uri === undefined ? undefined : documents.get(uri);
  return document && { place: placeIn(document, documents.nameOf(document.uri), path), name };
}

export function countsOf(scenarios: readonly ScenarioReport[]): TestCounts {
  const count = (outcome: StepJson['outcome']): number =>
    scenarios.reduce((sum, { steps }) => sum + steps.filter(({ json }) => json.outcome === outcome).length, 0);
  const mistakes = scenarios.reduce((sum, { errors }) => sum + errors.length, 0);
  return { passed: count('pass'), failed: count('fail'), errors: count('error') + mistakes, informed: count('info') };
}
