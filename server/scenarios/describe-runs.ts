import { type Piece, type Report, ReportWriter, wrap } from '../answers/writer.ts';
import type { Range, ScenarioRun, StepDoneJson, StepJson } from '../protocol.ts';

const MARKS: Readonly<Record<StepJson['outcome'], string>> = { pass: '✓', fail: '✗', error: '!', info: '·' };

/** Reports are read in half a window. */
const WIDTH = 72;

/** Runs as text: each step with what came of it, linked to where it stands and to what decided. */
export function describeRuns(runs: readonly ScenarioRun[], nameOf: (uri: string) => string): Report {
  const out = new ReportWriter();
  for (const { uri, steps, errors, summary } of runs) {
    out.title(nameOf(uri));
    for (const { message, range } of errors) {
      out.line('  ! ', linkTo(uri, range, `${nameOf(uri)}:${range.start.line + 1}`));
      paragraph(out, message);
    }
    for (const step of steps) writeStep(out, uri, step, nameOf);
    out.line().line(`${summary}.`).line();
  }
  return out.report();
}

function writeStep(out: ReportWriter, uri: string, step: StepDoneJson, nameOf: (uri: string) => string): void {
  const { name, outcome, message, range, decidingAt } = step;
  out.line(`  ${MARKS[outcome]} `, linkTo(uri, range, name));
  if (outcome === 'pass') return;
  paragraph(out, message.replaceAll('`', ''));
  if (decidingAt)
    out.line(
      '      → ',
      linkTo(decidingAt.uri, decidingAt.range, `${nameOf(decidingAt.uri)}:${decidingAt.range.start.line + 1}`),
    );
}

function paragraph(out: ReportWriter, text: string): void {
  for (const line of wrap(text, WIDTH - 6)) out.line(`      ${line}`);
}

function linkTo(uri: string, { start }: Range, text: string): Piece {
  return { text, target: `${uri}#L${start.line + 1},${start.character + 1}` };
}
