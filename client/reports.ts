import { type Tab, TabInputText, Uri, ViewColumn, window, workspace } from 'vscode';
import { REPORT_SCHEME } from '../server/protocol.ts';

/** Opens a report beside the document, in the column where reports already are if there is one, and focuses it. */
export async function openReport(report: string): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(report, true));
  const group = window.tabGroups.all.find(({ tabs }) => tabs.some(isReport));
  await window.showTextDocument(document, { viewColumn: group?.viewColumn ?? ViewColumn.Beside, preview: true });
}

/** Also one that another tab covers. */
const isReport = ({ input }: Tab): boolean => input instanceof TabInputText && input.uri.scheme === REPORT_SCHEME;
