import { Disposable, ViewColumn, window, workspace } from 'vscode';
import { type AccessView, type AccessViewParams, method } from '../../server/protocol.ts';
import { pageFor } from '../webviews/access/page.ts';
import { afterPauses, copy, jumpTo, type ViewKind, type ViewServer, Views } from './panel.ts';

/** The tables of who can use the keys of scenarios, and of what their principals can do. They follow edits. */
export class AccessViews extends Views<AccessViewParams, AccessView> {
  constructor(request: ViewServer) {
    super(kind, (question) => request(method.accessView, question));
  }
}

const kind: ViewKind<AccessView, AccessViewParams> = {
  type: 'kms-lens.access',
  page: pageFor,
  async asked({ row, reason, statement, text }, view) {
    if (text === 'copy') return copy(view.text, 'the table as text');
    if (text === 'open') {
      const document = await workspace.openTextDocument({ language: 'plaintext', content: view.text });
      return window.showTextDocument(document, { viewColumn: ViewColumn.Beside });
    }
    const at = view.rows[Number(row)]?.reasons[Number(reason)]?.statements[Number(statement)]?.at;
    return at && jumpTo(at);
  },
  watch(again) {
    const later = afterPauses(again);
    const watcher = workspace.createFileSystemWatcher('**/*.json');
    return Disposable.from(
      later,
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.path.endsWith('.json')) later();
      }),
      watcher,
      watcher.onDidChange(later),
      watcher.onDidCreate(later),
      watcher.onDidDelete(later),
    );
  },
};
