import { operation } from '../operation.ts';
import { signatureMembers, signUnder } from '../signature.ts';

export const sign = operation({
  name: 'Sign',
  members: signatureMembers,
  defaults: ({ MessageType = 'RAW' }) => ({ messageType: MessageType }),
  async act({ input, key, random }) {
    const Signature = await signUnder(key, input, random);
    return { KeyId: key.arn, Signature, SigningAlgorithm: input.SigningAlgorithm };
  },
});
