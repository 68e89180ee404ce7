import { isLoose } from '../../simulator/json/parse.ts';
import { type Place, toPointer } from '../../simulator/json/place.ts';
import { loadScenario } from '../../simulator/scenario/load.ts';
import type { ScenarioWorld } from '../../simulator/scenario/world.ts';
import type { ReadDocument } from '../config/listed-policies.ts';
import { type ScenarioFilesOptions, scenarioFiles } from '../config/scenario-files.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Range, ScenarioErrorJson } from '../protocol.ts';
import { describe } from '../rules/support/json-problems.ts';

/** A scenario with the documents that it names. */
export interface OpenScenario {
  readonly document: SourceDocument;
  /** Undefined where there is an error: nothing of such a file is run. */
  readonly world: ScenarioWorld | undefined;
  readonly errors: readonly ScenarioErrorJson[];
  /** The policies that it names, each once. */
  readonly documents: readonly SourceDocument[];
  /** The URIs that were looked for, found or not. */
  readonly looked: ReadonlySet<string>;
}

/**
 * Reads a scenario and everything that it names.
 *
 * @param root no path may lead out of this folder
 */
export async function openScenario(
  document: SourceDocument,
  root: string,
  read: ReadDocument,
  options: ScenarioFilesOptions = {},
): Promise<OpenScenario> {
  const { scenario, parsed, text } = document;
  const broken = parsed.problems.filter((problem) => !isLoose(problem));
  if (!scenario || broken.length > 0) {
    const errors = broken.map((problem): ScenarioErrorJson => {
      const { message, next } = describe(problem, text);
      return { message: `${message}; ${next}`, range: document.rangeOfSpan(problem) };
    });
    return { document, world: undefined, errors, documents: [], looked: new Set() };
  }
  const looked = new Set<string>();
  const reading: ReadDocument = (uri, kind) => {
    looked.add(uri);
    return read(uri, kind);
  };
  const files = scenarioFiles(document.uri, root, reading, {
    ...options,
    async bytes(uri, most) {
      looked.add(uri);
      return options.bytes?.(uri, most);
    },
  });
  const { world, problems } = await loadScenario(scenario, document.uri, files);
  const errors = problems.map(({ place, message }) => ({
    message,
    pointer: pointerOf(place),
    range: document.rangeOf(place),
  }));
  // Those of the files come last, and people read from top to bottom.
  errors.sort((a, b) => byStart(a.range, b.range));
  return { document, world, errors, documents: files.documents, looked };
}

const byStart = ({ start: a }: Range, { start: b }: Range): number => a.line - b.line || a.character - b.character;

const pointerOf = ({ path }: Place): string => toPointer(path);
