import { ResponseError } from 'vscode-languageserver';
import type { InspectionJob, InspectionText, JobResult } from '../jobs.ts';
import { type InspectParams, type InspectResult, method } from '../protocol.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { INVALID_REQUEST } from './simulate.ts';
import { nameOfUri } from './uris.ts';

/** What a message of the AWS Encryption SDK says of itself, read off this thread. */
export const inspectMessage: Feature = {
  id: 'inspect-message',
  register(session) {
    session.connection.onRequest(method.inspectMessage, (params: InspectParams, token) => {
      const abort = new AbortController();
      if (token.isCancellationRequested) abort.abort();
      token.onCancellationRequested(() => abort.abort());
      return inspectionOf(session, params, abort.signal);
    });
  },
};

/** @throws {ResponseError} for what cannot be read, and for what is no message at all */
export async function inspectionOf(
  session: Session,
  { uri, content }: InspectParams,
  signal?: AbortSignal,
): Promise<InspectResult> {
  const job: InspectionJob = { uri, ...(content === undefined ? {} : { content }) };
  const result = await session.runner.run<JobResult<InspectionText>>('inspectMessage', job, { signal });
  if ('problem' in result) throw new ResponseError(INVALID_REQUEST, result.problem);
  const { text, ...rest } = result.ok;
  return { ...rest, report: session.reports.add(`Message ${nameOfUri(uri)}`, { text, links: [] }) };
}
