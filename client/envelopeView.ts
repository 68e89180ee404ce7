import { Disposable, Uri, window, workspace } from 'vscode';
import { type EnvelopeParams, type EnvelopeResult, type EnvelopeView, method } from '../server/protocol.ts';
import { readTripAsked, recordOf } from './arguments.ts';
import { openReport } from './reports.ts';
import { afterPauses, copy, jumpTo, type ViewKind, type ViewServer, Views } from './scenarios/panel.ts';
import { pageFor } from './webviews/envelope/page.ts';

/** Envelope round trips as pages: each can be run again with other values, and follows edits of its document. */
export class EnvelopeViews extends Views<EnvelopeParams, EnvelopeView> {
  constructor(request: ViewServer) {
    super(kindOf(request), (question) => request(method.envelopeView, question));
  }
}

const kindOf = (request: ViewServer): ViewKind<EnvelopeView, EnvelopeParams> => ({
  type: 'kms-lens.envelope',
  page: pageFor,
  async asked({ run, pick, text, goto }, view, again, tell) {
    const { asked, range } = view;
    if (goto) return jumpTo({ uri: asked.uri, range });
    if (pick) return pickFile(tell);
    if (recordOf(run)) return again({ ...asked, ...readTripAsked(run) });
    if (text !== 'open' && text !== 'copy') return undefined;
    const { report } = await request<EnvelopeResult>(method.envelope, asked);
    if (text === 'open') return openReport(report);
    const document = await workspace.openTextDocument(Uri.parse(report, true));
    return copy(document.getText(), 'the round trip as text');
  },
  watch(again, { asked }) {
    const later = afterPauses(again);
    return Disposable.from(
      later,
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.toString() === asked.uri) later();
      }),
    );
  },
});

async function pickFile(tell: (message: object) => Thenable<unknown>): Promise<void> {
  const [file] = (await window.showOpenDialog({ title: 'Encrypt a file', openLabel: 'Encrypt' })) ?? [];
  if (file) await tell({ file: file.toString() });
}
