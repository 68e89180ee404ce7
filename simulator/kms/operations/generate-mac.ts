import { macUnder } from '../mac.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const generateMac = operation({
  name: 'GenerateMac',
  members: {
    Message: required(members.plaintext),
    ...members.onKey,
    MacAlgorithm: required(members.macAlgorithm),
    ...members.cryptographic,
  },
  async act({ input, key }) {
    const Mac = await macUnder(key, input.MacAlgorithm, input.Message);
    return { Mac, MacAlgorithm: input.MacAlgorithm, KeyId: key.arn };
  },
});
