import { foldersOf } from '../../server/config/uris.ts';
import type { SourceDocument } from '../../server/documents/source.ts';
import { CONFIG_NAME, type ScenarioErrorJson } from '../../server/protocol.ts';
import { openScenario } from '../../server/scenarios/open.ts';
import { stepKinds } from '../../server/step-kinds.ts';
import { type RunOptions, runScenario } from '../../simulator/scenario/run.ts';
import type { StepResult } from '../../simulator/scenario/step.ts';
import type { ScenarioWorld } from '../../simulator/scenario/world.ts';
import type { TrailEvent } from '../../simulator/trail/event.ts';
import { displayName } from '../files/read.ts';
import type { TestDocuments } from './documents.ts';

/** A scenario whose steps were taken. */
export interface ScenarioRun {
  readonly document: SourceDocument;
  /** Undefined where there is a mistake: nothing of such a file is run. */
  readonly world: ScenarioWorld | undefined;
  readonly errors: readonly ScenarioErrorJson[];
  readonly results: readonly StepResult[];
  /** What CloudTrail recorded, also of steps that only prepared. */
  readonly events: readonly TrailEvent[];
  readonly milliseconds: number;
  /** No step has what the filter asks for. */
  readonly isFilteredOut: boolean;
  /** The URIs of what it hangs on, also of files that are not there: a change makes it run again. */
  readonly sources: ReadonlySet<string>;
}

export interface ScenarioRunOptions {
  /** What the name of a step, or the file's, contains; in whatever case. */
  readonly filter: string | undefined;
  /** No path may lead out of this folder; with a slash at its end. */
  readonly root: string;
}

const OUTSIDE = 'lies outside of the current folder: keep the file inside, or name a folder around it with `--root`';

/** Takes the steps of a scenario. @throws {CommandError} where it cannot be read */
export async function runFile(
  path: string,
  documents: TestDocuments,
  { filter, root }: ScenarioRunOptions,
): Promise<ScenarioRun> {
  const start = performance.now();
  const document = await documents.scenario(path);
  const configs = foldersOf(document.uri, [root]).map((folder) => `${folder}${CONFIG_NAME}`);
  await Promise.all(configs.map((uri) => documents.note(uri)));
  const { world, errors, looked } = await openScenario(document, root, documents.read, {
    outside: OUTSIDE,
    bytes: documents.bytes,
  });
  const sources = new Set([document.uri, ...configs, ...looked]);
  const wanted = wantedBy(filter, path);
  const steps = document.scenario?.steps ?? [];
  const isFilteredOut = filter !== undefined && steps.length > 0 && !steps.some(wanted);
  const results: StepResult[] = [];
  const events: TrailEvent[] = [];
  const options: RunOptions = {
    kinds: stepKinds,
    wanted,
    clock: () => performance.now(),
    onTaken: (step) => events.push(...(step.events ?? [])),
  };
  if (world) for await (const result of runScenario(world, options)) results.push(result);
  const milliseconds = performance.now() - start;
  return { document, world, errors, results, events, milliseconds, isFilteredOut, sources };
}

function wantedBy(filter: string | undefined, path: string): (step: { readonly title: string }) => boolean {
  const text = filter?.toLowerCase();
  if (text === undefined || displayName(path).toLowerCase().includes(text)) return () => true;
  return ({ title }) => title.toLowerCase().includes(text);
}
