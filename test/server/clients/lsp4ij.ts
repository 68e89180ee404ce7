import type { EditorClient } from './client.ts';

/**
 * LSP4IJ for JetBrains IDEs: `create` in
 * https://github.com/redhat-developer/lsp4ij/blob/main/src/main/java/com/redhat/devtools/lsp4ij/internal/capabilities/ClientCapabilitiesFactory.java
 */
export const lsp4ij: EditorClient = {
  name: 'LSP4IJ',
  languages: { policy: 'kms-key-policy', scenario: 'kms-scenario' },
  params: {
    clientInfo: { name: 'IntelliJ IDEA', version: '2025.3' },
    trace: 'off',
    capabilities: {
      general: { positionEncodings: ['utf-16'], staleRequestSupport: { cancel: true, retryOnContentModified: [] } },
      textDocument: {
        synchronization: { dynamicRegistration: true, willSave: true, willSaveWaitUntil: true },
        codeAction: {
          dynamicRegistration: true,
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
          resolveSupport: { properties: ['edit'] },
        },
        codeLens: { dynamicRegistration: true },
        completion: {
          dynamicRegistration: true,
          completionItem: {
            snippetSupport: true,
            deprecatedSupport: true,
            labelDetailsSupport: true,
            documentationFormat: ['markdown', 'plaintext'],
            insertTextModeSupport: { valueSet: [1, 2] },
            resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
          },
          completionList: { itemDefaults: ['editRange'] },
        },
        definition: { dynamicRegistration: true, linkSupport: true },
        diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true },
        documentHighlight: { dynamicRegistration: true },
        documentLink: { dynamicRegistration: true },
        documentSymbol: { dynamicRegistration: true, hierarchicalDocumentSymbolSupport: true },
        foldingRange: { dynamicRegistration: true },
        hover: { dynamicRegistration: true, contentFormat: ['markdown', 'plaintext'] },
        inlayHint: { dynamicRegistration: true },
        publishDiagnostics: {
          dataSupport: true,
          codeDescriptionSupport: true,
          relatedInformation: true,
          tagSupport: { valueSet: [1, 2] },
        },
        references: { dynamicRegistration: true },
        rename: { dynamicRegistration: true, prepareSupport: true },
      },
      window: {
        showDocument: { support: true },
        showMessage: { messageActionItem: { additionalPropertiesSupport: false } },
        workDoneProgress: true,
      },
      workspace: {
        applyEdit: true,
        configuration: true,
        codeLens: { refreshSupport: true },
        diagnostics: { refreshSupport: true },
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
        executeCommand: { dynamicRegistration: true },
        fileOperations: {
          dynamicRegistration: true,
          didCreate: true,
          didDelete: true,
          willRename: true,
          didRename: true,
        },
        inlayHint: { refreshSupport: true },
        semanticTokens: { refreshSupport: true },
        symbol: {},
        workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'delete', 'rename'] },
        workspaceFolders: true,
      },
    },
  },
};
