import type { EditorClient } from './client.ts';

/**
 * The main branch of Helix: `initialize` in
 * https://github.com/helix-editor/helix/blob/master/helix-lsp/src/client.rs
 */
export const helix: EditorClient = {
  name: 'Helix',
  languages: { policy: 'json', scenario: 'json' },
  // What the configuration file has under `config` is sent here, too.
  initializationOptions: { 'kms-lens': { region: 'us-east-1' } },
  params: {
    clientInfo: { name: 'helix', version: '25.07.1 (main)' },
    capabilities: {
      general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
      textDocument: {
        codeAction: {
          codeActionLiteralSupport: {
            codeActionKind: {
              valueSet: [
                '',
                'quickfix',
                'refactor',
                'refactor.extract',
                'refactor.inline',
                'refactor.rewrite',
                'source',
                'source.organizeImports',
                'source.fixAll',
              ],
            },
          },
          dataSupport: true,
          disabledSupport: true,
          isPreferredSupport: true,
          resolveSupport: { properties: ['edit', 'command'] },
        },
        completion: {
          completionItem: {
            snippetSupport: true,
            insertReplaceSupport: true,
            deprecatedSupport: true,
            resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
            tagSupport: { valueSet: [1] },
          },
          completionItemKind: {},
        },
        diagnostic: { dynamicRegistration: false, relatedDocumentSupport: true },
        formatting: { dynamicRegistration: false },
        hover: { contentFormat: ['markdown'] },
        inlayHint: { dynamicRegistration: false },
        publishDiagnostics: { tagSupport: { valueSet: [1, 2] }, versionSupport: true },
        rename: { dynamicRegistration: false, honorsChangeAnnotations: false, prepareSupport: true },
      },
      window: { showDocument: { support: true }, workDoneProgress: true },
      workspace: {
        applyEdit: true,
        configuration: true,
        diagnostics: { refreshSupport: true },
        didChangeConfiguration: { dynamicRegistration: false },
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        executeCommand: { dynamicRegistration: false },
        fileOperations: { didRename: true, willRename: true },
        inlayHint: { refreshSupport: false },
        symbol: { dynamicRegistration: false },
        workspaceEdit: {
          documentChanges: true,
          failureHandling: 'abort',
          normalizesLineEndings: false,
          resourceOperations: ['create', 'rename', 'delete'],
        },
        workspaceFolders: true,
      },
    },
  },
};

/** The release 25.07, which does not say that it can show documents (https://github.com/helix-editor/helix/pull/14892). */
export const helixRelease: EditorClient = {
  ...helix,
  name: 'Helix 25.07',
  params: {
    clientInfo: { name: 'helix', version: '25.07.1' },
    capabilities: { ...helix.params.capabilities, window: { workDoneProgress: true } },
  },
};
