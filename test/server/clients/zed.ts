import type { EditorClient } from './client.ts';

/**
 * Zed 1.x: `default_initialize_params` in https://github.com/zed-industries/zed/blob/main/crates/lsp/src/lsp.rs. It
 * cannot be asked to show a document.
 */
export const zed: EditorClient = {
  name: 'Zed',
  languages: { policy: 'json', scenario: 'jsonc' },
  params: {
    clientInfo: { name: 'Zed', version: '1.6.3' },
    capabilities: {
      general: { positionEncodings: ['utf-16'] },
      experimental: { serverStatusNotification: true, localDocs: true },
      textDocument: {
        synchronization: { dynamicRegistration: true, didSave: true },
        codeAction: {
          dynamicRegistration: true,
          codeActionLiteralSupport: { codeActionKind: { valueSet: ['refactor', 'quickfix', 'source'] } },
          dataSupport: true,
          resolveSupport: { properties: ['kind', 'diagnostics', 'isPreferred', 'disabled', 'edit', 'command'] },
        },
        codeLens: { dynamicRegistration: true },
        completion: {
          dynamicRegistration: true,
          contextSupport: true,
          insertTextMode: 2,
          completionItem: {
            snippetSupport: true,
            insertReplaceSupport: true,
            deprecatedSupport: true,
            labelDetailsSupport: true,
            documentationFormat: ['markdown', 'plaintext'],
            insertTextModeSupport: { valueSet: [1, 2] },
            resolveSupport: { properties: ['additionalTextEdits', 'command', 'detail', 'documentation'] },
            tagSupport: { valueSet: [1] },
          },
          completionList: {
            itemDefaults: ['commitCharacters', 'editRange', 'insertTextMode', 'insertTextFormat', 'data'],
          },
        },
        definition: { dynamicRegistration: true, linkSupport: true },
        diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true },
        documentLink: { dynamicRegistration: true, tooltipSupport: true },
        documentSymbol: { dynamicRegistration: true, hierarchicalDocumentSymbolSupport: true },
        foldingRange: { dynamicRegistration: true, lineFoldingOnly: false },
        hover: { dynamicRegistration: true, contentFormat: ['markdown'] },
        inlayHint: {
          dynamicRegistration: true,
          resolveSupport: { properties: ['textEdits', 'tooltip', 'label.tooltip', 'label.location', 'label.command'] },
        },
        publishDiagnostics: {
          relatedInformation: true,
          versionSupport: true,
          dataSupport: true,
          codeDescriptionSupport: true,
          tagSupport: { valueSet: [1, 2] },
        },
        rename: { dynamicRegistration: true, prepareSupport: true, prepareSupportDefaultBehavior: 1 },
      },
      window: {
        showMessage: { messageActionItem: { additionalPropertiesSupport: true } },
        workDoneProgress: true,
      },
      workspace: {
        applyEdit: true,
        configuration: true,
        codeLens: { refreshSupport: true },
        diagnostics: { refreshSupport: true },
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        executeCommand: { dynamicRegistration: true },
        fileOperations: { dynamicRegistration: true, didRename: true, willRename: true },
        inlayHint: { refreshSupport: true },
        semanticTokens: { refreshSupport: true },
        symbol: { dynamicRegistration: true },
        workspaceEdit: {
          documentChanges: true,
          resourceOperations: ['create', 'rename', 'delete'],
          snippetEditSupport: true,
        },
        workspaceFolders: true,
      },
    },
  },
};
