import { Disposable, type TextDocument, ViewColumn, window, workspace } from 'vscode';
import { type AccessTableResult, type AccessView, type AccessViewParams, method } from '../../server/protocol.ts';
import { withText } from '../identityPolicies.ts';
import { isKmsLanguage, JSON_LANGUAGES } from '../languages.ts';
import { openReport } from '../reports.ts';
import { pageFor } from '../webviews/access/page.ts';
import { afterPauses, copy, jumpTo, type ViewKind, type ViewServer, Views } from './panel.ts';

/** The tables of who can use a key, and of what a principal can do, of policies and of scenarios. They follow edits. */
export class AccessViews extends Views<AccessViewParams, AccessView> {
  constructor(request: ViewServer) {
    super(kindOf(request), async (question) => request(method.accessView, await withPolicies(question)));
  }
}

/** Identity policies count as they are edited now. */
async function withPolicies(question: AccessViewParams): Promise<AccessViewParams> {
  const { identityPolicies } = question;
  return identityPolicies ? { ...question, identityPolicies: await withText(identityPolicies) } : question;
}

const kindOf = (request: ViewServer): ViewKind<AccessView, AccessViewParams> => ({
  type: 'kms-lens.access',
  page: pageFor,
  async asked({ row, reason, statement, text }, view, _again, _tell, question) {
    if (text === 'copy') return copy(view.text, 'the table as text');
    if (text === 'open') {
      if (!question.uri.endsWith('.kms-scenario.json')) {
        // The report has links to the statements.
        const table = await request<AccessTableResult>(method.accessTable, await withPolicies(question));
        return openReport(table.report);
      }
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
        if (contentChanges.length > 0 && mayBeAsked(document)) later();
      }),
      watcher,
      watcher.onDidChange(later),
      watcher.onDidCreate(later),
      watcher.onDidDelete(later),
    );
  },
});

/** Also what has no file yet. */
const mayBeAsked = ({ languageId, uri }: TextDocument): boolean =>
  uri.path.endsWith('.json') || isKmsLanguage(languageId) || JSON_LANGUAGES.includes(languageId);
