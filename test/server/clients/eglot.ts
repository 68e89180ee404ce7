import type { EditorClient } from './client.ts';

/**
 * Eglot of Emacs 31, `eglot-client-capabilities` in
 * https://git.savannah.gnu.org/cgit/emacs.git/tree/lisp/progmodes/eglot.el, as it is without the packages yasnippet and
 * markdown-mode: no snippets, no Markdown. It shows no lenses.
 */
export const eglot: EditorClient = {
  name: 'Eglot',
  languages: { policy: 'json', scenario: 'json' },
  initializationOptions: {},
  params: {
    clientInfo: { name: 'Eglot', version: '1.19' },
    capabilities: {
      general: { positionEncodings: ['utf-32', 'utf-8', 'utf-16'] },
      experimental: {},
      textDocument: {
        synchronization: { dynamicRegistration: false, willSave: true, willSaveWaitUntil: true, didSave: true },
        codeAction: {
          dynamicRegistration: false,
          codeActionLiteralSupport: {
            codeActionKind: {
              valueSet: [
                'quickfix',
                'refactor',
                'refactor.extract',
                'refactor.inline',
                'refactor.rewrite',
                'source',
                'source.organizeImports',
              ],
            },
          },
          dataSupport: true,
          isPreferredSupport: true,
          resolveSupport: { properties: ['edit', 'command'] },
        },
        completion: {
          dynamicRegistration: false,
          contextSupport: true,
          completionItem: {
            snippetSupport: false,
            insertReplaceSupport: true,
            deprecatedSupport: true,
            documentationFormat: ['plaintext'],
            resolveSupport: { properties: ['documentation', 'details', 'additionalTextEdits'] },
            tagSupport: { valueSet: [1] },
          },
        },
        definition: { dynamicRegistration: false, linkSupport: true },
        diagnostic: { dynamicRegistration: false },
        documentHighlight: { dynamicRegistration: false },
        documentSymbol: { dynamicRegistration: false, hierarchicalDocumentSymbolSupport: true },
        formatting: { dynamicRegistration: false },
        hover: { dynamicRegistration: false, contentFormat: ['plaintext'] },
        inlayHint: { dynamicRegistration: false },
        publishDiagnostics: {
          relatedInformation: false,
          versionSupport: true,
          codeDescriptionSupport: false,
          tagSupport: { valueSet: [1, 2] },
        },
        references: { dynamicRegistration: false },
        rename: { dynamicRegistration: false, prepareSupport: true },
      },
      window: {
        showDocument: { support: true },
        showMessage: { messageActionItem: { additionalPropertiesSupport: true } },
        workDoneProgress: true,
      },
      workspace: {
        applyEdit: true,
        configuration: true,
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        executeCommand: { dynamicRegistration: false },
        semanticTokens: { refreshSupport: true },
        symbol: { dynamicRegistration: false },
        workspaceEdit: {
          documentChanges: true,
          failureHandling: 'abort',
          resourceOperations: ['create', 'delete', 'rename'],
        },
        workspaceFolders: true,
      },
    },
  },
};
