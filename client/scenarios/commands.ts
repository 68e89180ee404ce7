import { env, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import {
  method,
  type NewScenario,
  type ScenarioRun,
  type StepExplanation,
  type TimelineView,
  type TrailDocument,
  type TrailView,
} from '../../server/protocol.ts';
import { recordOf } from '../arguments.ts';
import { withCancelButton } from '../progress.ts';
import { openReport } from '../reports.ts';
import { documentFor, type Session } from '../session.ts';

/** “Run the scenarios of this file”: a scenario, one of its steps, or those that use a policy. */
export async function runScenario(session: Session, argument: unknown): Promise<readonly ScenarioRun[]> {
  const { uri, ...steps } = targetOf(argument);
  const document = await documentFor(uri);
  const runs = await session.scenarios.runFor(document.uri.toString(), steps);
  const summary = runs.map((run) => run.summary).join('; ');
  if (runs.length > 0) window.setStatusBarMessage(`KMS Lens: ${summary}`, STATUS_MILLISECONDS);
  return runs;
}

/** Opens the explanation of a step. */
export async function explainStep(session: Session, argument: unknown): Promise<StepExplanation | undefined> {
  const target = stepTarget(argument);
  const explained = await withCancelButton('Explaining the step…', (token) =>
    session.request<StepExplanation>(method.explainStep, target, token),
  );
  if (explained) await openReport(explained.report);
  return explained;
}

/** Puts a command line that asks the same into the clipboard. */
export async function copyCommandLine(session: Session, argument: unknown): Promise<string | undefined> {
  const target = stepTarget(argument);
  const line = await withCancelButton('Writing the command line…', (token) =>
    session.request<string>(method.commandLine, target, token),
  );
  if (line === undefined) return undefined;
  await env.clipboard.writeText(line);
  window.setStatusBarMessage(`KMS Lens: copied ${line}`, STATUS_MILLISECONDS);
  return line;
}

/** “New scenario”: a file beside the policy that passes, opened to be read and changed. */
export async function newScenario(session: Session, argument: unknown): Promise<NewScenario | undefined> {
  const { uri, statement } = targetOf(argument);
  const document = await documentFor(uri);
  session.insist(document);
  const made = await withCancelButton('Writing the scenario…', (token) =>
    session.request<NewScenario>(
      method.newScenario,
      { uri: document.uri.toString(), ...(statement === undefined ? {} : { statement }) },
      token,
    ),
  );
  if (made === undefined) return undefined;
  const target = Uri.parse(made.uri, true);
  if (document.isUntitled) {
    await window.showTextDocument(await workspace.openTextDocument({ language: 'kms-scenario', content: made.text }));
    return made;
  }
  const edit = new WorkspaceEdit();
  edit.createFile(target, { contents: new TextEncoder().encode(made.text) });
  if (!(await workspace.applyEdit(edit)))
    throw new Error(
      `\`${workspace.asRelativePath(target)}\` could not be made: look whether the folder can be written to`,
    );
  await window.showTextDocument(target, { preview: false });
  return made;
}

/** “CloudTrail of this run”: the events as a table that follows new runs. */
export async function showTrail(session: Session, argument: unknown): Promise<TrailView | undefined> {
  const document = await documentFor(targetOf(argument).uri);
  session.insist(document);
  return withCancelButton('Reading the CloudTrail…', () => session.trailViews.open(document.uri.toString()));
}

/** The same as JSON, in the shape of a log file, to read or to copy. */
export async function openTrail(session: Session, argument: unknown): Promise<TrailDocument | undefined> {
  const document = await documentFor(targetOf(argument).uri);
  session.insist(document);
  const uri = document.uri.toString();
  const made = await withCancelButton('Reading the CloudTrail…', (token) =>
    session.request<TrailDocument>(method.trail, { uri }, token),
  );
  if (made) await openReport(made.report);
  return made;
}

/** “Timeline of this run”: what happened to the keys, and when; it follows new runs. */
export async function showTimeline(session: Session, argument: unknown): Promise<TimelineView | undefined> {
  const document = await documentFor(targetOf(argument).uri);
  session.insist(document);
  return withCancelButton('Playing the scenario…', () => session.timelineViews.open(document.uri.toString()));
}

interface Target {
  readonly uri?: string;
  readonly step?: number;
  readonly upTo?: number;
  readonly statement?: string;
}

function targetOf(argument: unknown): Target {
  const { uri, step, upTo, statement } = recordOf(argument) ?? {};
  return {
    ...(typeof uri === 'string' ? { uri } : {}),
    ...(typeof step === 'number' ? { step } : {}),
    ...(typeof upTo === 'number' ? { upTo } : {}),
    ...(typeof statement === 'string' ? { statement } : {}),
  };
}

function stepTarget(argument: unknown): { readonly uri: string; readonly step: number } {
  const { uri, step } = targetOf(argument);
  if (uri === undefined || step === undefined)
    throw new Error('which step? give the `uri` of the scenario and the index of the `step` as the argument');
  return { uri, step };
}

const STATUS_MILLISECONDS = 10_000;
