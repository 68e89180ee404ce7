import type { EditorClient } from './client.ts';

/**
 * LSP 2.6 for Sublime Text: `get_initialize_params` in
 * https://github.com/sublimelsp/LSP/blob/main/plugin/core/sessions.py
 */
export const sublime: EditorClient = {
  name: 'LSP for Sublime Text',
  languages: { policy: 'json', scenario: 'json' },
  initializationOptions: {},
  params: {
    clientInfo: { name: 'Sublime Text LSP', version: '2.6.0' },
    capabilities: {
      general: { regularExpressions: { engine: 'ECMAScript' }, markdown: { parser: 'marko' } },
      textDocument: {
        synchronization: { dynamicRegistration: true, didSave: true, willSave: true, willSaveWaitUntil: true },
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
                'source.fixAll',
                'source.organizeImports',
              ],
            },
          },
          dataSupport: true,
          isPreferredSupport: true,
          resolveSupport: { properties: ['edit'] },
        },
        codeLens: { dynamicRegistration: true },
        completion: {
          dynamicRegistration: true,
          insertTextMode: 2,
          completionItem: {
            snippetSupport: true,
            insertReplaceSupport: true,
            deprecatedSupport: true,
            labelDetailsSupport: true,
            documentationFormat: ['markdown', 'plaintext'],
            insertTextModeSupport: { valueSet: [2] },
            resolveSupport: { properties: ['detail', 'documentation', 'additionalTextEdits'] },
            tagSupport: { valueSet: [1] },
          },
          completionList: { itemDefaults: ['editRange', 'insertTextFormat', 'data'] },
        },
        definition: { dynamicRegistration: true, linkSupport: true },
        diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true },
        documentHighlight: { dynamicRegistration: true },
        documentLink: { dynamicRegistration: true, tooltipSupport: true },
        documentSymbol: { dynamicRegistration: true, hierarchicalDocumentSymbolSupport: true },
        foldingRange: { dynamicRegistration: true },
        hover: { dynamicRegistration: true, contentFormat: ['markdown', 'plaintext'] },
        inlayHint: { dynamicRegistration: true, resolveSupport: { properties: ['textEdits', 'label.command'] } },
        publishDiagnostics: {
          relatedInformation: true,
          versionSupport: true,
          dataSupport: true,
          codeDescriptionSupport: true,
          tagSupport: { valueSet: [1, 2] },
        },
        references: { dynamicRegistration: true },
        rename: { dynamicRegistration: true, prepareSupport: true, prepareSupportDefaultBehavior: 1 },
        selectionRange: { dynamicRegistration: true },
      },
      window: {
        showDocument: { support: true },
        showMessage: { messageActionItem: { additionalPropertiesSupport: true } },
        workDoneProgress: true,
      },
      workspace: {
        applyEdit: true,
        configuration: true,
        codeLens: { refreshSupport: true },
        diagnostics: { refreshSupport: true },
        didChangeConfiguration: { dynamicRegistration: true },
        executeCommand: {},
        inlayHint: { refreshSupport: true },
        semanticTokens: { refreshSupport: true },
        symbol: { dynamicRegistration: true },
        workspaceEdit: {
          documentChanges: true,
          failureHandling: 'abort',
          changeAnnotationSupport: { groupsOnLabel: false },
        },
        workspaceFolders: true,
      },
    },
  },
};

const { capabilities } = sublime.params;

/**
 * The same as LSP 2.13 has it, which reads documents of servers (https://github.com/sublimelsp/LSP/pull/2960) and
 * completes edits that have something to fill in.
 */
export const sublimeWithDocuments: EditorClient = {
  ...sublime,
  name: 'LSP for Sublime Text 2.13',
  params: {
    clientInfo: { name: 'Sublime Text LSP', version: '2.13.0' },
    capabilities: {
      ...capabilities,
      general: { positionEncodings: ['utf-16'], markdown: { parser: 'marko' } },
      workspace: {
        ...capabilities.workspace,
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        textDocumentContent: { dynamicRegistration: true },
        workspaceEdit: {
          documentChanges: true,
          failureHandling: 'abort',
          normalizesLineEndings: true,
          metadataSupport: true,
          resourceOperations: ['create', 'rename', 'delete'],
          snippetEditSupport: true,
        },
      },
    },
  },
};
