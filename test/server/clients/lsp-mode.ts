import type { EditorClient } from './client.ts';

/**
 * lsp-mode of 2026, `lsp--client-capabilities` in https://github.com/emacs-lsp/lsp-mode/blob/master/lsp-mode.el, with
 * yasnippet and without inlay hints, which are off until they are switched on.
 */
export const lspMode: EditorClient = {
  name: 'lsp-mode',
  languages: { policy: 'json', scenario: 'json' },
  params: {
    clientInfo: { name: 'emacs', version: 'GNU Emacs 30.2' },
    capabilities: {
      general: { positionEncodings: ['utf-32', 'utf-8', 'utf-16'] },
      textDocument: {
        synchronization: { willSave: true, didSave: true, willSaveWaitUntil: true },
        codeAction: {
          dynamicRegistration: true,
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
              ],
            },
          },
          dataSupport: true,
          isPreferredSupport: true,
          resolveSupport: { properties: ['edit', 'command'] },
        },
        completion: {
          dynamicRegistration: true,
          contextSupport: true,
          completionItem: {
            snippetSupport: true,
            insertReplaceSupport: true,
            deprecatedSupport: true,
            labelDetailsSupport: true,
            documentationFormat: ['markdown', 'plaintext'],
            insertTextModeSupport: { valueSet: [1, 2] },
            resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits', 'command'] },
          },
        },
        definition: { dynamicRegistration: true, linkSupport: true },
        diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false },
        documentLink: { dynamicRegistration: true, tooltipSupport: true },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        foldingRange: { dynamicRegistration: true },
        formatting: { dynamicRegistration: true },
        hover: { dynamicRegistration: true, contentFormat: ['markdown', 'plaintext'] },
        publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, versionSupport: true },
        references: { dynamicRegistration: true },
        rename: { dynamicRegistration: true, prepareSupport: true },
        selectionRange: { dynamicRegistration: true },
      },
      window: { showDocument: { support: true }, workDoneProgress: true },
      workspace: {
        applyEdit: true,
        configuration: true,
        // Its lenses are announced here alone.
        codeLens: { refreshSupport: true },
        diagnostics: { refreshSupport: false },
        didChangeWatchedFiles: { dynamicRegistration: true },
        executeCommand: { dynamicRegistration: false },
        fileOperations: { didRename: true, willRename: true },
        workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
        workspaceFolders: true,
      },
    },
  },
};
