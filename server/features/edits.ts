import { StringValue, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../documents/edits.ts';
import type { SourceDocument } from '../documents/source.ts';
import { asSnippet, hasHoles, withoutHoles } from '../rules/holes.ts';
import type { Session } from '../session.ts';

/** As a snippet where something is left to fill in and the client can let the user do it. */
export function editOfDocument(
  { client }: Session,
  { uri, version }: SourceDocument,
  edits: readonly TextEdit[],
): WorkspaceEdit {
  const isSnippet = client.snippetEdits && edits.some(({ newText }) => hasHoles(newText));
  if (!isSnippet)
    return { changes: { [uri]: edits.map(({ range, newText }) => ({ range, newText: withoutHoles(newText) })) } };
  const snippets = edits.map(({ range, newText }) => ({
    range,
    snippet: StringValue.createSnippet(asSnippet(newText)),
  }));
  return { documentChanges: [{ textDocument: { uri, version }, edits: snippets }] };
}
