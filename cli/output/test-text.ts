import type { ScenarioErrorJson, StepJson } from '../../server/protocol.ts';
import { coveredCredentials } from '../../simulator/text/credentials.ts';
import type { NamedPlace, ScenarioReport, StepReport, TestReport } from '../test/report.ts';
import { codeFrame } from './code-frame.ts';
import type { Colours, Sink } from './terminal.ts';

/** A scenario as people read it: a line for each step, and why where it did not go as expected. */
export function printScenario(scenario: ScenarioReport, out: Sink): void {
  const { file, description, steps, errors } = scenario;
  const { colours } = out;
  out.line(description === undefined ? colours.bold(file) : `${colours.bold(file)}  ${oneLine(description)}`);
  for (const [index, error] of errors.entries()) {
    if (index > 0) out.line();
    printMistake(scenario, error, out);
  }
  for (const step of steps) printStep(file, step, out);
  if (errors.length === 0 && steps.length === 0) out.line('  no steps');
  out.line();
}

function printMistake({ file, text }: ScenarioReport, { message, range }: ScenarioErrorJson, out: Sink): void {
  const { colours } = out;
  out.line(`  ${colours.red('✗')} ${colours.bold(placeOf(file, range))}  ${message}`);
  out.line();
  for (const line of codeFrame(coveredCredentials(text), range, colours)) out.line(`      ${line}`);
}

function printStep(file: string, { json, range, expected, actual, why, decided, near }: StepReport, out: Sink): void {
  const { colours } = out;
  const { outcome, name } = json;
  const verdict = outcome === 'info' && actual !== undefined ? `: ${actual}` : '';
  out.line(`  ${markOf(outcome, colours)} ${oneLine(name)}${verdict}`);
  // What a load comes to is worth knowing also where it was expected.
  if (outcome === 'pass' && json.kind !== 'load') return;
  const isTold = outcome === 'info' || outcome === 'pass';
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['expected', isTold ? undefined : expected],
    ['actual', isTold || actual === undefined ? undefined : colours.red(actual)],
    ['why', why],
    ['step', isTold ? undefined : placeOf(file, range)],
    ['decided', decided && namedPlace(decided)],
    ...near.map((each) => ['near', `${namedPlace(each)}: ${each.words}`] as const),
  ];
  for (const [label, words] of rows) if (words) out.line(`      ${colours.dim(label.padEnd(8))}  ${words}`);
}

const namedPlace = ({ place, name }: NamedPlace): string => (name ? `${place}  “${oneLine(name)}”` : place);

/** `2 scenarios, 14 steps: 12 passed, 1 failed, 1 without expectation, in 31 ms`. */
export function testSummary({ scenarios, counts, milliseconds }: TestReport, { colours }: Sink): string {
  const { passed, failed, errors, informed } = counts;
  const steps = scenarios.reduce((sum, scenario) => sum + scenario.steps.length, 0);
  const parts = [
    passed > 0 ? colours.green(`${passed} passed`) : '0 passed',
    failed > 0 ? colours.red(`${failed} failed`) : '0 failed',
    ...(errors > 0 ? [colours.red(amount(errors, 'error'))] : []),
    ...(informed > 0 ? [`${informed} without expectation`] : []),
  ];
  return `${amount(scenarios.length, 'scenario')}, ${amount(steps, 'step')}: ${parts.join(', ')}, in ${duration(milliseconds)}`;
}

export const amount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Where terminals and editors jump to. */
export function placeOf(file: string, { start }: StepReport['range']): string {
  return `${file}:${start.line + 1}:${start.character + 1}`;
}

const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

function markOf(outcome: StepJson['outcome'], colours: Colours): string {
  return { pass: colours.green('✓'), fail: colours.red('✗'), error: colours.red('!'), info: colours.cyan('·') }[
    outcome
  ];
}

/** Texts of the file, which must neither break the line nor steer the terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
