import type { EncryptionContext } from '../../kms/encryption-context.ts';
import type { InspectedField } from '../inspect.ts';
import type { ChangeId } from './changes.ts';
import type { TamperedBit } from './tamper.ts';

/**
 * An envelope encryption and decryption as it happened, to be shown to somebody who learns it. Plain data, fit for JSON.
 * Neither the payload nor any key is in it, only sizes and fingerprints.
 */
export interface RoundTripReport {
  readonly keyArn: string;
  /** Who encrypts. */
  readonly principal: string;
  /** Who decrypts; mostly the same. */
  readonly decrypts: string;
  readonly encryptionContext: EncryptionContext;
  readonly payload: Measured;
  /** `stopped` where the payload did not come back. */
  readonly outcome: 'ok' | 'stopped';
  /** Always all, in their order. */
  readonly steps: readonly RoundTripStep[];
  /** Undefined where no data key was given out. */
  readonly message: RoundTripMessage | undefined;
  /** What was changed on purpose; undefined where nothing was. */
  readonly change: AppliedChange | undefined;
  /** Policies were not asked. */
  readonly asIfAllowed: boolean;
}

export interface Measured {
  readonly bytes: number;
  /** 16 hexadecimal digits; undefined of a payload that was never read. */
  readonly fingerprint?: string | undefined;
}

export type StepId =
  | 'encrypt-directly'
  | 'generate-data-key'
  | 'derive-keys'
  | 'encrypt-locally'
  | 'message'
  | 'store'
  | 'decrypt-data-key'
  | 'check-header'
  | 'decrypt-locally'
  | 'compare';

/** Where a step takes place: in KMS for whoever calls it, in the program itself, or where messages are kept. */
export type StepPlace = 'kms' | 'program' | 'storage';

export interface RoundTripStep {
  readonly id: StepId;
  readonly title: string;
  readonly place: StepPlace;
  readonly outcome: 'ok' | 'stopped' | 'skipped';
  /** In a sentence without its end; empty for what was not reached. */
  readonly headline: string;
  readonly facts: readonly Fact[];
  /** Why it stopped or was skipped; for the KMS calls also why they were allowed. */
  readonly because?: string;
  /** What a stopped call failed with. */
  readonly error?: ReportedError;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface RoundTripMessage extends Measured {
  readonly headerBytes: number;
  readonly bodyBytes: number;
  readonly frames: number;
  /** How much larger the message is than the payload, in bytes. */
  readonly overheadBytes: number;
  readonly headerFields: readonly InspectedField[];
  /** The content of the frame is cut short. */
  readonly firstFrameFields: readonly InspectedField[];
  /** The message's first bytes as they were written, in hexadecimal digits: the header and a part of the first frame. */
  readonly start: string;
  /** The bit that was flipped where it was stored. */
  readonly tampered: TamperedBit | undefined;
}

export interface ReportedError {
  /** The exception's name in AWS, or `EnvelopeError`. */
  readonly name: string;
  /** Empty where AWS gives no message. */
  readonly message: string;
  readonly remedy: string;
}

/** The round trip with one thing changed. */
export interface AppliedChange {
  readonly id: ChangeId;
  readonly title: string;
  readonly whatChanged: string;
  /** Where it stopped; undefined where nothing stopped it. */
  readonly stoppedAt: string | undefined;
  readonly error: ReportedError | undefined;
  readonly why: string;
  readonly lesson: string;
}

/** AWS's names of exceptions are worth knowing; the name of ours tells nothing. */
export function errorText({ name, message }: ReportedError): string {
  if (name === 'EnvelopeError') return message;
  return message ? `${name}: ${message}` : `${name}, without a message`;
}
