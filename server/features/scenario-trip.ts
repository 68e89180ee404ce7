import { ResponseError } from 'vscode-languageserver';
import type { ChangeId } from '../../simulator/envelope/round-trip/changes.ts';
import { type EnvelopeEntry, isEnvelope, type ScenarioFile, type Tampering } from '../../simulator/scenario/file.ts';
import { randomSize } from '../../simulator/scenario/payload.ts';
import { fileOf } from '../../simulator/scenario/walk.ts';
import { folderOf, resolveUri } from '../config/uris.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { EnvelopeParams, EnvelopePayload, EnvelopeView } from '../protocol.ts';
import type { Session } from '../session.ts';
import { DEFAULT_PAYLOAD, type PreparedTrip, written } from './envelope.ts';
import { jobFor, rootFor } from './scenario.ts';
import { INVALID_REQUEST } from './simulate.ts';

/** The round trip of a step of a scenario, or of one of its keys as the file declares it. */
export async function scenarioTripOf(session: Session, params: EnvelopeParams): Promise<PreparedTrip> {
  const { uri, step = 0 } = params;
  const { document, job } = await jobFor(session, uri);
  const file = document.scenario?.file;
  if (!file)
    throw new ResponseError(
      INVALID_REQUEST,
      `the scenario has a mistake: ${document.scenario?.problems[0]?.message ?? 'it cannot be read'}`,
    );
  const entry = file.steps?.[step];
  const trip = params.step !== undefined && entry && isEnvelope(entry) ? entry : undefined;
  const key = params.key ?? trip?.envelope ?? Object.keys(file.keys ?? {})[0];
  if (key === undefined) throw new ResponseError(INVALID_REQUEST, 'the scenario declares no key: add one under `keys`');
  const principals = principalsOf(file);
  const principal = params.principal ?? trip?.as ?? (trip ? 'root' : (principals[0]?.principal ?? 'root'));
  const decryptPrincipal = params.decryptPrincipal ?? params.principal ?? trip?.decrypt?.as ?? principal;
  const encryptionContext = params.encryptionContext ?? trip?.encryptionContext ?? {};
  const required = trip?.decrypt?.encryptionContext;
  const change = params.change ?? (trip && changeOf(trip.decrypt?.tamper));
  return {
    title: `Envelope round trip: ${key}`,
    asked: {
      ...params,
      key,
      ...(change === undefined ? {} : { change }),
      principal,
      decryptPrincipal,
      encryptionContext,
      payload: written(params.payload) ?? (trip && payloadOf(session, trip, uri)) ?? DEFAULT_PAYLOAD,
    },
    range: placeOf(document, params.step, key),
    principals,
    of: {
      kind: 'scenario',
      scenario: job,
      step,
      key,
      encrypts: principal,
      decrypts: decryptPrincipal,
      ...(required ? { required } : {}),
    },
  };
}

function principalsOf({ principals = {} }: ScenarioFile): EnvelopeView['principals'] {
  const declared = Object.entries(principals).map(([principal, { arn }]) => ({ principal, description: arn }));
  return [...declared, { principal: 'root', description: 'the root user of the account' }];
}

const changeOf = (tamper: Tampering | undefined): string | undefined =>
  tamper === undefined || tamper === 'none' ? undefined : (`flipped-${tamper}` satisfies ChangeId);

function payloadOf(session: Session, { payload }: EnvelopeEntry, uri: string): EnvelopePayload {
  const file = fileOf(payload);
  const target = file === undefined ? undefined : resolveUri(folderOf(uri) ?? '', file, rootFor(session, uri));
  if (target !== undefined) return { file: target };
  const random = randomSize(payload);
  if (random !== undefined) return { random };
  return payload.startsWith('text:') ? { text: payload.slice('text:'.length) } : { written: payload };
}

function placeOf(document: SourceDocument, step: number | undefined, key: string): EnvelopeView['range'] {
  const { steps = [], names } = document.scenario ?? {};
  const path = step === undefined ? names?.find('key', key)?.place.path : steps[step]?.path;
  const { start } = document.rangeOf({ path: path ?? [] });
  return { start, end: start };
}
