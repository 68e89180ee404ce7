import type { ClientCapabilities } from 'vscode-languageserver/node';
import type { Received } from '../lsp-session.ts';

/** Notifications that every client has to bear with. */
const ALWAYS: ReadonlySet<string> = new Set([
  'textDocument/publishDiagnostics',
  'window/logMessage',
  'window/showMessage',
]);

/** What a client has to have said before a server may ask for it. */
const NEEDS: Readonly<Record<string, (capabilities: ClientCapabilities) => boolean | undefined>> = {
  'window/showDocument': ({ window }) => window?.showDocument?.support,
  'window/workDoneProgress/create': ({ window }) => window?.workDoneProgress,
  'workspace/applyEdit': ({ workspace }) => workspace?.applyEdit,
  'workspace/configuration': ({ workspace }) => workspace?.configuration,
  'workspace/workspaceFolders': ({ workspace }) => workspace?.workspaceFolders,
  'workspace/codeLens/refresh': ({ workspace }) => workspace?.codeLens?.refreshSupport,
  'workspace/diagnostic/refresh': ({ workspace }) => workspace?.diagnostics?.refreshSupport,
  'workspace/inlayHint/refresh': ({ workspace }) => workspace?.inlayHint?.refreshSupport,
  'workspace/foldingRange/refresh': ({ workspace }) => workspace?.foldingRange?.refreshSupport,
  'workspace/semanticTokens/refresh': ({ workspace }) => workspace?.semanticTokens?.refreshSupport,
};

/** What a server has sent that the client did not say it understands. */
export function beyond(capabilities: ClientCapabilities, received: readonly Received[]): string[] {
  return received.flatMap(({ method, params }) => {
    if (ALWAYS.has(method) || method.startsWith('$/')) return [];
    if (method === 'client/registerCapability')
      return registrations(params).flatMap((each) => (registers(capabilities, each) ? [] : [`${method} ${each}`]));
    return NEEDS[method]?.(capabilities) ? [] : [method];
  });
}

function registrations(params: unknown): string[] {
  const list = member(params, 'registrations');
  return Array.isArray(list) ? list.map((each) => String(member(each, 'method'))) : [];
}

/** `workspace/didChangeWatchedFiles` needs `workspace.didChangeWatchedFiles.dynamicRegistration`. */
const registers = (capabilities: ClientCapabilities, method: string): boolean =>
  method
    .split('/')
    .concat('dynamicRegistration')
    .reduce(member, capabilities as unknown) === true;

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value))[name] : undefined;
