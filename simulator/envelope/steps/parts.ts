import type { OperationDecision } from '../../access/operation.ts';
import type { EncryptionContext } from '../../kms/encryption-context.ts';
import type { CallFailure, StepPart } from '../../scenario/step.ts';
import { EnvelopeError } from '../errors.ts';
import { frameCount } from '../format/frame.ts';
import { framesText, measured } from '../round-trip/facts.ts';
import { byteCount, contextText } from '../round-trip/run.ts';
import type { Stage, Trip } from '../round-trip/trip.ts';
import { suiteNumber } from '../suites.ts';

/** Who and what a round trip is about. */
export interface TripSubject {
  readonly keyArn: string;
  readonly who: { readonly encrypts: string; readonly decrypts: string };
  /** Pairs that the message must have. */
  readonly required: EncryptionContext;
  readonly decisions: Readonly<Partial<Record<'GenerateDataKey' | 'Decrypt', OperationDecision>>>;
}

/** Where a round trip stopped: `Decrypt`, `frame 3`. */
export function placeOf({ stage, error }: Trip): string {
  if (stage !== 'frames') return stage === 'header' ? 'the header' : stage;
  const frame = error instanceof EnvelopeError ? error.place?.frame : undefined;
  return frame === undefined ? 'the frames' : `frame ${frame}`;
}

/** What a round trip that went through says. Throws where the payload came back otherwise, which must not happen. */
export function cameBack({ payload, returned, message, header }: Trip): string {
  if (!payload || !returned || !message || !header) throw new Error('a round trip went through without a message');
  if (payload.bytes !== returned.bytes || payload.fingerprint !== returned.fingerprint)
    throw new Error('a payload came back otherwise than it was');
  const asBefore = payload.bytes === 1 ? 'as it was' : 'as they were';
  return `${byteCount(payload.bytes)} came back ${asBefore}, from a message of ${byteCount(message.bytes)} in ${framesOf(payload.bytes, header.frameLength)}`;
}

/** What a round trip does one after the other, with what became of it. */
export function partsOf(trip: Trip, subject: TripSubject, failure: CallFailure | undefined): StepPart[] {
  const stopped = failure ? trip.stage : undefined;
  // Pairs that must be there are looked for before KMS is asked.
  const order: readonly Stage[] =
    stopped === 'header' && !trip.askedBack
      ? ['GenerateDataKey', 'encryption', 'header', 'Decrypt', 'frames']
      : ['GenerateDataKey', 'encryption', 'Decrypt', 'header', 'frames'];
  const reached = stopped === undefined ? order.length : order.indexOf(stopped);
  return order.map((stage, index): StepPart => {
    // Some encryption contexts are refused before KMS is asked for anything.
    const wasCalled = stage !== 'GenerateDataKey' || stopped !== 'encryption' || trip.dataKey !== undefined;
    const outcome = !wasCalled || reached < index ? 'skipped' : stage === stopped ? 'stopped' : 'ok';
    if (outcome === 'skipped') return { title: stage, outcome, facts: [] };
    const decision = stage === 'GenerateDataKey' || stage === 'Decrypt' ? subject.decisions[stage] : undefined;
    return {
      title: stage === stopped ? placeOf(trip).replace(/^the /, '') : stage,
      outcome,
      facts: FACTS[stage](trip, subject).flatMap(([what, value]) => (value === undefined ? [] : [[what, value]])),
      ...(outcome === 'stopped' && failure ? { error: failure } : {}),
      ...(decision ? { decision } : {}),
    };
  });
}

type Fact = readonly [what: string, value: string | undefined];

const FACTS: Readonly<Record<Stage, (trip: Trip, subject: TripSubject) => readonly Fact[]>> = {
  GenerateDataKey: ({ dataKey, encryptedDataKeyBytes, header }, { keyArn, who }) => [
    ['called by', who.encrypts],
    ['key', keyArn],
    ['encryption context', header && plain(contextText(header.encryptionContext))],
    ['data key', dataKey && measured(dataKey)],
    ['encrypted data key', dataKey && byteCount(encryptedDataKeyBytes)],
  ],
  encryption: ({ payload, header, headerBytes, message, tampered }) => [
    ['payload', payload && measured(payload)],
    ['algorithm suite', header && suiteNumber(header.suite.id)],
    [
      'frames',
      payload && header && `${framesOf(payload.bytes, header.frameLength)} of at most ${byteCount(header.frameLength)}`,
    ],
    ['header', headerBytes > 0 ? byteCount(headerBytes) : undefined],
    ['message', message && measured(message)],
    ['changed afterwards', tampered && `one bit of byte ${tampered.offset}: ${tampered.what}`],
  ],
  Decrypt: ({ header, returnedDataKey }, { keyArn, who }) => [
    ['called by', who.decrypts],
    ['key', keyArn],
    ['encryption context', header && plain(contextText(header.encryptionContext))],
    ['data key', returnedDataKey && measured(returnedDataKey)],
  ],
  header: ({ stage }, { required }) => [
    ['must have', Object.keys(required).length === 0 ? undefined : plain(contextText(required))],
    ['key commitment', stage === 'frames' ? 'is that of the data key' : undefined],
    ['tag', stage === 'frames' ? 'matches' : undefined],
  ],
  frames: ({ returned, payload, error }) => [
    ['came back', returned && (error === undefined ? measured(returned) : byteCount(returned.bytes))],
    ['compared', error === undefined && payload ? 'as it was' : undefined],
  ],
};

const plain = (text: string): string => text.replaceAll('`', '');

const framesOf = (payloadBytes: number, frameLength: number): string =>
  framesText(frameCount(payloadBytes, frameLength));
