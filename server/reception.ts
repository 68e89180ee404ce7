import {
  type Connection,
  type ConnectionOptions,
  type InitializeParams,
  InitializeRequest,
  Message,
} from 'vscode-languageserver';
import { capabilitiesFor } from './capabilities.ts';

/**
 * Answers `initialize`, and has the server itself loaded only then: an editor waits for this answer, and rules and tables
 * take several times as long to load as the rest. What the client sends meanwhile waits, in its order.
 */
export function receive(
  connect: (options: ConnectionOptions) => Connection,
  load: (connection: Connection, params: InitializeParams) => Promise<void>,
): void {
  let client: InitializeParams | undefined;
  let loaded: Promise<void> | undefined;
  const connection = connect({
    messageStrategy: {
      handleMessage(message, next) {
        if (loaded) return loaded.then(() => next(message));
        if (!Message.isRequest(message) || message.method !== InitializeRequest.method) return next(message);
        // It settles when the answer is on its way.
        loaded = Promise.resolve(next(message)).then(() => client && load(connection, client));
        loaded.catch(endProgram);
        return loaded;
      },
    },
  });
  connection.onInitialize((params) => {
    client = params;
    return { serverInfo: { name: 'KMS Lens' }, capabilities: capabilitiesFor(params.capabilities) };
  });
  connection.listen();
}

/** Without the rest there is nobody to answer, and the connection would swallow the error. */
function endProgram(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
