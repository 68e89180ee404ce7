import { Disposable, workspace } from 'vscode';
import { type DecisionView, method, type SimulateParams } from '../server/protocol.ts';
import { afterPauses, jumpTo, type ViewKind, type ViewServer, Views } from './scenarios/panel.ts';
import { pageFor } from './webviews/decision/page.ts';

/** Decisions layer by layer, as pages that follow edits of their documents. */
export class DecisionViews extends Views<SimulateParams, DecisionView> {
  constructor(request: ViewServer) {
    super(decisionKind(), (asked) => request(method.decisionView, asked));
  }
}

/** The page of a decision. That of a call follows nothing: it was made. */
export const decisionKind = <Question>(): ViewKind<DecisionView, Question> => ({
  type: 'kms-lens.decision',
  page: pageFor,
  asked({ step, statement }, { steps }) {
    const at = steps[Number(step)]?.statements[Number(statement)]?.at;
    return at && jumpTo(at);
  },
  watch(again, { asked }) {
    const later = afterPauses(again);
    const uris = new Set(asked ? [asked.uri, ...(asked.identityPolicies ?? []).map(({ uri }) => uri)] : []);
    return Disposable.from(
      later,
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && uris.has(document.uri.toString())) later();
      }),
    );
  },
});
