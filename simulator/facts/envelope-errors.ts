/** Why a message of the AWS Encryption SDK can be neither written nor read, in a word and in a sentence of ours. */
export const envelopeErrors = {
  malformed: 'A field of the message has a value that it cannot have.',
  truncated: 'The message ends too early.',
  unsupported: 'The message is of a format or an algorithm suite that is not taken.',
  policy: 'The message can be read, and the caller said that such ones must not be.',
  'no-data-key': "No key at hand decrypts any of the message's data keys.",
  commitment: 'The data key is not the one that the message commits to.',
  'header-tag': 'The header does not match its authentication tag: a field or the tag was changed.',
  'frame-tag': 'A frame does not match its authentication tag: its content or its tag was changed.',
  'frame-sequence': 'Frames were reordered, repeated or left out.',
  signature: 'The signature at the end is not one of this message.',
  'trailing-bytes': 'Bytes follow the end of the message.',
  'encryption-context':
    'The encryption context has a pair that is not allowed, or the message lacks one that it must have.',
  limit: 'Something to be encrypted exceeds what the format can hold.',
} as const;

export type EnvelopeErrorCode = keyof typeof envelopeErrors;

const summaries: ReadonlyMap<string, string> = new Map(Object.entries(envelopeErrors));

export const envelopeErrorSummary = (code: string): string | undefined => summaries.get(code);
