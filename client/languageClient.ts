import { join } from 'node:path';
import { type ExtensionContext, extensions, type LogOutputChannel, type TextDocument, workspace } from 'vscode';
import {
  CloseAction,
  CodeLensRequest,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  type ErrorHandler,
  LanguageClient,
  type Middleware,
  RevealOutputChannelOn,
  State,
  TransportKind,
  type VisibleDocuments,
} from 'vscode-languageclient/node';
import { clientCommand, type InitializationOptions, REPORT_SCHEME } from '../server/protocol.ts';
import { recordOf } from './arguments.ts';
import { JSON_LANGUAGES, KMS_LANGUAGES } from './languages.ts';
import { ServedDocuments } from './served.ts';
import { ShownDocuments } from './shown.ts';

/** The client library's client for our server, which sees only the documents that concern it. */
export interface Connection {
  readonly client: LanguageClient;
  readonly served: ServedDocuments;
}

/**
 * A client that is not started yet. Failures of its start are the caller's to tell; later ones it tells itself.
 *
 * @param onServed told whenever more or fewer documents are served
 */
export function createLanguageClient(
  context: ExtensionContext,
  log: LogOutputChannel,
  onServed: () => void,
): Connection {
  const served = new ServedDocuments((document) => openOnServer(client, document), onServed);
  const module = context.asAbsolutePath(join('dist', 'server.js'));
  const client: KmsLensClient = new KmsLensClient(
    'kms-lens',
    'KMS Lens',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [
        ...KMS_LANGUAGES.map(({ id }) => ({ language: id })),
        ...JSON_LANGUAGES.map((language) => ({ language })),
        { scheme: REPORT_SCHEME },
      ],
      outputChannel: log,
      traceOutputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions,
      initializationFailedHandler: () => false,
      errorHandler: errorHandler(() => client),
      middleware: middlewareFor(served, (document) => forgetDiagnostics(client, document)),
      markdown: { isTrusted: { enabledCommands: Object.values(clientCommand) }, supportThemeIcons: true },
      textSynchronization: { delayOpenNotifications: true },
      diagnosticPullOptions: { onChange: true, onSave: false },
    },
  );
  client.served = served;
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) served.clear();
    if (newState === State.Running) client.hasRun = true;
  });
  return { client, served };
}

/** Whether VS Code itself reports JSON syntax and duplicate members. */
export function hasJsonService(): boolean {
  const validates = workspace.getConfiguration('json').get('validate.enable') !== false;
  return validates && extensions.getExtension(JSON_SERVICE) !== undefined;
}

/**
 * Wakes VS Code's JSON service. By itself it wakes up for `json` and `jsonc` only, and our documents take part in it.
 */
export async function wakeJsonService(): Promise<void> {
  await extensions.getExtension(JSON_SERVICE)?.activate();
}

const JSON_SERVICE = 'vscode.json-language-features';

class KmsLensClient extends LanguageClient {
  /**
   * The library puts up several notifications about one failed start, and starts a server anew that never ran. The entry
   * says it once, so this client only logs until it has run.
   */
  hasRun = false;
  served: ServedDocuments | undefined;
  #shown: ShownDocuments | undefined;

  override get visibleDocuments(): VisibleDocuments {
    if (this.served) this.#shown ??= new ShownDocuments(super.visibleDocuments, this.served);
    return this.#shown ?? super.visibleDocuments;
  }

  override error(message: string, data?: unknown, showNotification?: boolean | 'force'): void {
    super.error(message, data, this.hasRun ? showNotification : false);
  }
}

/** A server that dies before it ever ran is left alone; later the library's usual few restarts apply. */
function errorHandler(client: () => KmsLensClient): ErrorHandler {
  let usual: ErrorHandler | undefined;
  const handler = () => {
    usual ??= client().createDefaultErrorHandler();
    return usual;
  };
  return {
    error: (error, message, count) => handler().error(error, message, count),
    closed: () => (client().hasRun ? handler().closed() : { action: CloseAction.DoNotRestart, handled: true }),
  };
}

function initializationOptions(): InitializationOptions {
  return { jsonService: hasJsonService(), clientCommands: Object.values(clientCommand) };
}

function middlewareFor(served: ServedDocuments, beforeOpening: (document: TextDocument) => void): Middleware {
  return {
    didOpen: async (document, next) => {
      if (!served.opens(document)) return;
      beforeOpening(document);
      await next(document);
    },
    didChange: async (event, next) => {
      if (served.changes(event.document)) await next(event);
    },
    didSave: async (document, next) => {
      if (served.has(document.uri.toString())) await next(document);
    },
    didClose: async (document, next) => {
      if (served.closes(document)) await next(document);
    },
    // Hovers, lenses, symbols and the like for a document that the server does not have are answered here.
    sendRequest: async (type, param, token, next) => {
      const uri = documentOf(param);
      return uri === undefined || served.answersFor(uri) ? next(type, param, token) : nothing();
    },
  };
}

/** The document that a request of the Language Server Protocol is about. */
function documentOf(param: unknown): string | undefined {
  const uri = recordOf(recordOf(param)?.['textDocument'])?.['uri'];
  return typeof uri === 'string' ? uri : undefined;
}

/** Every request about a document may be answered with null; the library's types cannot say so. */
function nothing<R>(): R {
  return null as R;
}

/**
 * The library asks for the diagnostics of every document in an editor, also of those that are not served, and then not
 * again for the same text. Without this, a document that changes its language would have none until it is edited.
 */
function forgetDiagnostics(client: LanguageClient, document: TextDocument): void {
  client.getFeature(DocumentDiagnosticRequest.method).getProvider(document)?.forget(document);
}

function openOnServer(client: LanguageClient, document: TextDocument): void {
  const sent = client.getFeature(DidOpenTextDocumentNotification.method).getProvider(document)?.send(document);
  sent?.catch((error: unknown) => client.error('Opening a document on the server failed', error, false));
  // The lenses were asked for while the server did not have the document.
  client.getFeature(CodeLensRequest.method).getProvider(document)?.onDidChangeCodeLensEmitter.fire();
}
