import { StringValue, type TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../documents/edits.ts';
import type { SourceDocument } from '../documents/source.ts';
import { asSnippet, hasHoles, withoutHoles } from '../rules/holes.ts';
import type { Session } from '../session.ts';

/** As a snippet where something is left to fill in and the client can let the user do it. */
export function editOfDocument({ client }: Session, source: SourceDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  const { uri, version } = source;
  const isSnippet = client.snippetEdits && edits.some(({ newText }) => hasHoles(newText));
  if (!isSnippet)
    return { changes: { [uri]: edits.map(({ range, newText }) => ({ range, newText: withoutHoles(newText) })) } };
  const snippets = fromLineStart(source, edits).map(({ range, newText }) => ({
    range,
    snippet: StringValue.createSnippet(asSnippet(newText)),
  }));
  return { documentChanges: [{ textDocument: { uri, version }, edits: snippets }] };
}

/** Editors indent the further lines of a snippet as the line is up to where it begins: there must be nothing in front of it. */
function fromLineStart(source: SourceDocument, edits: readonly TextEdit[]): readonly TextEdit[] {
  const [only, ...others] = edits;
  if (!only || 0 < others.length || !/[\r\n]/.test(only.newText)) return edits;
  const { start, end } = only.range;
  const line = { line: start.line, character: 0 };
  const before = source.text.slice(source.offsetAt(line), source.offsetAt(start));
  return [{ range: { start: line, end }, newText: before + only.newText }];
}

/** The changes of one document in the form that has room for more than these. */
export function changesOf({ uri, version }: SourceDocument, edit: WorkspaceEdit): TextDocumentEdit[] {
  const edits = edit.changes?.[uri];
  if (!edits) return (edit.documentChanges ?? []).filter((change) => 'textDocument' in change);
  return [{ textDocument: { uri, version }, edits: [...edits] }];
}

/**
 * With a label, and shown before it is made, where the client can do that. VS Code shows any edit on demand, and one that
 * needs confirmation with nothing ticked: there it is enough that it can be undone.
 */
export function annotated(
  { client, options }: Session,
  source: SourceDocument,
  edit: WorkspaceEdit,
  { title, detail }: { readonly title: string; readonly detail: string },
): WorkspaceEdit {
  if (!client.changeAnnotations) return edit;
  const needsConfirmation = (options.clientCommands?.length ?? 0) === 0;
  const all = edit.documentChanges ?? changesOf(source, edit);
  return {
    documentChanges: all.map((change) =>
      'textDocument' in change
        ? { ...change, edits: change.edits.map((each) => ({ ...each, annotationId: ANNOTATION })) }
        : { ...change, annotationId: ANNOTATION },
    ),
    changeAnnotations: { [ANNOTATION]: { label: title, description: detail, needsConfirmation } },
  };
}

const ANNOTATION = 'kms-lens';
