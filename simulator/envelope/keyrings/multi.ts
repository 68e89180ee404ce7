import { EnvelopeError } from '../errors.ts';
import { type Keyring, noDataKey } from '../keyring.ts';

/**
 * Several keyrings as one: `generator` makes the data key, which it and every child encrypt, so that each alone can
 * decrypt the message. To decrypt, they are asked in this order until one can. Nothing is encrypted unless all can.
 */
export function multiKeyring(generator: Keyring, children: readonly Keyring[]): Keyring {
  const wrapWith = async (keyrings: readonly Keyring[], ...parameters: Parameters<Keyring['wrap']>) => {
    const wrapped = [];
    for (const keyring of keyrings) wrapped.push(...(await keyring.wrap(...parameters)));
    return wrapped;
  };
  return {
    async generate(encryptionContext) {
      const { plaintextDataKey, encryptedDataKeys } = await generator.generate(encryptionContext);
      try {
        const others = await wrapWith(children, plaintextDataKey, encryptionContext);
        return { plaintextDataKey, encryptedDataKeys: [...encryptedDataKeys, ...others] };
      } catch (error) {
        plaintextDataKey.fill(0);
        throw error;
      }
    },
    wrap: (dataKey, encryptionContext) => wrapWith([generator, ...children], dataKey, encryptionContext),
    async unwrap(encryptedDataKeys, encryptionContext, bytes) {
      const failures: unknown[] = [];
      for (const keyring of [generator, ...children]) {
        try {
          return await keyring.unwrap(encryptedDataKeys, encryptionContext, bytes);
        } catch (failure) {
          failures.push(failure);
        }
      }
      // That a keyring has no key for the message says less than what went wrong where there was one.
      const telling = failures.find((each) => !(each instanceof EnvelopeError && each.code === 'no-data-key'));
      throw telling ?? (failures.length === 1 ? failures[0] : noDataKey(encryptedDataKeys, 'any key of the keyrings'));
    },
  };
}
