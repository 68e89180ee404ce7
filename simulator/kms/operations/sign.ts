import { operation } from '../operation.ts';
import { signatureMembers, signUnder } from '../signature.ts';

export const sign = operation({
  name: 'Sign',
  members: signatureMembers,
  async act({ input, key, random, trail }) {
    trail.requestParameters = { messageType: input.MessageType ?? 'RAW' };
    const Signature = await signUnder(key, input, random);
    return { KeyId: key.arn, Signature, SigningAlgorithm: input.SigningAlgorithm };
  },
});
