import { Uri, ViewColumn, window, workspace } from 'vscode';
import { REPORT_SCHEME } from '../server/protocol.ts';

/** Opens a report beside the document, in the column where reports already are if there is one, and focuses it. */
export async function openReport(report: string): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(report, true));
  const shown = window.visibleTextEditors.find((editor) => editor.document.uri.scheme === REPORT_SCHEME);
  await window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? ViewColumn.Beside, preview: true });
}
