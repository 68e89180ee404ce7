import type { OperationDecision } from '../../simulator/access/operation.ts';
import type { StepOutline } from '../../simulator/scenario/outline.ts';
import type { CallFailure, FoundKey, StepPart, StepRun, WorldChange } from '../../simulator/scenario/step.ts';
import { trailFile } from '../../simulator/trail/file.ts';
import type { Answer } from '../answers/ask.ts';
import { type Documents, explain } from '../answers/explanation.ts';
import { ReportWriter, wrap } from '../answers/writer.ts';
import type { ExplainedStep } from './explain.ts';
import { outcomeInWords, reasonOf } from './step-json.ts';
import { PART_MARKS } from './step-verdict.ts';

/** Reports are read in half a window. */
const WIDTH = 78;

/** The story of a step that does more than ask: what was answered, on what keys, what it changed and recorded, and who let it through. */
export function explainTaken(step: StepOutline, run: StepRun, documents: Documents): ExplainedStep {
  const result = { ...run, step, milliseconds: 0 };
  const { outcome, answer, parts, events = [], keys = [], changes = [], decision } = run;
  const what = answer?.operation ?? step.title;
  const came = outcome === 'error' ? 'could not be taken' : outcomeOf(run);
  const out = new ReportWriter();
  out.line(`step: ${step.title}`).line();
  out.title(`${what}: ${came}`);
  const reason = reasonOf(result);
  if (answer?.error) writeError(out, answer.error);
  else paragraph(out, decision && outcome !== 'error' ? `${reason}.` : reason);
  if (outcome === 'fail') paragraph(out, `The step expects ${outcomeInWords(run.expected)}.`);
  if (answer?.response && Object.keys(answer.response).length > 0) {
    out.heading(
      answer.saved === undefined ? 'The response' : `The response, which later steps find as $${answer.saved}`,
    );
    writeJson(out, answer.response);
  }
  if (parts) writeParts(out, parts, step.kind === 'load' ? 'Quota by quota' : 'What happened, one after the other');
  if (keys.length > 0) writeKeys(out, keys, parts ? 'step' : 'call');
  if (outcome !== 'error') writeChanges(out, changes);
  if (parts) writeDeciders(out, parts, documents);
  else if (decision)
    for (const each of answersOf(decision)) out.heading('Who decides about the call').append(explain(each, documents));
  else if (answer?.error) {
    out.heading('Who decides about the call');
    paragraph(out, 'The request failed before anybody was asked for permission.');
  }
  if (events.length > 0) {
    out.heading('What CloudTrail recorded');
    for (const line of trailFile(events).trimEnd().split('\n')) out.line(`  ${line}`);
  }
  const summary = [came, reason].filter((each) => each !== '').join(': ');
  return { title: `${came} ${what}`, summary, report: out.report() };
}

export const answersOf = ({ permissions }: OperationDecision): Answer[] =>
  permissions.map(({ request, world, decision }) => ({ request, world, decision }));

/** A call that expects a part of the response went through, whatever the part is. */
function outcomeOf({ actual, answer }: StepRun): string {
  if (answer) return answer.error?.name ?? 'ok';
  return actual === undefined ? 'done' : outcomeInWords(actual);
}

function writeParts(out: ReportWriter, parts: readonly StepPart[], heading: string): void {
  out.heading(heading);
  for (const [index, { title, outcome, facts, error }] of parts.entries()) {
    const how = outcome === 'skipped' ? ': did not happen' : error ? `: stops with ${error.name}` : '';
    out.line(`  ${PART_MARKS[outcome]} ${index + 1}. ${title}${how}`);
    out.table(facts.map(([what, value]) => [`  ${what}`, value] as const));
  }
}

/** Of each call. */
function writeDeciders(out: ReportWriter, parts: readonly StepPart[], documents: Documents): void {
  for (const { title, decision } of parts)
    for (const each of decision ? answersOf(decision) : [])
      out.heading(`Who decides about ${title}`).append(explain(each, documents));
}

function writeError(out: ReportWriter, { name, message, remedy }: CallFailure): void {
  paragraph(out, message === '' ? `KMS answers ${name} without a message.` : `KMS answers ${name}: ${message}`);
  if (remedy !== '') paragraph(out, `What to do: ${remedy}.`);
}

function writeKeys(out: ReportWriter, keys: readonly FoundKey[], finder: string): void {
  out.heading(keys.length === 1 ? `The key as the ${finder} found it` : `The keys as the ${finder} found them`);
  for (const { name, arn, facts } of keys) {
    // A policy is in the decision below.
    const shown = Object.entries(facts).filter(([what]) => what !== 'policy');
    out.table([
      ...(arn.endsWith(name) ? [] : [['name', name] as const]),
      ['ARN', arn],
      ...shown.map(([what, value]) => [what, value] as const),
    ]);
  }
}

function writeChanges(out: ReportWriter, changes: readonly WorldChange[]): void {
  out.heading('What it changed');
  if (changes.length === 0) out.line('  nothing');
  out.table(
    changes.map(({ key, what, before = 'nothing', after = 'nothing' }) => [
      key,
      what === 'policy' && before !== 'nothing' && after !== 'nothing'
        ? 'another policy'
        : `${what}: ${shortened(before)} → ${shortened(after)}`,
    ]),
  );
}

const shortened = (text: string): string =>
  text.length <= LONG ? text.replace(/\s+/g, ' ') : `${text.slice(0, LONG).replace(/\s+/g, ' ')}…`;

const LONG = 100;

function writeJson(out: ReportWriter, value: unknown): void {
  for (const line of JSON.stringify(value, null, 2).split('\n')) out.line(`  ${line}`);
}

function paragraph(out: ReportWriter, text: string): void {
  if (text === '') return;
  for (const line of wrap(text.charAt(0).toUpperCase() + text.slice(1), WIDTH)) out.line(line);
  out.line();
}
