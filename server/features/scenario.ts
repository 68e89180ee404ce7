import { ResponseError } from 'vscode-languageserver';
import { toPointer } from '../../simulator/json/place.ts';
import { mostFileBytes } from '../../simulator/scenario/load.ts';
import { firstChange } from '../../simulator/scenario/run.ts';
import type { NameKind } from '../../simulator/scenario/shape.ts';
import { accountPrincipalsOf, keyOf } from '../answers/ask.ts';
import { folderOf, resolveUri, rootOf } from '../config/uris.ts';
import type { SourceDocument, SourceDocumentInit } from '../documents/source.ts';
import {
  type AccessView,
  type AccessViewParams,
  type DocumentTarget,
  method,
  type NewScenario,
  notification,
  type RunScenarioParams,
  type ScenarioParams,
  type ScenarioRun,
  type ScenarioTests,
  type ScenarioUseJson,
  type StepDone,
  type StepDoneJson,
  type StepExplanation,
  type StepParams,
} from '../protocol.ts';
import { accessViewOf } from '../scenarios/access-view.ts';
import { commandLineOf } from '../scenarios/command-line.ts';
import { describeRuns } from '../scenarios/describe-runs.ts';
import { explainStep } from '../scenarios/explain.ts';
import { keyNamedBy, newScenario } from '../scenarios/new-scenario.ts';
import type { ScenarioJob, ScenarioJobResult } from '../scenarios/run-job.ts';
import type { Session } from '../session.ts';
import { refreshCodeLens } from './code-lens.ts';
import type { Feature } from './feature.ts';
import { refreshInlayHints } from './inlay-hint.ts';
import { signalOf } from './signal.ts';
import { INVALID_REQUEST, sourceOf } from './simulate.ts';
import { nameOfUri } from './uris.ts';

/** Scenarios: what they would run, running them off this thread, and why a step came out as it did. */
export const scenario: Feature = {
  id: 'scenario',
  register(session) {
    const { connection } = session;
    connection.onRequest(method.scenario, (params: ScenarioParams) => testsOf(session, params));
    connection.onRequest(method.runScenario, (params: RunScenarioParams, token) =>
      runScenarioOf(session, params, signalOf(token)),
    );
    connection.onRequest(method.explainStep, (params: StepParams) => explanationOf(session, params));
    connection.onRequest(method.commandLine, async ({ uri, step }: StepParams) =>
      commandLineOf(await session.openScenarios.get(uri), step, session.configs.roots),
    );
    connection.onRequest(method.scenariosOf, ({ uri }: ScenarioParams) => scenariosOf(session, uri));
    connection.onRequest(method.newScenario, (params: DocumentTarget) => newScenarioFor(session, params));
    session.documents.onDidChangeContent(({ document }) => {
      if (documentChanged(session, document.uri, document.getText()))
        void Promise.all([refreshCodeLens(session), refreshInlayHints(session)]);
    });
    session.documents.onDidClose(({ document: { uri } }) => void documentChanged(session, uri));
  },
};

/** What rests on the text of a document is found out anew; whether results that are shown went. */
export function documentChanged(session: Session, uri: string, text?: string): boolean {
  session.scenarioIndex.forget(uri);
  session.openScenarios.forget(uri);
  return session.scenarioResults.forget(uri, text).length > 0;
}

async function testsOf(session: Session, { uri }: ScenarioParams): Promise<ScenarioTests | null> {
  if (!(await session.readAs(uri, 'scenario'))) return null;
  const { document, errors, world } = await session.openScenarios.get(uri);
  const outline = document.scenario;
  const version = session.documents.get(uri)?.version;
  const namesOf = (kind: NameKind): string[] =>
    outline?.names.definitions.filter((each) => each.kind === kind).map(({ name }) => name) ?? [];
  const description = world?.file.description;
  return {
    uri,
    ...(version === undefined ? {} : { version }),
    ...(description === undefined ? {} : { description }),
    steps: (outline?.steps ?? []).map(({ index, path, title, expects }) => ({
      index,
      name: title,
      range: document.rangeOf({ path }),
      expects,
    })),
    principals: namesOf('principal'),
    keys: namesOf('key'),
    errors,
  };
}

