export type EnvelopeErrorCode =
  /** A field of the message has a value that it cannot have. */
  | 'malformed'
  /** The message ends too early. */
  | 'truncated'
  /** A message format or algorithm suite that this implementation does not take. */
  | 'unsupported'
  /** A message that can be read, and that the caller said must not be. */
  | 'policy'
  /** No key at hand decrypts any of the message's data keys. */
  | 'no-data-key'
  /** The data key is not the one that the message commits to. */
  | 'commitment'
  | 'header-tag'
  | 'frame-tag'
  | 'frame-sequence'
  /** The signature at the end is not one of this message. */
  | 'signature'
  /** Bytes follow the end of the message. */
  | 'trailing-bytes'
  | 'encryption-context'
  /** Something to be encrypted exceeds what the format can hold. */
  | 'limit';

/** Where in a message something is wrong. */
export interface MessagePlace {
  readonly field: string;
  /** In bytes from the start of the message. */
  readonly offset: number;
  /** Counted from 1; left out for the header. */
  readonly frame?: number;
}

/** Why a message can be neither written nor read. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
  readonly code: EnvelopeErrorCode;
  /** What to do about it. */
  readonly remedy: string;
  readonly place: MessagePlace | undefined;

  constructor(code: EnvelopeErrorCode, message: string, remedy: string, place?: MessagePlace) {
    super(message);
    this.code = code;
    this.remedy = remedy;
    this.place = place;
  }
}

export const GET_ORIGINAL = 'get the message again from where it was written; nothing of it may be used';
