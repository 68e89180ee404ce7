import { KmsError } from '../errors.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';
import { isSignature, signatureMembers } from '../signature.ts';

export const verify = operation({
  name: 'Verify',
  members: { ...signatureMembers, Signature: required(members.ciphertext) },
  defaults: ({ MessageType = 'RAW' }) => ({ messageType: MessageType }),
  async act({ input, key }) {
    if (!(await isSignature(key, input, input.Signature)))
      throw new KmsError(
        'KMSInvalidSignatureException',
        '',
        'the message, the key or the algorithm is not the one of the signature',
      );
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm };
  },
});