/** Runs a scenario in the worker. The texts are read here, where open documents are known. */
export async function runScenarioOf(
  session: Session,
  { uri, steps, run }: RunScenarioParams,
  signal?: AbortSignal,
): Promise<ScenarioRun> {
  const { document, job, documents } = await jobFor(session, uri);
  const { run: result, trail } = await session.runner.run<ScenarioJobResult, StepDoneJson>(
    'runScenario',
    { ...job, ...(steps ? { steps } : {}) } satisfies ScenarioJob,
    {
      signal,
      // Whoever does not number its runs is not waiting for steps, and may not know the notification.
      onProgress: (step) => {
        if (run !== undefined)
          void session.connection.sendNotification(notification.stepDone, { run, uri, step } satisfies StepDone);
      },
    },
  );
  session.timelines.noteRun(uri);
  session.scenarioTrails.add(uri, { entries: trail, text: document.text });
  // Results of an older text must not be shown beside a newer one.
  if (session.source(uri)?.text === document.text || !session.documents.get(uri)) {
    session.scenarioResults.add(result, new Map([job.scenario, ...documents].map((each) => [each.uri, each.text])));
    await Promise.all([refreshCodeLens(session), refreshInlayHints(session)]);
  }
  return result;
}

/** A scenario with the texts of everything that it names. */
export async function jobFor(
  session: Session,
  uri: string,
): Promise<{ readonly document: SourceDocument; readonly job: ScenarioJob; readonly documents: SourceDocumentInit[] }> {
  const document = await scenarioAt(session, uri);
  const root = rootFor(session, uri);
  const documents = await policiesOf(session, document, root);
  return {
    document,
    documents,
    job: {
      scenario: { uri, text: document.text, configured: 'scenario' },
      root,
      documents,
      files: await filesOf(session, document, root),
    },
  };
}

/** The policies that a scenario names, as texts. What cannot be read is left out, and the run says so. */
async function policiesOf(session: Session, document: SourceDocument, root: string): Promise<SourceDocumentInit[]> {
  const folder = folderOf(document.uri) ?? '';
  const found = new Map<string, SourceDocumentInit>();
  for (const { file, kind } of document.scenario?.policies ?? []) {
    const uri = file === undefined ? undefined : resolveUri(folder, file, root);
    if (uri === undefined || found.has(uri)) continue;
    const text = await session.workspace.read(uri);
    if (text === undefined) continue;
    const languageId = session.documents.get(uri)?.languageId;
    const configured = (await session.configOf(uri)).kindOf(uri) ?? kind;
    found.set(uri, { uri, text, configured, ...(languageId === undefined ? {} : { languageId }) });
  }
  return [...found.values()];
}

/** The files whose bytes it names, likewise. */
async function filesOf(session: Session, document: SourceDocument, root: string): Promise<ScenarioJob['files']> {
  const uris = (document.scenario?.files ?? []).map(({ file }) => resolveUri(folderOf(document.uri) ?? '', file, root));
  const files: { uri: string; base64: string }[] = [];
  for (const uri of new Set(uris)) {
    const bytes = uri === undefined ? undefined : await session.workspace.bytes(uri, mostFileBytes);
    if (uri !== undefined && bytes) files.push({ uri, base64: Buffer.from(bytes).toString('base64') });
  }
  return files;
}

export async function explanationOf(session: Session, { uri, step }: StepParams): Promise<StepExplanation> {
  const opened = await session.openScenarios.get(uri);
  const explained =
    opened.world && firstChange(opened.world) <= step
      ? await session.runner.run<Awaited<ReturnType<typeof explainStep>>>('explainStep', {
          ...(await jobFor(session, uri)).job,
          step,
        })
      : await explainStep(opened, step, nameOfUri);
  if ('problem' in explained) throw new ResponseError(INVALID_REQUEST, explained.problem);
  const { title, summary, report } = explained;
  return { summary, report: session.reports.add(title, report) };
}

/**
 * Runs a scenario, or for a policy every scenario that uses it, and writes down what came of it: for editors that have
 * no better way to show it.
 */
