import type { EncryptionContext } from '../../kms/encryption-context.ts';
import type { InspectedField } from '../inspect.ts';

/**
 * An envelope encryption and decryption as it happened, to be shown to somebody who learns it. Plain data, fit for JSON.
 * Neither the payload nor any key is in it, only sizes and fingerprints.
 */
export interface RoundTripReport {
  readonly keyArn: string;
  readonly principal: string;
  readonly encryptionContext: EncryptionContext;
  readonly payload: Measured;
  /** `stopped` where the principal is not allowed one of the two KMS calls. */
  readonly outcome: 'ok' | 'stopped';
  /** Always all eight, in their order. */
  readonly steps: readonly RoundTripStep[];
  /** Undefined where no data key was given out. */
  readonly message: RoundTripMessage | undefined;
  readonly demonstrations: readonly Demonstration[];
  /** Said before the demonstrations where they need a permission that the principal does not have. */
  readonly demonstrationsNote: string | undefined;
}

export interface Measured {
  readonly bytes: number;
  /** 16 hexadecimal digits. */
  readonly fingerprint: string;
}

export type StepId =
  | 'generate-data-key'
  | 'derive-keys'
  | 'encrypt-locally'
  | 'message'
  | 'store'
  | 'decrypt-data-key'
  | 'decrypt-locally'
  | 'compare';

export interface RoundTripStep {
  readonly id: StepId;
  readonly title: string;
  readonly outcome: 'ok' | 'stopped' | 'skipped';
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
  readonly firstFrameFields: readonly InspectedField[];
}

export interface ReportedError {
  /** The exception's name in AWS, or `EnvelopeError`. */
  readonly name: string;
  /** Empty where AWS gives no message. */
  readonly message: string;
  readonly remedy: string;
}

export type DemonstrationId = 'wrong-encryption-context' | 'flipped-tag' | 'decrypt-denied';

/** The same round trip with one thing changed. */
export interface Demonstration {
  readonly id: DemonstrationId;
  readonly title: string;
  readonly whatChanged: string;
  readonly stoppedAt: string;
  readonly error: ReportedError;
  readonly why: string;
  readonly lesson: string;
}
