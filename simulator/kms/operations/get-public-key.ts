import { assertAvailable } from '../crypto/available.ts';
import { spkiOf } from '../crypto/encoding.ts';
import { secretOf } from '../key-use.ts';
import * as members from '../members.ts';
import { algorithmsOf } from '../metadata.ts';
import { operation } from '../operation.ts';

export const getPublicKey = operation({
  name: 'GetPublicKey',
  members: { ...members.onKey, ...members.withGrantTokens },
  async act({ key }) {
    const { spec, usage } = key.identity;
    assertAvailable(spec);
    const { secret } = await secretOf(key);
    return {
      KeyId: key.arn,
      PublicKey: spkiOf(secret),
      CustomerMasterKeySpec: spec,
      KeySpec: spec,
      KeyUsage: usage,
      ...algorithmsOf(spec, usage),
    };
  },
});
