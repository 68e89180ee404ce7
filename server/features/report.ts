import { type KeepReportParams, method } from '../protocol.ts';
import type { Feature } from './feature.ts';

/** The text of the read-only documents that explain a verdict or show a round trip. */
export const report: Feature = {
  id: 'report',
  register(session) {
    session.connection.workspace.textDocumentContent.on(({ uri }) => ({
      text: session.reports.text(uri) ?? 'This report is no longer kept. Run it again from its document.\n',
    }));
    session.connection.onRequest(method.keepReport, ({ title, text, links = [], ending }: KeepReportParams) =>
      session.reports.add(title, { text, links }, ending),
    );
  },
};