export async function runAndReport(
  session: Session,
  { uri, step, upTo }: ScenarioParams & { readonly step?: unknown; readonly upTo?: unknown },
): Promise<StepExplanation> {
  const policy = (await session.read(uri))?.policy;
  const scenarios = policy ? (await scenariosOf(session, uri)).map((each) => each.uri) : [uri];
  const runs: ScenarioRun[] = [];
  const steps =
    typeof upTo === 'number'
      ? Array.from({ length: upTo + 1 }, (_, index) => index)
      : typeof step === 'number'
        ? [step]
        : undefined;
  for (const each of scenarios) runs.push(await runScenarioOf(session, { uri: each, ...(steps ? { steps } : {}) }));
  const summary = runs.map((run) => `${nameOfUri(run.uri)}: ${run.summary}`).join('; ');
  return { summary, report: session.reports.add('Scenario run', describeRuns(runs, nameOfUri)) };
}

/** Who can use a key of a scenario, or what a principal of it can do. */
export async function viewOfScenario(session: Session, { uri, key, principal }: AccessViewParams): Promise<AccessView> {
  await scenarioAt(session, uri);
  const question = key !== undefined ? { key } : { principal: principal ?? '' };
  const view = accessViewOf(await session.openScenarios.get(uri), question, nameOfUri);
  if ('problem' in view) throw new ResponseError(INVALID_REQUEST, view.problem);
  return view;
}

/** A scenario that is not stored yet, beside the policy that it is about. */
async function newScenarioFor(session: Session, { uri, statement }: DocumentTarget): Promise<NewScenario> {
  const policy = await sourceOf(session, uri);
  const statements = policy.policy?.policy.statements ?? [];
  const asked = statements.find(({ path }) => toPointer(path) === statement);
  const { account, region } = await session.settingsOf(uri);
  const [named] = accountPrincipalsOf(policy.policy?.policy);
  const keyAccount = account || named || EXAMPLE_ACCOUNT;
  const found = keyOf({ keyAccount }, policy.policy?.policy, { account, region }, []);
  const key = keyNamedBy(asked ? [asked] : statements) ?? ('problem' in found ? undefined : found);
  const folder = folderOf(uri) ?? '';
  const file = nameOfUri(uri);
  const target = await freeName(
    session,
    folder,
    file.replace(/\.(key-policy|kms-policy|iam-policy)\.json$|\.jsonc?$/i, ''),
  );
  const subject = { policy, file, statement: asked, key: key ?? { partition: 'aws', account: keyAccount, region } };
  return { uri: target, text: await newScenario(subject, target) };
}

/** That of the documentation of AWS. */
const EXAMPLE_ACCOUNT = '111122223333';

/** `orders.kms-scenario.json`, or `orders-2.kms-scenario.json` where that is taken. */
async function freeName(session: Session, folder: string, name: string): Promise<string> {
  for (let count = 1; ; count++) {
    const uri = `${folder}${encodeURIComponent(count === 1 ? name : `${name}-${count}`)}.kms-scenario.json`;
    if ((await session.workspace.read(uri)) === undefined) return uri;
  }
}

async function scenariosOf(session: Session, uri: string): Promise<ScenarioUseJson[]> {
  const scenarios = new Map(
    (await session.scenarioIndex.usesOf(uri)).map(({ scenario: each }) => [each.uri, each.scenario?.steps.length ?? 0]),
  );
  return [...scenarios].map(([each, steps]) => ({ uri: each, steps }));
}

/** @throws {ResponseError} where it is none, or cannot be read */
export async function scenarioAt(session: Session, uri: string): Promise<SourceDocument> {
  const document = await session.readAs(uri, 'scenario');
  if (document?.kind.kind === 'scenario') return document;
  const why = document ? 'is no scenario' : 'cannot be read';
  throw new ResponseError(INVALID_REQUEST, `\`${nameOfUri(uri)}\` ${why}: name a \`*.kms-scenario.json\``);
}

export const rootFor = (session: Session, uri: string): string => rootOf(folderOf(uri) ?? '', session.roots);
