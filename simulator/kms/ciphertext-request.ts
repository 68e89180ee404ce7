import { SYMMETRIC } from './cipher.ts';
import { invalid } from './errors.ts';

interface CiphertextRequest {
  readonly ciphertext: Uint8Array | undefined;
  readonly keyId: string | undefined;
  readonly algorithm: string | undefined;
  readonly dryRun: boolean | undefined;
  readonly modifiers: readonly string[] | undefined;
}

/** The members of Decrypt and ReEncrypt hang together. @param keyMember as AWS names it: `keyId`, `sourceKeyId` */
export function checkCiphertextRequest(request: CiphertextRequest, keyMember: string): void {
  const needsCiphertext = !request.modifiers?.length;
  if (needsCiphertext && request.ciphertext === undefined) throw missing('ciphertextBlob');
  if (!needsCiphertext && request.dryRun !== true) throw invalid('', 'set `DryRun`, or leave out `DryRunModifiers`');
  const isSymmetric = (request.algorithm ?? SYMMETRIC) === SYMMETRIC;
  if (request.keyId === undefined && (!needsCiphertext || !isSymmetric)) throw missing(keyMember);
}

function missing(member: string) {
  return invalid(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
    'name the key and give the ciphertext; only a symmetric ciphertext says itself which key it needs',
  );
}
