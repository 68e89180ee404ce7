import { apiMembers } from '../../facts/api.ts';
import { requestMembers } from '../../facts/generated/requests.ts';
import { type ByteParameters, object, required, text } from '../shape.ts';
import * as texts from './texts.ts';

/** How calls write what JSON has no word for: bytes. */

/** The parameters of the API that are bytes. */
export const byteParameters: ReadonlySet<string> = new Set(
  Object.keys(requestMembers)
    .flatMap((operation) => Object.entries(apiMembers(operation, 'request') ?? {}))
    .flatMap(([name, { shape }]) => (shape.type === 'bytes' ? [name] : [])),
);

/** Bytes that are encrypted outside of KMS, under a public key that KMS gave out. */
export const wrapped = object('a wrapping', {
  wrap: required(
    text(texts.bytes),
    'What is wrapped: `text:…`, `base64:…`, `hex:…`, `file:path` or what an earlier step saved. Key material is 32 bytes for a symmetric key, the bytes of an HMAC key, or a private key in PKCS #8.',
  ),
  with: required(
    text(texts.savedResponse),
    'The saved response of GetParametersForImport: its public key wraps, under the wrapping algorithm that was asked for. With one of GetPublicKey, RSAES_OAEP_SHA_256 encrypts.',
  ),
});

export const bytes: ByteParameters = {
  names: byteParameters,
  summary: 'Bytes: `text:…`, `base64:…`, `hex:…`, `file:path`, `$name.Member` of a saved response, or a wrapping.',
  wrapped,
};
