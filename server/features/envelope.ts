import { ResponseError } from 'vscode-languageserver';
import type { RoundTripReport } from '../../simulator/envelope/round-trip.ts';
import { toPointer } from '../../simulator/json/place.ts';
import { encryptionContextOf } from '../answers/options.ts';
import { describeRoundTrip, summarizeRoundTrip } from '../answers/round-trip.ts';
import type { ConfigPlace } from '../config/file.ts';
import type { SourceDocumentInit } from '../documents/source.ts';
import type { JobConfiguration, JobResult, Placed, RoundTripJob } from '../jobs.ts';
import { type EnvelopeParams, type EnvelopeResult, method } from '../protocol.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { configuredWorld, INVALID_REQUEST, optionsFor, sourceOf } from './simulate.ts';

/** The envelope encryption round trip under a simulated key, run off this thread. */
export const envelope: Feature = {
  id: 'envelope',
  register(session) {
    session.connection.onRequest(method.envelope, (params: EnvelopeParams, token) => {
      const abort = new AbortController();
      // A request that was cancelled before it was read has a token that never fires.
      if (token.isCancellationRequested) abort.abort();
      token.onCancellationRequested(() => abort.abort());
      return envelopeRoundTrip(session, params, abort.signal);
    });
  },
};

/** Long enough for more than one cipher block, so that the sizes say something. */
const DEFAULT_PAYLOAD = 'order 4711: 3 boxes of tea, ship to Harbour Street 12';

export async function envelopeRoundTrip(
  session: Session,
  params: EnvelopeParams,
  signal?: AbortSignal,
): Promise<EnvelopeResult> {
  const { uri, statement } = params;
  const source = await sourceOf(session, uri);
  const settings = await session.settingsOf(uri);
  const options = await optionsFor(session, source, statement);
  const asked = source.policy?.policy.statements.find(({ path }) => toPointer(path) === statement);
  const principal = params.principal ?? options?.principals[0]?.principal;
  if (!principal)
    throw new ResponseError(INVALID_REQUEST, 'the policy names nobody who could call KMS: state a principal');
  const keyAccount = params.keyAccount ?? options?.keyAccounts[0];
  const job: RoundTripJob = {
    keyPolicy: { uri, text: source.text, languageId: source.languageId, version: source.version },
    defaults: { account: settings.account, region: settings.region },
    ...(keyAccount ? { keyAccount } : {}),
    principal,
    encryptionContext:
      params.encryptionContext ?? encryptionContextOf(asked ? [asked] : (source.policy?.policy.statements ?? [])),
    payload: params.payload ?? DEFAULT_PAYLOAD,
    configuration: await configurationFor(session, uri, principal),
  };
  const result = await session.runner.run<JobResult<RoundTripReport>>('roundTrip', job, { signal });
  if ('problem' in result) throw new ResponseError(INVALID_REQUEST, result.problem);
  const { ok } = result;
  const { start } = source.rangeOf({ path: asked?.path ?? source.policy?.base ?? [] });
  return {
    summary: summarizeRoundTrip(ok),
    range: { start, end: start },
    report: session.reports.add('Envelope round trip', describeRoundTrip(ok)),
    steps: ok.steps,
    demonstrations: ok.demonstrations.map(({ error, ...demonstration }) => ({ ...demonstration, error: error.name })),
  };
}

const placed = ({ uri, folder, root, document: { text } }: ConfigPlace): Placed<unknown>['file'] => ({
  uri,
  folder,
  root,
  text,
});

/** The configuration around a document with what it lists for the principal, as plain data for a worker. */
async function configurationFor(session: Session, uri: string, principal: string): Promise<JobConfiguration> {
  const documents = new Map<string, SourceDocumentInit>();
  await configuredWorld(session, uri, principal, async (each, kind) => {
    const found = await session.readAs(each, kind);
    if (found) documents.set(each, { uri: each, text: found.text, configured: found.kind.kind ?? kind });
    return found;
  });
  const config = await session.configOf(uri);
  const listed = config.principal(principal);
  const { organization } = config;
  return {
    ...(listed ? { principal: { ...listed, file: placed(listed.file) } } : {}),
    ...(organization ? { organization: { ...organization, file: placed(organization.file) } } : {}),
    documents: [...documents.values()],
  };
}
