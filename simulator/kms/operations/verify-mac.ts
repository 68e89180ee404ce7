import { KmsError } from '../errors.ts';
import { macUnder } from '../mac.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const verifyMac = operation({
  name: 'VerifyMac',
  members: {
    Message: required(members.plaintext),
    ...members.onKey,
    MacAlgorithm: required(members.macAlgorithm),
    Mac: required(members.ciphertext),
    ...members.cryptographic,
  },
  async act({ input, key }) {
    const mac = await macUnder(key, input.MacAlgorithm, input.Message);
    if (Buffer.compare(mac, input.Mac) !== 0)
      throw new KmsError(
        'KMSInvalidMacException',
        '',
        'the message, the key or the algorithm is not the one of the MAC',
      );
    return { KeyId: key.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
  },
});
