import { ResponseError } from 'vscode-languageserver';
import type { JobResult } from '../job-result.ts';
import type { InspectionJob, InspectionText } from '../jobs.ts';
import { type InspectParams, type InspectResult, method } from '../protocol.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { signalOf } from './signal.ts';
import { INVALID_REQUEST } from './simulate.ts';
import { nameOfUri } from './uris.ts';

/** What a message of the AWS Encryption SDK says of itself, read off this thread. */
export const inspectMessage: Feature = {
  id: 'inspect-message',
  register(session) {
    session.connection.onRequest(method.inspectMessage, (params: InspectParams, token) =>
      inspectionOf(session, params, signalOf(token)),
    );
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
