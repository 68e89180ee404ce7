import { StringValue, type TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
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

/** The changes of one document in the form that has room for more than these. */
export function changesOf({ uri, version }: SourceDocument, edit: WorkspaceEdit): TextDocumentEdit[] {
  const edits = edit.changes?.[uri];
  if (!edits) return (edit.documentChanges ?? []).filter((change) => 'textDocument' in change);
  return [{ textDocument: { uri, version }, edits: [...edits] }];
}

/** With a label, and shown before it is made, where the client can do that. */
export function annotated(
  { client }: Session,
  source: SourceDocument,
  edit: WorkspaceEdit,
  { title, detail }: { readonly title: string; readonly detail: string },
): WorkspaceEdit {
  if (!client.changeAnnotations) return edit;
  const all = edit.documentChanges ?? changesOf(source, edit);
  return {
    documentChanges: all.map((change) =>
      'textDocument' in change
        ? { ...change, edits: change.edits.map((each) => ({ ...each, annotationId: ANNOTATION })) }
        : { ...change, annotationId: ANNOTATION },
    ),
    changeAnnotations: { [ANNOTATION]: { label: title, description: detail, needsConfirmation: true } },
  };
}

const ANNOTATION = 'kms-lens';
