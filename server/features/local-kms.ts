import { type LocalKmsParams, type LocalKmsWorld, method } from '../protocol.ts';
import type { ScenarioJob } from '../scenarios/run-job.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { jobFor } from './scenario.ts';

/** What a local KMS begins with. Its process is the client's, so that it outlives this one. */
export const localKms: Feature = {
  id: 'local-kms',
  register(session) {
    session.connection.onRequest(method.localKmsWorld, (params: LocalKmsParams) => worldOf(session, params));
  },
};

async function worldOf(session: Session, { uri }: LocalKmsParams): Promise<LocalKmsWorld> {
  if (uri === undefined) return { job: await emptyWorld(session), uris: [] };
  const { job } = await jobFor(session, uri);
  return { job, uris: [uri, ...[...job.documents, ...job.files].map((each) => each.uri)] };
}

/** An account without anything in it, in whose name everybody calls. */
async function emptyWorld(session: Session): Promise<ScenarioJob> {
  const [folder = ''] = session.configs.roots;
  const { account, region } = await session.editorSettings(folder);
  const text = JSON.stringify({ ...(account === '' ? {} : { account }), region });
  return { scenario: { uri: EMPTY, text, configured: 'scenario' }, root: '', documents: [], files: [] };
}

const EMPTY = 'kms-lens:empty';
