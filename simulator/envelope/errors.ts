import type { EnvelopeErrorCode } from '../facts/envelope-errors.ts';

export type { EnvelopeErrorCode } from '../facts/envelope-errors.ts';

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
