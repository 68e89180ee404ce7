import type { DocumentTarget, Range } from './places.ts';
import type { CallFailureJson } from './scenario.ts';

// Envelope round trips, and messages field by field.

export interface EnvelopeParams extends DocumentTarget {
  /** Of a scenario: the name of the key. */
  readonly key?: string;
  /** Of a scenario: the index of the step that finds the key; one of the kind `envelope` says the rest, too. */
  readonly step?: number;
  /** Who encrypts; left out, the first principal that the statement or the scenario names. */
  readonly principal?: string;
  /** Who decrypts; left out, who encrypts. */
  readonly decryptPrincipal?: string;
  readonly keyAccount?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** What is encrypted, a text as such. It never appears in the report. */
  readonly payload?: string | EnvelopePayload;
  /** The id of what is otherwise than it should be: `flipped-tag`; `none` where a step of a scenario has one. */
  readonly change?: string;
  /** As if policies allowed everything. */
  readonly asIfAllowed?: boolean;
}

export type EnvelopePayload =
  | { readonly text: string }
  /** The URI of a file. */
  | { readonly file: string }
  /** So many random bytes. */
  | { readonly random: number }
  /** As a step of a scenario writes it: `hex:00ff`. */
  | { readonly written: string };

export interface EnvelopeResult {
  readonly summary: string;
  readonly range: Range;
  readonly report: string;
  /** The steps and demonstrations as data: sizes and fingerprints, never payloads or keys. */
  readonly steps: readonly EnvelopeStep[];
  /** Empty for payloads of more than a megabyte. */
  readonly demonstrations: readonly EnvelopeDemonstration[];
}

export interface EnvelopeStep {
  readonly id: string;
  readonly title: string;
  /** Where it takes place: in KMS for whoever calls it, in the program itself, where messages are kept. */
  readonly place: 'kms' | 'program' | 'storage';
  readonly outcome: 'ok' | 'stopped' | 'skipped';
  /** In a sentence without its end; empty for what was not reached. */
  readonly headline: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly because?: string;
  readonly error?: CallFailureJson;
}

export interface EnvelopeDemonstration {
  readonly id: string;
  readonly title: string;
  readonly whatChanged: string;
  /** Empty where nothing stopped it. */
  readonly stoppedAt: string;
  readonly error: string;
  readonly why: string;
  readonly lesson: string;
}

/** A round trip as it happened, with what can be asked next. */
export interface EnvelopeView {
  /** `Envelope round trip: orders`. */
  readonly title: string;
  /** What was asked, nothing left out but `change`. */
  readonly asked: EnvelopeParams & {
    readonly principal: string;
    readonly decryptPrincipal: string;
    readonly encryptionContext: Readonly<Record<string, string>>;
    readonly payload: EnvelopePayload;
  };
  /** Where the key or the statement stands. */
  readonly range: Range;
  readonly principals: readonly { readonly principal: string; readonly description: string }[];
  /** What can be changed of this payload. */
  readonly changes: readonly { readonly id: string; readonly title: string }[];
  readonly trip: EnvelopeTrip;
}

export interface EnvelopeTrip {
  readonly keyArn: string;
  readonly principal: string;
  readonly decrypts: string;
  readonly outcome: 'ok' | 'stopped';
  readonly payload: EnvelopeSize;
  readonly steps: readonly EnvelopeStep[];
  readonly message: EnvelopeMessage | undefined;
  readonly change: EnvelopeChange | undefined;
}

export interface EnvelopeSize {
  readonly bytes: number;
  readonly fingerprint?: string | undefined;
}

export interface EnvelopeMessage extends EnvelopeSize {
  readonly headerBytes: number;
  readonly bodyBytes: number;
  readonly frames: number;
  readonly headerFields: readonly EnvelopeField[];
  readonly firstFrameFields: readonly EnvelopeField[];
  /** The first bytes in hexadecimal digits, as they were written. */
  readonly start: string;
  /** The byte of which one bit was flipped. */
  readonly tampered: { readonly what: string; readonly offset: number } | undefined;
}

export interface EnvelopeField {
  readonly name: string;
  /** In bytes from the start of the message. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
  readonly meaning: string;
  readonly value: string | undefined;
}

export interface EnvelopeChange extends Omit<EnvelopeDemonstration, 'error' | 'stoppedAt'> {
  readonly stoppedAt: string | undefined;
  readonly error: CallFailureJson | undefined;
}

/** A message of the AWS Encryption SDK, as bytes or as base64. */
export interface InspectParams {
  readonly uri: string;
  /** What it holds, in base64; the server reads the stored file where it is left out. */
  readonly content?: string;
}

export interface InspectResult {
  /** `orders.enc: a message of 3 frames with 40 bytes of payload`. */
  readonly summary: string;
  /** The read-only document: fields with their bytes, frames, signature. Never the payload. */
  readonly report: string;
  /** Why it is not a complete message. */
  readonly problem?: string;
}
