import { createPublicKey } from 'node:crypto';
import { DAY } from '../by-itself.ts';
import { newRsaKey } from '../crypto/rsa.ts';
import { unsupported } from '../errors.ts';
import { checkWrapping } from '../import-wrapping.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

const TOKEN_BYTES = 256;

export const getParametersForImport = operation({
  name: 'GetParametersForImport',
  members: {
    ...members.onKey,
    WrappingAlgorithm: required(members.wrappingAlgorithm),
    WrappingKeySpec: required(members.wrappingKeySpec),
  },
  check({ WrappingKeySpec: spec }, { region }) {
    if (spec === 'SM2' && !region.startsWith('cn-'))
      throw unsupported(`KeySpec ${spec} is not supported in this Region`, 'wrap with an RSA key');
  },
  async act({ input, key, now, random }) {
    checkWrapping(key, input.WrappingAlgorithm, input.WrappingKeySpec);
    const wrappingKey = await newRsaKey(Number(input.WrappingKeySpec.slice('RSA_'.length)));
    const token = Buffer.from(random.bytes(TOKEN_BYTES));
    const validTo = now + DAY;
    for (const [old, facts] of key.importTokens)
      if (facts.validTo < now) key.importTokens.set(old, { ...facts, wrappingKey: undefined });
    key.importTokens.set(token.toString('base64'), { algorithm: input.WrappingAlgorithm, wrappingKey, validTo });
    const PublicKey: Uint8Array = createPublicKey(wrappingKey).export({ format: 'der', type: 'spki' });
    return { KeyId: key.arn, ImportToken: new Uint8Array(token), PublicKey, ParametersValidTo: new Date(validTo) };
  },
});
