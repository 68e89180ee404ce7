import { Coverage } from '../../simulator/scenario/coverage.ts';
import { type RunOptions, runScenario, takeAttentively } from '../../simulator/scenario/run.ts';
import type { StepKind, StepResult } from '../../simulator/scenario/step.ts';
import { statementName } from '../answers/words.ts';
import { SourceDocument, type SourceDocumentInit } from '../documents/source.ts';
import type { DocumentCoverageJson, ScenarioRun, StepDoneJson } from '../protocol.ts';
import { explainStep } from './explain.ts';
import { type OpenScenario, openScenario } from './open.ts';
import { decidingPlace, stepJson } from './step-json.ts';
import { summaryOfSteps } from './summary.ts';
import type { TrailEntry } from './trails.ts';

/** A scenario with the text of everything that it names, as plain data: what runs it has no files. */
export interface ScenarioJob {
  readonly scenario: SourceDocumentInit;
  /** No path of the scenario may lead out of this folder. */
  readonly root: string;
  readonly documents: readonly SourceDocumentInit[];
  /** The files whose bytes it names. */
  readonly files: readonly { readonly uri: string; readonly base64: string }[];
  /** The steps that are wanted, by index. Left out: all. */
  readonly steps?: readonly number[];
}

export interface ScenarioJobResult {
  readonly run: ScenarioRun;
  /** What CloudTrail recorded, also of steps that only prepared. */
  readonly trail: readonly TrailEntry[];
}

/** Runs a scenario. `onStep` is told of each step as soon as it was taken. */
export async function runScenarioJob(
  job: ScenarioJob,
  kinds: readonly StepKind[],
  onStep: (step: StepDoneJson) => void,
): Promise<ScenarioJobResult> {
  const opened = await openJob(job);
  const { document: scenario, world, errors } = opened;
  const { uri } = scenario;
  if (!world)
    return { run: { uri, steps: [], errors, coverage: [], summary: summaryOfSteps([], errors.length) }, trail: [] };
  const documents = new Map([scenario, ...opened.documents].map((each) => [each.uri, each]));
  const wanted = job.steps && new Set(job.steps);
  const results: StepResult[] = [];
  const steps: StepDoneJson[] = [];
  const trail: TrailEntry[] = [];
  const options: RunOptions = {
    kinds,
    clock: () => performance.now(),
    onTaken: ({ step, events = [] }) => trail.push(...events.map((event) => ({ step: step.index, event }))),
    ...(wanted ? { wanted: ({ index }) => wanted.has(index) } : {}),
  };
  for await (const result of runScenario(world, options)) {
    const step = placed(result, scenario, documents);
    results.push(result);
    steps.push(step);
    onStep(step);
  }
  const coverage = new Coverage();
  coverage.add(world, results);
  const run = { uri, steps, errors, coverage: coverageJson(coverage, documents), summary: summaryOfSteps(steps, 0) };
  return { run, trail };
}

/** Explains a step that finds the world as earlier steps left it. */
export async function explainStepJob(
  { step, ...job }: ScenarioJob & { readonly step: number },
  kinds: readonly StepKind[],
  nameOf: (uri: string) => string,
): ReturnType<typeof explainStep> {
  const opened = await openJob(job);
  return explainStep(opened, step, nameOf, opened.world && (await takeAttentively(opened.world, step, kinds)));
}

export function openJob({ scenario, root, documents, files }: ScenarioJob): Promise<OpenScenario> {
  const texts = new Map(documents.map((each) => [each.uri, each]));
  const contents = new Map(files.map(({ uri, base64 }) => [uri, base64]));
  const read = async (uri: string): Promise<SourceDocument | undefined> => {
    const init = texts.get(uri);
    return init && new SourceDocument(init);
  };
  return openScenario(new SourceDocument(scenario), root, read, {
    async bytes(uri) {
      const content = contents.get(uri);
      return content === undefined ? undefined : new Uint8Array(Buffer.from(content, 'base64'));
    },
  });
}

function placed(
  result: StepResult,
  scenario: SourceDocument,
  documents: ReadonlyMap<string, SourceDocument>,
): StepDoneJson {
  const place = result.decision && decidingPlace(result.decision)?.place;
  const document = place && documents.get(place.document ?? scenario.uri);
  return {
    ...stepJson(result, (uri) => uri),
    ...(result.answer ? { answer: result.answer } : {}),
    ...(result.parts ? { parts: result.parts.map(({ decision: _, ...part }) => part) } : {}),
    range: scenario.rangeOf({ path: result.step.path }),
    ...(place && document ? { decidingAt: { uri: document.uri, range: document.rangeOf(place) } } : {}),
  };
}

function coverageJson(
  coverage: Coverage,
  documents: ReadonlyMap<string, SourceDocument>,
): readonly DocumentCoverageJson[] {
  return coverage.all.flatMap(({ uri, statements }) => {
    const document = documents.get(uri);
    if (!document) return [];
    return [
      {
        uri,
        statements: statements.map(({ statement, steps, considered }) => ({
          range: document.rangeOf({ path: statement.path }),
          name: statementName({ statement }),
          steps,
          considered,
        })),
      },
    ];
  });
}
