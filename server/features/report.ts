import { REPORT_SCHEME } from '../protocol.ts';
import { answer, type Feature } from './feature.ts';

/** The text of the read-only documents that explain a verdict or show a round trip, and the links in them. */
export const report: Feature = {
  id: 'report',
  capabilities: {
    documentLinkProvider: {},
    workspace: { textDocumentContent: { schemes: [REPORT_SCHEME] } },
  },
  register(session) {
    session.connection.workspace.textDocumentContent.on(({ uri }) => ({
      text: session.reports.text(uri) ?? 'This report is no longer kept. Run it again from its document.\n',
    }));
    session.connection.onDocumentLinks(({ textDocument: { uri } }) =>
      answer(session, 'linking', [], () => {
        if (!uri.startsWith(`${REPORT_SCHEME}:`)) return [];
        return [...session.reports.links(uri)];
      }),
    );
  },
};
