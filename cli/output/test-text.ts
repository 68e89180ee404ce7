import type { ScenarioJson, StepJson } from '../../server/protocol.ts';
import type { TestCounts } from '../verbs/test.ts';
import type { Sink } from './terminal.ts';

/** A scenario as people read it: a line for each step, and why where it did not go as expected. */
export function printScenario({ file, description, steps, errors }: ScenarioJson, out: Sink): void {
  const { colours } = out;
  out.line(colours.bold(description === undefined ? file : `${file}: ${description}`));
  for (const { message, range } of errors)
    out.line(`  ${colours.red('✗')} ${file}:${range.start.line + 1}:${range.start.character + 1}: ${message}`);
  for (const step of steps) printStep(step, out);
}

function printStep({ name, outcome, message }: StepJson, out: Sink): void {
  const { colours } = out;
  const mark = { pass: colours.green('✓'), fail: colours.red('✗'), error: colours.red('!'), info: '·' }[outcome];
  out.line(`  ${mark} ${name}`);
  if (outcome !== 'pass') out.line(`      ${message}`);
}

export function testSummary({ passed, failed, errors }: TestCounts, { colours }: Sink): string {
  const words = [
    colours.green(`${passed} passed`),
    failed > 0 ? colours.red(`${failed} failed`) : `${failed} failed`,
    ...(errors > 0 ? [colours.red(errors === 1 ? '1 error' : `${errors} errors`)] : []),
  ];
  return words.join(', ');
}
