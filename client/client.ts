import {
  commands,
  Disposable,
  type ExtensionContext,
  extensions,
  type LogOutputChannel,
  version as vscodeVersion,
  window,
  workspace,
} from 'vscode';
import { CancellationToken, State } from 'vscode-languageclient/node';
import { method, notification } from '../server/protocol.ts';
import { contextKey } from './commandIds.ts';
import { runCommand } from './commands.ts';
import { DecisionViews } from './decisionView.ts';
import { EnvelopeViews } from './envelopeView.ts';
import { type Connection, createLanguageClient, hasJsonService, wakeJsonService } from './languageClient.ts';
import { isConfigFile, JSON_LANGUAGES } from './languages.ts';
import { localKmsFor } from './localKms/host.ts';
import { showLocalKmsStatus } from './localKms/status.ts';
import { LocalDecisionViews, LocalKmsViews } from './localKms/view.ts';
import { LastRuns } from './memory.ts';
import { examples } from './practice/examples.ts';
import { PROGRESS_KEY, Progress } from './practice/progress.ts';
import { PracticeViews } from './practice/view.ts';
import { Previews } from './preview.ts';
import { showTopics } from './reading/tree.ts';
import { ReadingViews } from './reading/view.ts';
import { AccessViews } from './scenarios/accessView.ts';
import { ScenarioExplorer } from './scenarios/explorer.ts';
import type { ViewServer } from './scenarios/panel.ts';
import { TimelineViews } from './scenarios/timelineView.ts';
import { TrailViews } from './scenarios/trailView.ts';
import type { Session } from './session.ts';
import { showStatus } from './status.ts';
import { Verdicts } from './verdicts.ts';

/** The started client, as the entry knows it. */
export interface Running {
  run(command: string, argument: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the language server and everything that works with it. Rejects, and leaves nothing behind, if it cannot. */
export async function start(context: ExtensionContext, log: LogOutputChannel): Promise<Running> {
  const connection = createLanguageClient(context, log, () => tellWhenClauses(connection));
  const { client, served } = connection;
  void wakeJsonService();
  try {
    await client.start();
  } catch (error) {
    // A client that never ran rejects being stopped; its process ends all the same.
    await client.dispose().catch(() => undefined);
    throw error;
  }
  const forget = (uri: string) => {
    if (client.isRunning()) void client.sendNotification(method.clear, { uri });
  };
  const verdicts = new Verdicts(forget);
  const previews = new Previews();
  // The library takes an undefined token for a parameter.
  const request: ViewServer = (name, params, token = CancellationToken.None) => client.sendRequest(name, params, token);
  const accessViews = new AccessViews(request);
  const scenarios = new ScenarioExplorer({
    request,
    onStep: (listener) => client.onNotification(notification.stepDone, listener),
  });
  const trailViews = new TrailViews(request, scenarios.onRan);
  const timelineViews = new TimelineViews(request, scenarios.onRan);
  const envelopeViews = new EnvelopeViews(request);
  context.globalState.setKeysForSync([PROGRESS_KEY]);
  const practiceViews = new PracticeViews({
    request,
    progress: new Progress(context.globalState),
    openTopic: (topic) => readingViews.open({ topic }),
  });
  const decisionViews = new DecisionViews(request);
  const readingViews = new ReadingViews({
    request,
    practise: (begin) => practiceViews.open(begin),
    follow: (asked) => decisionViews.open(asked),
  });
  const localKms = localKmsFor(context, log);
  const localDecisionViews = new LocalDecisionViews(localKms);
  const localKmsViews = new LocalKmsViews(localKms, request, localDecisionViews);
  const views = {
    accessViews,
    trailViews,
    timelineViews,
    envelopeViews,
    practiceViews,
    readingViews,
    decisionViews,
    localKmsViews,
  };
  const session: Session = {
    request: (name, params, token) => client.sendRequest(name, params, token),
    insist: (document) => served.insist(document),
    forget: (uri) => {
      if (!verdicts.clear(uri)) forget(uri);
    },
    restart: () => restart(connection),
    verdicts,
    lastRuns: new LastRuns(context.workspaceState),
    previews,
    scenarios,
    localKms,
    ...views,
  };
  context.subscriptions.push(
    showStatus(client),
    verdicts,
    previews,
    scenarios,
    ...Object.values(views),
    localDecisionViews,
    localKms,
    showLocalKmsStatus(localKms),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) localKms.edited(document.uri.toString());
    }),
    examples(request),
    showTopics(request),
    watch(connection, verdicts),
  );
  tellWhenClauses(connection);
  const { version } = context.extension.packageJSON;
  log.info(`KMS Lens ${version} serves policies, grants and scenarios in VS Code ${vscodeVersion}`);
  return {
    run: (command, argument) => runCommand(session, command, argument),
    stop: async () => void (await Promise.all([stop(connection), localKms.stop()])),
  };
}

function watch(connection: Connection, verdicts: Verdicts): Disposable {
  const { client } = connection;
  let jsonService = hasJsonService();
  const onJsonService = () => {
    if (jsonService === hasJsonService()) return;
    jsonService = hasJsonService();
    // Who reports the syntax was settled when the server started.
    void restart(connection);
  };
  return Disposable.from(
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) verdicts.reset();
    }),
    window.onDidChangeActiveTextEditor(() => tellWhenClauses(connection)),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('json.validate.enable')) onJsonService();
    }),
    extensions.onDidChange(onJsonService),
  );
}

/** The palette and the menus offer a plain JSON document what they offer a policy, once it is served as one. */
function tellWhenClauses({ served }: Connection): void {
  const document = window.activeTextEditor?.document;
  const jsonPolicy =
    document !== undefined &&
    JSON_LANGUAGES.includes(document.languageId) &&
    served.has(document.uri.toString()) &&
    !isConfigFile(document.uri.toString());
  void commands.executeCommand('setContext', contextKey.jsonPolicy, jsonPolicy);
}

async function restart(connection: Connection): Promise<void> {
  await stop(connection);
  await connection.client.start();
}

async function stop({ client }: Connection): Promise<void> {
  if (client.isRunning()) await client.stop();
}
