import type { KmsError } from '../kms/errors.ts';

/** What AWS answers before KMS itself sees a request: its front checks the form, the signature and the date. */
export class ProtocolError extends Error {
  override readonly name: string;
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** Faults of KMS; all else is the caller's. Source: AWS KMS API Reference, errors of each operation; checked 2026-11. */
const FAULTS: ReadonlySet<string> = new Set([
  'DependencyTimeoutException',
  'KeyUnavailableException',
  'KMSInternalException',
]);

/** The HTTP status of an error. */
export function statusOf(error: KmsError | ProtocolError): number {
  if (error instanceof ProtocolError) return error.status;
  return FAULTS.has(error.name) ? 500 : 400;
}

export const unknownOperation = (status = 400): ProtocolError =>
  new ProtocolError('UnknownOperationException', '', status);

export const serialization = (message = ''): ProtocolError => new ProtocolError('SerializationException', message);

export const invalidSignature = (message: string): ProtocolError =>
  new ProtocolError('InvalidSignatureException', message);

export const unrecognizedClient = (): ProtocolError =>
  new ProtocolError('UnrecognizedClientException', 'The security token included in the request is invalid.');

export const tooLarge = (): ProtocolError =>
  new ProtocolError('RequestEntityTooLargeException', 'The request is larger than the service takes.', 413);
