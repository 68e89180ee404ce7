import type { EditorClient } from './client.ts';

/**
 * Neovim 0.12: `make_client_capabilities` in
 * https://github.com/neovim/neovim/blob/v0.12.0/runtime/lua/vim/lsp/protocol.lua, as a log of it shows them.
 * Version 0.11 says less: it cannot be asked to refresh lenses and findings, and selects no ranges.
 */
export const neovim: EditorClient = {
  name: 'Neovim',
  languages: { policy: 'json', scenario: 'jsonc' },
  params: {
    clientInfo: { name: 'Neovim', version: '0.12.0' },
    trace: 'off',
    workDoneToken: '1',
    capabilities: {
      general: { positionEncodings: ['utf-8', 'utf-16', 'utf-32'] },
      textDocument: {
        synchronization: { dynamicRegistration: false, didSave: true, willSave: true, willSaveWaitUntil: true },
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
          disabledSupport: true,
          honorsChangeAnnotations: true,
          isPreferredSupport: true,
          resolveSupport: { properties: ['edit', 'command'] },
        },
        codeLens: { dynamicRegistration: false, resolveSupport: { properties: ['command'] } },
        completion: {
          dynamicRegistration: false,
          contextSupport: true,
          completionItem: {
            snippetSupport: true,
            insertReplaceSupport: true,
            commitCharactersSupport: false,
            preselectSupport: false,
            deprecatedSupport: true,
            documentationFormat: ['markdown', 'plaintext'],
            resolveSupport: { properties: ['additionalTextEdits', 'command'] },
            tagSupport: { valueSet: [1] },
          },
          completionList: { itemDefaults: ['editRange', 'insertTextFormat', 'insertTextMode', 'data'] },
        },
        definition: { dynamicRegistration: true, linkSupport: true },
        diagnostic: { dynamicRegistration: false, relatedDocumentSupport: true },
        documentHighlight: { dynamicRegistration: false },
        documentSymbol: {
          dynamicRegistration: false,
          hierarchicalDocumentSymbolSupport: true,
        },
        foldingRange: { dynamicRegistration: false, lineFoldingOnly: true },
        hover: { dynamicRegistration: true, contentFormat: ['markdown', 'plaintext'] },
        inlayHint: {
          dynamicRegistration: true,
          resolveSupport: { properties: ['textEdits', 'tooltip', 'location', 'command'] },
        },
        publishDiagnostics: { dataSupport: true, relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
        references: { dynamicRegistration: false },
        rename: { dynamicRegistration: true, honorsChangeAnnotations: true, prepareSupport: true },
        selectionRange: { dynamicRegistration: false },
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
        didChangeConfiguration: { dynamicRegistration: false },
        // On Linux; elsewhere files are watched.
        didChangeWatchedFiles: { dynamicRegistration: false, relativePatternSupport: true },
        inlayHint: { refreshSupport: true },
        semanticTokens: { refreshSupport: true },
        workspaceEdit: {
          changeAnnotationSupport: { groupsOnLabel: true },
          normalizesLineEndings: true,
          resourceOperations: ['rename', 'create', 'delete'],
        },
        workspaceFolders: true,
      },
    },
  },
};
