import { MessageType, ShowMessageNotification } from 'vscode-languageserver';
import type { Session } from '../session.ts';
import { nameOfUri } from './uris.ts';

interface Result {
  readonly report: string;
  readonly summary: string;
}

/**
 * Brings a report to the user as a document: one of the server where the client reads those, else a file. A client that
 * cannot be asked to show anything says where the file is.
 *
 * @returns the result with the text of the report, for clients that show it in a way of their own
 */
export async function showReport<T extends Result>(
  session: Session,
  result: T,
): Promise<T & { readonly text: string; readonly file?: string }> {
  const { report, summary } = result;
  const text = session.reports.text(report) ?? '';
  if (session.client.documentContent && (await show(session, report))) return { ...result, text };
  const file = await session.workspace.store(nameOfUri(report), text);
  if (!file) {
    say(session, summary);
    return { ...result, text };
  }
  if (!(await show(session, file.uri))) say(session, `${summary}: see ${file.path}`);
  return { ...result, text, file: file.uri };
}

/** Whether the client shows it. */
async function show({ client, connection }: Session, uri: string): Promise<boolean> {
  if (!client.showDocument) return false;
  const shown = connection.window.showDocument({ uri, takeFocus: false });
  return shown.then(
    ({ success }) => success,
    () => false,
  );
}

/** The library would send a request, which waits for an answer and is not known to every client. */
function say({ connection }: Session, message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
}
