import { ResponseError } from 'vscode-languageserver';
import { toPointer } from '../../simulator/json/place.ts';
import { encryptionContextOf } from '../answers/options.ts';
import { describeRoundTrip, summarizeRoundTrip } from '../answers/round-trip.ts';
import type { ConfigPlace } from '../config/file.ts';
import type { SourceDocument, SourceDocumentInit } from '../documents/source.ts';
import type { JobResult } from '../job-result.ts';
import {
  type EnvelopeParams,
  type EnvelopePayload,
  type EnvelopeResult,
  type EnvelopeView,
  method,
} from '../protocol.ts';
import type { JobPayload, RoundTripJob, RoundTripJobResult } from '../round-trips/job.ts';
import type { JobConfiguration, Placed } from '../round-trips/of-policy.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { scenarioTripOf } from './scenario-trip.ts';
import { signalOf } from './signal.ts';
import { configuredWorld, INVALID_REQUEST, optionsFor, sourceOf } from './simulate.ts';
import { nameOfUri } from './uris.ts';

/** The envelope encryption round trip under a simulated key, run off this thread. */
export const envelope: Feature = {
  id: 'envelope',
  register(session) {
    const { connection } = session;
    connection.onRequest(method.envelope, (params: EnvelopeParams, token) =>
      envelopeRoundTrip(session, params, signalOf(token)),
    );
    connection.onRequest(method.envelopeView, (params: EnvelopeParams, token) =>
      envelopeView(session, params, signalOf(token)),
    );
  },
};

/** A question with everything that it left open, ready to be run. */
export interface PreparedTrip {
  readonly title: string;
  readonly asked: EnvelopeView['asked'];
  readonly range: EnvelopeView['range'];
  readonly principals: EnvelopeView['principals'];
  readonly of: RoundTripJob['of'];
}

/** Long enough for more than one cipher block, so that the sizes say something. */
export const DEFAULT_PAYLOAD: EnvelopePayload = { text: 'order 4711: 3 boxes of tea, ship to Harbour Street 12' };

/** As a document, with what goes wrong when one thing is changed. */
export async function envelopeRoundTrip(
  session: Session,
  params: EnvelopeParams,
  signal?: AbortSignal,
): Promise<EnvelopeResult> {
  const prepared = await prepare(session, params);
  const payload = await payloadOf(session, prepared.asked.payload);
  const result = await run(session, prepared, payload, true, signal);
  const { report, demonstrations } = result;
  return {
    summary: summarizeRoundTrip(report),
    range: prepared.range,
    report: session.reports.add('Envelope round trip', describeRoundTrip(report, demonstrations)),
    steps: report.steps,
    demonstrations: (demonstrations?.changes ?? []).map(({ error, stoppedAt = '', ...change }) => ({
      ...change,
      stoppedAt,
      error: error?.name ?? '',
    })),
  };
}

async function envelopeView(session: Session, params: EnvelopeParams, signal: AbortSignal): Promise<EnvelopeView> {
  const { of, ...prepared } = await prepare(session, params);
  const payload = await payloadOf(session, prepared.asked.payload);
  const { report, changes } = await run(session, { of, ...prepared }, payload, false, signal);
  return { ...prepared, changes, trip: report };
}

async function run(
  session: Session,
  { asked, of }: PreparedTrip,
  payload: JobPayload,
  demonstrations: boolean,
  signal: AbortSignal | undefined,
): Promise<RoundTripJobResult> {
  const { encryptionContext, asIfAllowed, change } = asked;
  const job: RoundTripJob = { of, encryptionContext, payload, change, asIfAllowed, demonstrations };
  const result = await session.runner.run<JobResult<RoundTripJobResult>>('roundTrip', job, {
    signal,
  });
  if ('problem' in result) throw new ResponseError(INVALID_REQUEST, result.problem);
  return result.ok;
}

async function prepare(session: Session, params: EnvelopeParams): Promise<PreparedTrip> {
  const isScenario = (await session.read(params.uri))?.scenario !== undefined;
  if (isScenario) return scenarioTripOf(session, params);
  const source = await sourceOf(session, params.uri);
  return policyTripOf(session, source, params);
}

async function policyTripOf(session: Session, source: SourceDocument, params: EnvelopeParams): Promise<PreparedTrip> {
  const { uri, statement } = params;
  const settings = await session.settingsOf(uri);
  const options = await optionsFor(session, source, statement);
  const asked = source.policy?.policy.statements.find(({ path }) => toPointer(path) === statement);
  // A service encrypts nothing with the AWS Encryption SDK.
  const principals = (options?.principals ?? []).filter(({ principal }) => !principal.startsWith('service:'));
  const principal = params.principal ?? (principals[0] ?? options?.principals[0])?.principal;
  if (!principal)
    throw new ResponseError(INVALID_REQUEST, 'the policy names nobody who could call KMS: state a principal');
  const keyAccount = params.keyAccount ?? options?.keyAccounts[0];
  const encryptionContext =
    params.encryptionContext ?? encryptionContextOf(asked ? [asked] : (source.policy?.policy.statements ?? []));
  const { start } = source.rangeOf({ path: asked?.path ?? source.policy?.base ?? [] });
  return {
    title: `Envelope round trip: ${nameOfUri(uri).replace(/(\.(key|kms)-policy)?\.jsonc?$/i, '')}`,
    asked: {
      ...params,
      ...(keyAccount ? { keyAccount } : {}),
      principal,
      decryptPrincipal: principal,
      encryptionContext,
      payload: written(params.payload) ?? DEFAULT_PAYLOAD,
    },
    range: { start, end: start },
    principals: principals.map(({ principal: name, description }) => ({ principal: name, description })),
    of: {
      kind: 'policy',
      keyPolicy: { uri, text: source.text, languageId: source.languageId, version: source.version },
      defaults: { account: settings.account, region: settings.region },
      ...(keyAccount ? { keyAccount } : {}),
      principal,
      encryptionContext,
      configuration: await configurationFor(session, uri, principal),
    },
  };
}

export const written = (payload: EnvelopeParams['payload']): EnvelopePayload | undefined =>
  typeof payload === 'string' ? { text: payload } : payload;

async function payloadOf(session: Session, payload: EnvelopePayload): Promise<JobPayload> {
  if ('random' in payload) {
    if (0 <= payload.random && payload.random <= MOST_RANDOM) return { random: Math.floor(payload.random) };
    throw new ResponseError(INVALID_REQUEST, 'a random payload has at most 1 GiB: take a smaller one');
  }
  if ('text' in payload) return payload;
  if ('written' in payload) return payload;
  const bytes = await session.workspace.bytes(payload.file, MOST_OF_FILE);
  const name = nameOfUri(payload.file);
  if (!bytes) throw new ResponseError(INVALID_REQUEST, `\`${name}\` cannot be read: choose another file`);
  if (bytes.length > MOST_OF_FILE)
    throw new ResponseError(
      INVALID_REQUEST,
      `\`${name}\` has more than ${MOST_OF_FILE / MEBIBYTE} MiB: encrypt it with \`kms-lens envelope encrypt\`, which takes files of any size`,
    );
  return { bytes };
}

const MOST_RANDOM = 2 ** 30;
/** It crosses to the worker as a whole. In bytes. */
const MEBIBYTE = 1024 * 1024;
const MOST_OF_FILE = 64 * MEBIBYTE;

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
