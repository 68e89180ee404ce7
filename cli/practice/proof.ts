import type { ReadDocument } from '../../server/config/listed-policies.ts';
import { languageIdOf } from '../../server/documents/kinds.ts';
import { SourceDocument } from '../../server/documents/source.ts';
import { EXAMPLE_ROOT, exampleBytes, exampleText, exampleUri } from '../../server/examples.ts';
import type { Question } from '../../server/knowledge/question.ts';
import { openScenario } from '../../server/scenarios/open.ts';
import { outcomeInWords, reasonOf } from '../../server/scenarios/step-json.ts';
import { stepKinds } from '../../server/step-kinds.ts';
import { runScenario } from '../../simulator/scenario/run.ts';
import type { StepResult } from '../../simulator/scenario/step.ts';
import type { Sink } from '../output/terminal.ts';
import { oneLine } from '../output/test-text.ts';

/** Runs the proof of a question, which comes along with the program, and prints what came of each step. */
export async function showProof({ proof, steps }: Question, out: Sink): Promise<void> {
  const { colours } = out;
  const { description, results } = await runExample(exampleUri(proof));
  out.line();
  out.line(`${colours.bold(proof)}${description === undefined ? '' : `  ${oneLine(description)}`}`);
  for (const result of results) printStep(result, steps.includes(result.step.title), out);
  const expecting = results.filter(({ outcome }) => outcome !== 'info');
  const passed = expecting.filter(({ outcome }) => outcome === 'pass').length;
  out.line(colours.dim(`\n  ${passed} of ${expecting.length} steps as expected; → marks those that show the point`));
}

/** A line with the verdict; below it the reason, where the step shows the point. */
function printStep(result: StepResult, isPoint: boolean, { line, colours }: Sink): void {
  const { outcome, actual, step } = result;
  const mark = {
    pass: colours.green('✓'),
    fail: colours.red('✗'),
    error: colours.red('!'),
    info: colours.cyan('·'),
  }[outcome];
  const title = oneLine(step.title);
  const came = actual === undefined ? '' : ` · ${colours.cyan(oneLine(outcomeInWords(actual)))}`;
  line(`${isPoint ? colours.cyan('→') : ' '} ${mark} ${isPoint ? colours.bold(title) : title}${came}`);
  const why = oneLine(reasonOf(result));
  if (why !== '' && (isPoint || outcome === 'fail' || outcome === 'error')) line(`      ${colours.dim(why)}`);
}

interface Shown {
  readonly description: string | undefined;
  readonly results: readonly StepResult[];
}

/** @throws {Error} where it is no scenario that runs, which the tests of the examples rule out */
async function runExample(uri: string): Promise<Shown> {
  const document = await read(uri, 'scenario');
  if (!document) throw new Error(`there is no example ${uri}`);
  const { world, errors } = await openScenario(document, EXAMPLE_ROOT, read, { bytes: exampleBytes });
  if (!world) throw new Error(errors.map(({ message }) => message).join('; '));
  const results: StepResult[] = [];
  const options = { kinds: stepKinds, wanted: () => true, clock: () => performance.now() };
  for await (const result of runScenario(world, options)) results.push(result);
  return { description: world.file.description, results };
}

const read: ReadDocument = async (uri, kind) => {
  const text = await exampleText(uri);
  return text === undefined ? undefined : new SourceDocument({ uri, text, languageId: languageIdOf(kind) });
};
