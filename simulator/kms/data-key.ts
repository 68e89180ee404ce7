import { dataKeySpecs } from '../facts/key-specs.ts';
import { invalid } from './errors.ts';
import * as members from './members.ts';
import { optional } from './shapes.ts';

/** What both operations for data keys take. */
export const dataKeyMembers = {
  ...members.onKey,
  EncryptionContext: optional(members.encryptionContext),
  NumberOfBytes: optional(members.numberOfBytes),
  KeySpec: optional(members.dataKeySpec),
  ...members.cryptographic,
};

interface DataKeyRequest {
  readonly KeySpec?: string | undefined;
  readonly NumberOfBytes?: number | undefined;
}

/** Exactly one of the two says it. */
export function dataKeyLength({ KeySpec, NumberOfBytes }: DataKeyRequest): number {
  const length = KeySpec === undefined ? NumberOfBytes : dataKeySpecs.find(({ name }) => name === KeySpec)?.bytes;
  if (length !== undefined && (KeySpec === undefined || NumberOfBytes === undefined)) return length;
  throw invalid('Please specify either number of bytes or key spec.', 'give exactly one of KeySpec and NumberOfBytes');
}
