import { type TextDocument, window } from 'vscode';
import {
  type DecisionJson,
  type DecisionView,
  method,
  type PolicyText,
  type SimulateParams,
  type SimulateRequest,
  type SimulateResult,
} from '../server/protocol.ts';
import { readSimulateArgument, type SimulateArgument } from './arguments.ts';
import { askForRequest } from './ask/access.ts';
import { requestInWords } from './ask/words.ts';
import { chooseIdentityPolicies, policiesOf, withText, workspaceHasIdentityPolicies } from './identityPolicies.ts';
import { sentenceAsPlainText } from './markdown.ts';
import type { LastRun } from './memory.ts';
import { withCancelButton } from './progress.ts';
import { askWithQuickPick } from './quickPick.ts';
import { offerToRemember } from './remember.ts';
import { openReport } from './reports.ts';
import { accessOptions, documentFor, type Session, targetOf } from './session.ts';

/**
 * “Simulate access…”. With a request in the argument nothing is asked.
 *
 * @returns the decision, or undefined when the person gave up
 */
export async function simulateAccess(session: Session, argument: unknown): Promise<DecisionJson | undefined> {
  const given = readSimulateArgument(argument);
  const document = await documentFor(given.uri);
  if (given.request !== undefined) return decide(session, document, runOf(given, given.request), given);
  const run = await askForRun(session, document, given);
  return run === undefined ? undefined : decide(session, document, run, given);
}

/** “Run the last simulation again”; asks for one where there was none. */
export async function runAgain(session: Session, argument: unknown): Promise<DecisionJson | undefined> {
  const given = readSimulateArgument(argument);
  const document = await documentFor(given.uri);
  const last = session.lastRuns.get(document.uri.toString());
  return last === undefined ? simulateAccess(session, argument) : decide(session, document, last, given);
}

/** “Decide with identity policies…”: the last request again, with policies that the argument or the person names. */
export async function decideWithIdentityPolicies(
  session: Session,
  argument: unknown,
): Promise<DecisionJson | undefined> {
  const given = readSimulateArgument(argument);
  const document = await documentFor(given.uri);
  const last = session.lastRuns.get(document.uri.toString());
  const run =
    given.request !== undefined ? runOf(given, given.request) : (last ?? (await askForRun(session, document, given)));
  if (run === undefined) return undefined;
  const policies = given.identityPolicies ?? (await chooseIdentityPolicies(run));
  if (policies === undefined) return undefined;
  const decided = { ...run, identityPolicies: policies.map(({ uri }) => uri) };
  const decision = await decide(session, document, decided, { ...given, identityPolicies: policies });
  if (given.identityPolicies === undefined && decision !== undefined)
    void offerToRemember(session, document, decided, decision);
  return decision;
}

/** “Follow the decision…”: that of the last simulation, or of the argument, as a page layer by layer. */
export async function followDecision(session: Session, argument: unknown): Promise<DecisionView | undefined> {
  const given = readSimulateArgument(argument);
  const document = await documentFor(given.uri);
  const run =
    given.request !== undefined
      ? runOf(given, given.request)
      : (session.lastRuns.get(document.uri.toString()) ?? (await askForRun(session, document, given)));
  if (run === undefined) return undefined;
  session.insist(document);
  const policies = given.identityPolicies ?? policiesOf(run);
  const params: SimulateParams = {
    ...targetOf(document, run.statement),
    request: run.request,
    ...(policies === undefined ? {} : { identityPolicies: await withText(policies) }),
  };
  return session.decisionViews.open(params);
}

async function askForRun(
  session: Session,
  document: TextDocument,
  given: SimulateArgument,
): Promise<LastRun | undefined> {
  const options = await withCancelButton('Reading the policy…', (token) =>
    accessOptions(session, document, given.statement, token),
  );
  if (options === undefined) return undefined;
  const last = session.lastRuns.get(document.uri.toString());
  const asked = await askForRequest(askWithQuickPick, options, last?.request);
  if (asked === undefined) return undefined;
  return asked.kind === 'again' ? last : runOf(given, asked.request);
}

function runOf(given: SimulateArgument, request: SimulateRequest): LastRun {
  return {
    request,
    ...(given.statement === undefined ? {} : { statement: given.statement }),
    ...(given.identityPolicies === undefined ? {} : { identityPolicies: given.identityPolicies.map(({ uri }) => uri) }),
  };
}

async function decide(
  session: Session,
  document: TextDocument,
  run: LastRun,
  given: SimulateArgument,
): Promise<DecisionJson | undefined> {
  session.insist(document);
  const version = document.version;
  const policies = given.identityPolicies ?? policiesOf(run);
  const params: SimulateParams = {
    ...targetOf(document, run.statement),
    request: run.request,
    ...(policies === undefined ? {} : { identityPolicies: await withText(policies) }),
  };
  const result = await withCancelButton('Simulating access…', (token) =>
    session.request<SimulateResult>(method.simulate, params, token),
  );
  const uri = document.uri.toString();
  if (result === undefined) {
    session.forget(uri);
    return undefined;
  }
  await session.lastRuns.remember(uri, run);
  // An edit in the meantime makes the answer one about another text.
  if (document.version === version) show(session, document, result, requestInWords(run.request));
  else session.forget(uri);
  if (given.open === true) await openReport(result.report);
  if (given.request === undefined) void offerIdentityPolicies(session, uri, result, policies);
  return result.decision;
}

function show(session: Session, document: TextDocument, result: SimulateResult, question: string): void {
  session.verdicts.show(document, result, question);
  window.setStatusBarMessage(`KMS Lens: ${result.summary}`, STATUS_MILLISECONDS);
}

/** A verdict that hangs on identity policies is only half an answer where the workspace has some. */
async function offerIdentityPolicies(
  session: Session,
  uri: string,
  result: SimulateResult,
  given: readonly PolicyText[] | undefined,
): Promise<void> {
  if (!result.wantsIdentityPolicies || given !== undefined || !(await workspaceHasIdentityPolicies())) return;
  const choose = 'Choose identity policies…';
  const explain = 'Open explanation';
  const message = sentenceAsPlainText(`the verdict depends: ${result.decision.because}`);
  const answer = await window.showInformationMessage(message, choose, explain);
  if (answer === choose) await decideWithIdentityPolicies(session, { uri });
  if (answer === explain) await openReport(result.report);
}

const STATUS_MILLISECONDS = 10_000;
