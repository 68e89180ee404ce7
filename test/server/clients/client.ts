import type { InitializeParams } from 'vscode-languageserver/node';

/**
 * An editor as the server meets it: what it says when it introduces itself, as its source or a log of it shows, and what it
 * calls documents when it is configured as docs/editors.md says.
 */
export interface EditorClient {
  readonly name: string;
  readonly params: Pick<InitializeParams, 'capabilities'> & Partial<InitializeParams>;
  /** The language of the files `*.key-policy.json` and `*.kms-scenario.json`. */
  readonly languages: { readonly policy: string; readonly scenario: string };
  /** The initialization options of the documented configuration. */
  readonly initializationOptions?: object;
}
