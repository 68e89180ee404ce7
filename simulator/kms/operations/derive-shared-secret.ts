import { createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import { assertAvailable } from '../crypto/available.ts';
import { keyObject } from '../crypto/bare-key.ts';
import { jwkCurveOf } from '../crypto/curves.ts';
import { invalid } from '../errors.ts';
import { algorithmFor, secretOf } from '../key-use.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const deriveSharedSecret = operation({
  name: 'DeriveSharedSecret',
  members: {
    ...members.onKey,
    KeyAgreementAlgorithm: required(members.keyAgreementAlgorithm),
    PublicKey: required(members.publicKey),
    ...members.cryptographic,
    ...members.recipient,
  },
  check(input) {
    if (input.Recipient) assertAvailable('Recipient');
  },
  async act({ input, key }) {
    const { spec, origin } = key.identity;
    algorithmFor(key, input.KeyAgreementAlgorithm);
    const publicKey = peerKey(input.PublicKey, spec);
    const { secret } = await secretOf(key);
    const SharedSecret: Uint8Array = diffieHellman({ privateKey: keyObject(secret), publicKey });
    return {
      KeyId: key.arn,
      SharedSecret,
      KeyAgreementAlgorithm: input.KeyAgreementAlgorithm,
      KeyOrigin: origin,
    };
  },
});

/** AWS has no message for a public key that does not fit. */
function peerKey(der: Uint8Array, spec: string): KeyObject {
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'ec' && key.export({ format: 'jwk' }).crv === jwkCurveOf(spec)) return key;
  } catch {
    // It is none at all.
  }
  throw invalid('', `give the public key of the peer in SPKI DER, on the curve of ${spec}`);
}
